import { USED_RATE_NATS } from "./used-rate.js";

/** What is measured of a model, and how it is written. The same names stand in metrics files, checkpoints and summaries. */
export interface Metric {
  /** The quantity in words; with its unit it is the title of a column. */
  readonly label: string;
  /** "" where it has none, or that of the model's likelihood. */
  readonly unit: string;
  /** Decimals that tables show. */
  readonly digits: number;
  /**
   * What it is a mean over: `images`, each of which has a value of its own; `batches`, which have one together, weighted by
   * their images; `none`: it is computed once for each evaluation.
   */
  readonly over: "images" | "batches" | "none";
  /** What counts, where another measure counts by something else under a similar name; it stands behind the value. */
  readonly criterion?: string;
}

/** All metrics, in the order in which files hold them. To add one, name it here and measure it in a model. */
export const METRICS = {
  loss: { label: "loss", unit: "", digits: 5, over: "batches" },
  /** In the unit of the likelihood. */
  distortion: { label: "distortion", unit: "", digits: 5, over: "images" },
  squaredErrorPerPixel: { label: "MSE", unit: "per pixel", digits: 5, over: "images" },
  rateNats: { label: "rate", unit: "nats", digits: 3, over: "images" },
  /** From the mean image of what each image shows. */
  positionDistortion: { label: "position distortion", unit: "per pixel", digits: 5, over: "images" },
  penalty: { label: "penalty", unit: "", digits: 5, over: "batches" },
  /** Of the network that is trained next to the model. */
  adversaryLoss: { label: "adversary loss", unit: "nats", digits: 5, over: "batches" },
  squaredErrorPerImage: { label: "squared error", unit: "per image", digits: 4, over: "none" },
  rateBits: { label: "rate", unit: "bits", digits: 3, over: "none" },
  /** Where everything is in nats: rate + distortion, where that is -log p(x|z). */
  negativeElboNats: { label: "-ELBO", unit: "nats", digits: 3, over: "none" },
  /** The target C at this point of training, and rate minus C. */
  targetRateNats: { label: "C at that step", unit: "nats", digits: 3, over: "none" },
  gapNats: { label: "gap at that step", unit: "nats", digits: 3, over: "none" },
  /** The target C of the configuration, which training ends at, and rate minus C (rule O4). */
  capacityNats: { label: "C", unit: "nats", digits: 3, over: "none" },
  capacityGapNats: { label: "gap", unit: "nats", digits: 3, over: "none" },
  /** What a nat costs in the end, in the unit of the distortion; one away from the target, where there is one. */
  pricePerNat: { label: "price", unit: "per nat", digits: 5, over: "none" },
  /** Mean distortion where every image is taken for the mean training image (rule L9). */
  distortionWithoutCode: { label: "distortion without code", unit: "", digits: 5, over: "none" },
  /** Active dimensions of the code (rule R7), where dimensions can be separated. */
  dimensionsInUse: {
    ...{ label: "dimensions in use", unit: "", digits: 0, over: "none" },
    criterion: `each sends at least ${USED_RATE_NATS} nats more than it must`,
  },
} as const satisfies Readonly<Record<string, Metric>>;

type NamesOver<Over extends Metric["over"]> = {
  [Name in keyof typeof METRICS]: (typeof METRICS)[Name]["over"] extends Over ? Name : never;
}[keyof typeof METRICS];

/** Any metric. */
export type AnyMetricName = keyof typeof METRICS;

/** Scalars that some kind of model measures on a batch. */
export type MetricName = NamesOver<"images" | "batches">;

/** Those that each image has for itself; of the others, a batch of images has one together. */
export type ImageMetricName = NamesOver<"images">;

/** Those that are computed from the others, once for each evaluation. */
export type WorkedOutName = NamesOver<"none">;

/** All metrics' names, in the order in which files hold them. */
export const METRIC_NAMES = Object.keys(METRICS) as readonly AnyMetricName[];

/** A metric's title as a column or an entry has it: `rate nats`, `MSE per pixel`. */
export function metricTitle(name: AnyMetricName): string {
  const { label, unit } = METRICS[name];
  return unit === "" ? label : `${label} ${unit}`;
}
