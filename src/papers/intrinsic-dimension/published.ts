/**
 * The published numbers, from configs/intrinsic-dimension/published.csv, which says what has to be known of
 * each.
 */
import type { PublishedValue } from "../../figures/index.js";
import { once } from "../../once.js";
import { findPublished, publishedNumbers } from "../../reproduction/published.js";
import type { DimensionResults, EpochMeasures, MaybeEstimate } from "./measures/results.js";
import { type DataName, LAYERS, type LayerName, type Place } from "./networks.js";

/** Dimensions of the code of the paper's networks. */
export const PUBLISHED_BOTTLENECKS = [2, 4, 8, 16, 32, 64, 128] as const;

/**
 * Epochs after which the paper looks at its networks; 0 is the untrained one. The release calls the 100th 99.
 */
export const PUBLISHED_EPOCHS = [0, 1, 2, 5, 10, 20, 50, 100, 150, 200] as const;

/** The last of them. */
export const PUBLISHED_LAST_EPOCH = 200;

/** Images at which the paper measures: the first of the test split. */
export const PUBLISHED_POINTS = 5000;

/** What is anomalous about K = 16; reported wherever its curve stands. */
export const ANOMALY =
  "The published network of K = 16 is anomalous: unlike all others its encoder hardly changes from epoch 1 to 50, so that the published dip at K = 16 may be of that one training.";

const find = findPublished(publishedNumbers("intrinsic-dimension"));

function at(quantity: string, { data, bottleneck, epoch }: Place, layer?: LayerName) {
  return find(quantity, { data, dimensions: bottleneck, epoch, ...(layer === undefined ? {} : { layer }) });
}

/**
 * Intrinsic dimension of a layer (rule N5); undefined where none is published.
 * @throws UserError when the file of published numbers cannot be read, as all functions of these do.
 */
export function publishedDimension(place: Place, layer: LayerName): PublishedValue | undefined {
  return at("dimension", place, layer);
}

/** Delta(l -> l0) of a layer l (rule J1); undefined where none is published. */
export function publishedImbalance(place: Place, layer: LayerName): PublishedValue | undefined {
  return at("toInput", place, layer);
}

/** Imbalances between each layer and the next. */
export interface PublishedSteps {
  /** Delta(l -> l+1), from l0 to l9. */
  readonly forward: readonly number[];
  /** Delta(l+1 -> l). */
  readonly backward: readonly number[];
  /** Half a unit of the last decimal that is known. */
  readonly rounding: number;
}

/** Imbalances between each layer and the next (rule J1); undefined where none are published. */
export function publishedSteps(place: Place): PublishedSteps | undefined {
  const [forward, backward] = (["forward", "backward"] as const).map((direction) =>
    LAYERS.slice(0, -1).flatMap((layer) => at(direction, place, layer) ?? []),
  );
  const [first] = forward!;
  if (!first) return undefined;
  const values = (steps: readonly PublishedValue[]) => steps.map(({ value }) => value);
  return { forward: values(forward!), backward: values(backward!), rounding: first.uncertainty! };
}

/** 5,000 images in batches of 256 leave as many images for the last. */
const LAST_BATCH = 136;

/**
 * Rate of the test images in nats per image, from its plotted sum over the last batch; undefined where it
 * could not be read.
 */
export function publishedRate(place: Place): PublishedValue | undefined {
  const plotted = at("plottedRate", place);
  return plotted && { value: plotted.value / LAST_BATCH, uncertainty: plotted.uncertainty! / LAST_BATCH };
}

/** Fréchet distance of the reconstructions, comparable with no other; undefined where none is published. */
export function publishedFrechet(place: Place): PublishedValue | undefined {
  return at("frechet", place);
}

/**
 * What is published of a data set, in the shape of results: a network of each K, with what is known of it
 * after each epoch.
 */
export const publishedResults: Readonly<Record<DataName, () => DimensionResults>> = {
  cifar10: once(() => resultsOf("cifar10")),
  mnist: once(() => resultsOf("mnist")),
};

function resultsOf(data: DataName): DimensionResults {
  return {
    features: "",
    crossings: [],
    networks: PUBLISHED_BOTTLENECKS.map((bottleneck) => ({
      ...{ data, bottleneck, seed: 0, run: null, status: "finished", reason: null },
      epochs: PUBLISHED_EPOCHS.map((epoch) => measuresOf({ data, bottleneck, epoch })),
    })),
  };
}

function measuresOf(place: Place): EpochMeasures {
  const estimate = (found: PublishedValue | undefined): MaybeEstimate =>
    found ? { value: found.value, standardError: null } : null;
  const layers = (of: typeof publishedDimension) => LAYERS.map((layer) => estimate(of(place, layer)));
  const steps = publishedSteps(place);
  const values = (of: readonly number[] = []) => of.map((value) => estimate({ value }));
  // The published Fréchet distance is comparable with no other.
  const quality = { frechet: null, kernel: null, slicedWasserstein: null };
  return {
    epoch: place.epoch,
    points: PUBLISHED_POINTS,
    dimension: layers(publishedDimension),
    codeMeanDimension: null,
    toInput: layers(publishedImbalance),
    toOutput: [],
    forward: values(steps?.forward),
    backward: values(steps?.backward),
    reconstructions: quality,
    priorSamples: quality,
    testDistortionNats: null,
    testRateNats: publishedRate(place)?.value ?? null,
    trainDistortionNats: null,
    trainRateNats: null,
    activeUnits: null,
  };
}
