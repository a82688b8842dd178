import { UserError } from "../errors.js";
import type { Scope } from "../nn/scope.js";
import { named, type Tensor } from "../tensor/tensor.js";
import { ofShape } from "./check-shapes.js";
import { METRIC_NAMES } from "./metrics.js";

/** What a metric of one's own may look at: a batch of images, and what the model makes of it. */
export interface MeasuredBatch {
  /** [B, height, width, channels]. */
  readonly images: Tensor;
  /** Reconstructed pixel values [B, height * width * channels]. */
  readonly reconstruction: Tensor;
  /** Centres of the codes [B, D], without noise. */
  readonly mean: Tensor;
  /** Sampled codes [B, D]. */
  readonly code: Tensor;
  /** [B], in nats. */
  readonly rateNats: Tensor;
  /** [B], in the unit of the likelihood. */
  readonly distortion: Tensor;
}

/** A number for each image that is measured in addition to those of Narrows, in training and in evaluations. */
export interface OwnMetric {
  readonly kind: "metric";
  /** Its name in files: letters and digits, beginning with a small letter, such as `codeNorm`. */
  readonly name: string;
  /** The quantity in words. */
  readonly label: string;
  /** Such as `nats`; "" where it has none. */
  readonly unit: string;
  /** Decimals that tables show. */
  readonly digits: number;
  /** One number for each image [B]; evaluations report the mean over images. */
  measure(scope: Scope, batch: MeasuredBatch): Tensor;
}

/**
 * A metric of your own, for `narrows train --with` and `createModel(settings, shape, { parts })`: the mean
 * over images stands in metrics files under its name, and in `narrows show` by its label.
 * @param definition name, label and `measure`; without a unit and with 3 decimals where it does not say
 * otherwise.
 */
export function defineMetric(
  definition: Omit<OwnMetric, "kind" | "unit" | "digits"> & Partial<OwnMetric>,
): OwnMetric {
  return { unit: "", digits: 3, ...definition, kind: "metric" };
}

/** What such metrics measure of a batch, [B] each, by name. */
export function measureOwn(
  metrics: readonly OwnMetric[],
  scope: Scope,
  batch: MeasuredBatch,
): Readonly<Record<string, Tensor>> {
  const within = (name: string) => scope.in("metrics").in(name);
  return Object.fromEntries(
    metrics.map(({ name, measure }) => {
      const measured = measure(within(name), batch);
      const each = ofShape(`metric ${name}`, "measure", measured, batch.rateNats.shape);
      return [name, named(each, name)];
    }),
  );
}

/**
 * @throws UserError for a name that files cannot hold, that another number has, or that occurs twice.
 */
export function checkOwnMetrics(metrics: readonly OwnMetric[]): void {
  const taken = new Set<string>([...METRIC_NAMES, ...OTHER_NAMES]);
  for (const { name } of metrics) {
    const what = !/^[a-z][A-Za-z0-9]*$/.test(name)
      ? "the name of a metric is letters and digits, beginning with a small letter"
      : taken.has(name)
        ? "there is a number of this name already"
        : undefined;
    if (what !== undefined) {
      throw new UserError({
        where: `metric ${name}`,
        what,
        remedy: "Give it another name, such as codeNorm",
      });
    }
    taken.add(name);
  }
}

/** What a line of a metrics file holds besides metrics. */
const OTHER_NAMES = [
  "step",
  "epoch",
  "split",
  "images",
  "batches",
  "rateEstimator",
  "learningRate",
  "tasks",
  "headLosses",
];
