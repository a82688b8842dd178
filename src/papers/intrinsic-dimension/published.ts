/**
 * The published numbers. Those of CIFAR-10 are the released data, rounded (dimensions to 2, imbalances to 3 or 4 decimals), or
 * where none were released, read off the drawings; those of MNIST are all read off, since the files released for MNIST hold the
 * numbers of CIFAR-10. One training each: how far another seed would lie from them is not known.
 */
import type { PublishedValue } from "../../figures/index.js";
import { type LayerName, placeOf } from "./layers.js";
import type { Place } from "./place.js";

/** Dimensions of the code of the paper's networks. */
export const PUBLISHED_BOTTLENECKS = [2, 4, 8, 16, 32, 64, 128] as const;

/** Epochs after which the paper looks at its networks; 0 is the untrained one. The release calls the 100th 99. */
export const PUBLISHED_EPOCHS = [0, 1, 2, 5, 10, 20, 50, 100, 150, 200] as const;

/** The last of them. */
export const PUBLISHED_LAST_EPOCH = 200;

/** Images at which the paper measures: the first of the test split. */
export const PUBLISHED_POINTS = 5000;

type ByBottleneck<Value> = Readonly<Record<number, Value>>;
type Row = readonly number[];

/** Fig. 1 left: intrinsic dimension (TwoNN, linear fit without the largest tenth) of l0 to l10 at epoch 200. */
const DIMENSION: ByBottleneck<Row> = {
  2: [30.96, 62.71, 66.75, 51.79, 23.17, 1.98, 1.98, 1.97, 1.98, 2.0, 2.0],
  4: [30.96, 60.3, 68.26, 72.65, 37.64, 3.98, 4.03, 4.06, 4.1, 4.18, 4.13],
  8: [30.96, 60.03, 71.6, 77.58, 49.7, 8.09, 8.48, 8.83, 9.5, 10.43, 9.36],
  16: [30.96, 44.72, 36.79, 29.78, 19.31, 14.06, 15.32, 16.59, 18.52, 20.11, 15.25],
  32: [30.96, 57.31, 66.66, 75.73, 60.79, 24.65, 27.88, 32.28, 37.53, 36.77, 21.78],
  64: [30.96, 53.47, 65.48, 72.66, 61.67, 38.71, 43.16, 49.5, 57.11, 46.17, 23.21],
  128: [30.96, 54.93, 67.48, 71.23, 58.21, 58.97, 60.84, 69.52, 76.87, 55.1, 24.7],
};

/** Fig. 3: the same of K = 64 over the epochs before the last. */
const DIMENSION_OF_64: Readonly<Record<number, Row>> = {
  0: [30.96, 32.72, 32.04, 31.38, 31.82, 38.62, 41.68, 45.22, 47.82, 48.38, 47.64],
  1: [30.96, 39.04, 25.57, 18.5, 14.73, 34.43, 34.9, 20.9, 14.51, 13.41, 13.0],
  2: [30.96, 38.89, 26.2, 21.41, 18.87, 36.72, 37.76, 24.33, 18.07, 16.99, 15.77],
  5: [30.96, 39.29, 27.64, 24.15, 22.15, 37.54, 37.45, 25.5, 20.4, 17.8, 17.92],
  10: [30.96, 40.26, 30.39, 27.02, 24.43, 38.13, 37.32, 28.28, 22.53, 18.77, 19.48],
  20: [30.96, 41.57, 35.58, 31.21, 27.38, 36.8, 36.48, 31.63, 25.15, 19.7, 19.9],
  50: [30.96, 47.09, 50.6, 47.0, 35.42, 37.55, 38.84, 38.52, 35.33, 22.28, 19.6],
  100: [30.96, 50.15, 60.39, 62.54, 48.92, 38.68, 42.5, 45.88, 49.8, 35.96, 22.12],
  150: [30.96, 53.02, 64.33, 69.58, 56.81, 38.74, 42.95, 49.3, 56.23, 43.19, 23.56],
};

/** l0 to l4 at epoch 0: all networks begin with the same encoder. */
const UNTRAINED_ENCODER: Row = [30.96, 32.72, 32.04, 31.38, 31.82];

/** l5 at epoch 0: the dimension of the injected noise, as these points show it. */
const UNTRAINED_CODE: ByBottleneck<number> = {
  2: 1.98,
  4: 4.11,
  8: 7.85,
  16: 14.35,
  32: 24.96,
  64: 38.62,
  128: 58.57,
};

/** Fig. 1 centre: Delta(l -> l0) of l0 to l10 at epoch 200. */
const IMBALANCE: ByBottleneck<Row> = {
  2: [0.0004, 0.007, 0.012, 0.006, 0.043, 0.366, 0.369, 0.365, 0.365, 0.363, 0.364],
  4: [0.0004, 0.008, 0.026, 0.023, 0.027, 0.242, 0.244, 0.243, 0.244, 0.244, 0.24],
  8: [0.0004, 0.011, 0.043, 0.05, 0.033, 0.158, 0.16, 0.157, 0.154, 0.147, 0.134],
  16: [0.0004, 0.001, 0.001, 0.004, 0.014, 0.061, 0.047, 0.044, 0.038, 0.034, 0.024],
  32: [0.0004, 0.007, 0.036, 0.038, 0.023, 0.198, 0.165, 0.141, 0.114, 0.084, 0.054],
  64: [0.0004, 0.006, 0.034, 0.025, 0.022, 0.291, 0.173, 0.135, 0.104, 0.074, 0.046],
  128: [0.0004, 0.007, 0.039, 0.038, 0.023, 0.448, 0.245, 0.19, 0.135, 0.089, 0.062],
};

/** Fig. 2 right: Delta(l10 -> l0) at each of {@link PUBLISHED_EPOCHS}. */
const OUTPUT_IMBALANCE: ByBottleneck<Row> = {
  2: [1.003, 0.391, 0.363, 0.356, 0.339, 0.328, 0.324, 0.337, 0.351, 0.364],
  4: [0.992, 0.19, 0.193, 0.174, 0.174, 0.175, 0.186, 0.211, 0.235, 0.24],
  8: [0.995, 0.09, 0.069, 0.07, 0.067, 0.064, 0.079, 0.108, 0.124, 0.134],
  16: [1.0, 0.104, 0.071, 0.044, 0.039, 0.037, 0.032, 0.031, 0.028, 0.024],
  32: [0.999, 0.055, 0.017, 0.011, 0.01, 0.011, 0.017, 0.027, 0.039, 0.054],
  64: [0.955, 0.032, 0.017, 0.011, 0.009, 0.009, 0.013, 0.024, 0.035, 0.047],
  128: [0.999, 0.075, 0.023, 0.014, 0.011, 0.01, 0.018, 0.031, 0.048, 0.062],
};

/** Imbalances between each layer and the next. */
export interface PublishedSteps {
  /** Delta(l -> l+1), from l0 to l9. */
  readonly forward: Row;
  /** Delta(l+1 -> l). */
  readonly backward: Row;
  /** Half a unit of the last decimal that is known. */
  readonly rounding: number;
}

/** Fig. 1 right, at epoch 200. */
const STEPS: ByBottleneck<Omit<PublishedSteps, "rounding">> = {
  4: {
    forward: [0.016, 0.0014, 0.0021, 0.04, 0.0991, 0.0005, 0.0005, 0.0005, 0.0005, 0.0009],
    backward: [0.0084, 0.0019, 0.002, 0.0696, 0.3184, 0.0005, 0.0005, 0.0005, 0.0005, 0.0009],
  },
  64: {
    forward: [0.008, 0.0011, 0.0015, 0.0029, 0.1856, 0.0016, 0.0009, 0.0013, 0.0086, 0.012],
    backward: [0.0059, 0.0019, 0.0015, 0.0032, 0.2118, 0.0015, 0.0008, 0.0011, 0.0059, 0.015],
  },
};

/** Fréchet distance of reconstructions at epoch 200, read off Fig. A1, and by how much the reading may be off. */
const FRECHET: ByBottleneck<number> = { 2: 352, 4: 299, 8: 245, 16: 228, 32: 210, 64: 205, 128: 204 };
const FRECHET_READING = 2;
/** Read off Fig. 2: all untrained networks lie between 510 and 550. */
const UNTRAINED_FRECHET: PublishedValue = { value: 530, uncertainty: 20 };

/** Epochs at which the rate could be read off Fig. 2. */
const RATE_EPOCHS = [1, 2, 5, 10, 20, 50, 100, 200] as const;
const UNREAD = Number.NaN;
/** Fig. 2 centre as plotted: the rate in nats, summed over the last batch of the test images. */
const PLOTTED_RATE: ByBottleneck<Row> = {
  2: [760, 760, 760, 760, 785, 730, 650, 597],
  8: [UNREAD, UNREAD, 2020, 2047, 2020, 1617, 1483, 1268],
  16: [UNREAD, UNREAD, 3309, 3362, 3228, 2772, 2396, 2074],
  64: [4678, 4839, 5268, UNREAD, 5054, 4141, 3403, 2960],
  128: [UNREAD, 4624, 5081, 5188, 4852, 3792, 3121, 2624],
};
const RATE_READING = 30;
/** 5,000 images in batches of 256 leave so many for the last. */
const LAST_BATCH = 136;

/** MNIST, read off: how far the readings may be off is not known. Dimensions of l5 to l10 at epoch 200. */
const MNIST_DIMENSION: ByBottleneck<Row> = {
  2: [2, 2, 2, 2, 2, 2],
  8: [7.8, 8.2, 8.2, 8.5, 8.5, 8.2],
  16: [13.8, 14.7, 15.3, 16.4, 15.3, 12],
  32: [23.5, 24.5, 26.6, 28.6, 25.9, 13],
  64: [37.8, 40.9, 41.9, 41.8, 30.2, 14],
  128: [60.0, 58.5, 61.4, 57.1, 38.7, 14.7],
};
/** Between 12 and 13. */
const MNIST_INPUT_DIMENSION: PublishedValue = { value: 12.5, uncertainty: 0.5 };

/** Delta(l5 -> l0) of MNIST at epoch 200. */
const MNIST_CODE_IMBALANCE: ByBottleneck<number> = {
  2: 0.26,
  4: 0.093,
  8: 0.062,
  16: 0.178,
  32: 0.267,
  64: 0.52,
  128: 0.68,
};
/** Delta(l10 -> l0) of MNIST at epoch 200: 0.26 for K = 2, for all others between 0.05 and 0.09. */
const MNIST_OUTPUT_IMBALANCE_OF_2: PublishedValue = { value: 0.26 };
const MNIST_OUTPUT_IMBALANCE: PublishedValue = { value: 0.07, uncertainty: 0.02 };

/** Where numbers come from, and what has to be known of them. */
export interface Provenance {
  readonly quantity: string;
  readonly from: string;
  readonly caveats: readonly string[];
}

/** What is aberrant about K = 16; told wherever its curve stands. */
export const ANOMALY =
  "The published network of K = 16 is anomalous: unlike all others its encoder hardly changes from epoch 1 to 50, so that the published dip at K = 16 may be of that one training.";

/** Of each kind of published number, for the page and the captions. */
export const PROVENANCE = {
  dimension: {
    quantity: "intrinsic dimension on CIFAR-10",
    from: "released data, rounded to 2 decimals",
    caveats: [
      ANOMALY,
      "The dimension of l5 for large K is that of the injected noise at 5,000 points, not of what the code holds.",
    ],
  },
  imbalance: {
    quantity: "information imbalance on CIFAR-10",
    from: "released data, rounded to 3 or 4 decimals",
    caveats: [
      ANOMALY,
      "Imbalances of 5,000 points are multiples of 2/5,000/5,000 and at least 0.0004; the relative imbalances of steps near that bound hang on the rounding.",
    ],
  },
  rate: {
    quantity: "rate on the test images of CIFAR-10",
    from: `read off Fig. 2, to ±${RATE_READING} as plotted`,
    caveats: [
      `Plotted is the sum over the last batch of ${LAST_BATCH} images; here it is divided by ${LAST_BATCH}, in nats for each image.`,
      "The published losses of the training are divided by 50,000 although 40,000 images are used: true values are 1.25 times as large. None is used here.",
    ],
  },
  frechet: {
    quantity: "Fréchet distance of reconstructions on CIFAR-10",
    from: `read off Figs. A1 and 2, to ±${FRECHET_READING} at epoch 200`,
    caveats: [
      `It is of the last batch alone, of ${LAST_BATCH} images, on 2,048 features of a network for ImageNet: strongly biased, and not to be held against any other Fréchet distance.`,
    ],
  },
  mnist: {
    quantity: "dimension and imbalance on MNIST",
    from: "read off drawings",
    caveats: ["How far the readings may be off is not known.", "No other number of MNIST is published."],
  },
} as const satisfies Record<string, Provenance>;

/** Intrinsic dimension of a layer; undefined where none is published. */
export function publishedDimension(place: Place, layer: LayerName): PublishedValue | undefined {
  return place.data === "mnist" ? mnistDimension(place, layer) : known(cifarDimension(place, placeOf(layer)));
}

function cifarDimension({ bottleneck, epoch }: Place, layer: number): number | undefined {
  const ends = DIMENSION[bottleneck];
  // The images are the same to every network.
  if (layer === placeOf("l0")) return UNTRAINED_ENCODER[layer];
  if (!ends) return undefined;
  if (epoch === PUBLISHED_LAST_EPOCH) return ends[layer];
  if (bottleneck === 64 && DIMENSION_OF_64[epoch]) return DIMENSION_OF_64[epoch]![layer];
  if (epoch !== 0) return undefined;
  return layer === placeOf("l5") ? UNTRAINED_CODE[bottleneck] : UNTRAINED_ENCODER[layer];
}

function mnistDimension({ bottleneck, epoch }: Place, layer: LayerName): PublishedValue | undefined {
  if (layer === "l0") return MNIST_INPUT_DIMENSION;
  if (epoch !== PUBLISHED_LAST_EPOCH) return undefined;
  return known(MNIST_DIMENSION[bottleneck]?.[placeOf(layer) - placeOf("l5")]);
}

/** Delta(l -> l0) of a layer l; undefined where none is published. */
export function publishedImbalance(place: Place, layer: LayerName): PublishedValue | undefined {
  const { data, bottleneck, epoch } = place;
  const isLast = epoch === PUBLISHED_LAST_EPOCH;
  if (data === "mnist") {
    if (!isLast || MNIST_CODE_IMBALANCE[bottleneck] === undefined) return undefined;
    if (layer === "l5") return known(MNIST_CODE_IMBALANCE[bottleneck]);
    if (layer !== "l10") return undefined;
    return bottleneck === 2 ? MNIST_OUTPUT_IMBALANCE_OF_2 : MNIST_OUTPUT_IMBALANCE;
  }
  if (isLast) return known(IMBALANCE[bottleneck]?.[placeOf(layer)]);
  const at = (PUBLISHED_EPOCHS as readonly number[]).indexOf(epoch);
  return layer === "l10" ? known(OUTPUT_IMBALANCE[bottleneck]?.[at]) : undefined;
}

/** Imbalances between each layer and the next; undefined where none are published. */
export function publishedSteps({ data, bottleneck, epoch }: Place): PublishedSteps | undefined {
  const steps = data === "cifar10" && epoch === PUBLISHED_LAST_EPOCH ? STEPS[bottleneck] : undefined;
  return steps && { ...steps, rounding: 0.00005 };
}

/** Rate of the test images in nats an image; undefined where it could not be read. */
export function publishedRate({ data, bottleneck, epoch }: Place): PublishedValue | undefined {
  const at = (RATE_EPOCHS as readonly number[]).indexOf(epoch);
  const plotted = data === "cifar10" ? PLOTTED_RATE[bottleneck]?.[at] : undefined;
  if (plotted === undefined || Number.isNaN(plotted)) return undefined;
  return { value: plotted / LAST_BATCH, uncertainty: RATE_READING / LAST_BATCH };
}

/** Fréchet distance of the reconstructions, comparable with no other (see {@link PROVENANCE}); undefined where none is published. */
export function publishedFrechet({ data, bottleneck, epoch }: Place): PublishedValue | undefined {
  if (data !== "cifar10" || FRECHET[bottleneck] === undefined) return undefined;
  if (epoch === 0) return UNTRAINED_FRECHET;
  if (epoch !== PUBLISHED_LAST_EPOCH) return undefined;
  return { value: FRECHET[bottleneck]!, uncertainty: FRECHET_READING };
}

function known(value: number | undefined): PublishedValue | undefined {
  return value === undefined ? undefined : { value };
}
