import { mapValues } from "../collections.js";
import { own } from "../given-names.js";
import type { MetricName } from "../model/metrics.js";
import type { Measures } from "../model/trainable.js";

/** The scalars of one batch, as far as the model measures them. */
export type BatchMetrics = Measures & {
  /** Mean loss of each head in nats, before any weight. */
  readonly headLosses: Readonly<Record<string, number>>;
};

/** Running sums of batch metrics, weighted by the number of images. */
export interface MetricSums {
  /** Images that the sums are of. */
  images: number;
  /** By the name of the metric, each value times its images. */
  readonly sums: Partial<Record<MetricName, number>> & { readonly headLosses: Record<string, number> };
}

const HEAD_LOSS = "headLoss.";

/** Output of a program that holds a head's loss. */
export function headLossOutput(head: string): string {
  return HEAD_LOSS + head;
}

/** Arrays for the scalars among a training program's outputs: metrics, whose names have no dots, and losses of heads. */
export function metricBuffers(outputs: Iterable<string>): Record<string, Float32Array> {
  const scalars = [...outputs].filter((name) => !name.includes(".") || name.startsWith(HEAD_LOSS));
  return Object.fromEntries(scalars.map((name) => [name, new Float32Array(1)]));
}

/** The numbers in such arrays. */
export function readBatchMetrics(buffers: Readonly<Record<string, Float32Array>>): BatchMetrics {
  const values = Object.entries(buffers).map(([name, array]) => [name, array[0]!] as const);
  const losses = values.filter(([name]) => name.startsWith(HEAD_LOSS));
  return {
    loss: buffers.loss![0]!,
    ...Object.fromEntries(values.filter(([name]) => !name.startsWith(HEAD_LOSS))),
    headLosses: Object.fromEntries(losses.map(([name, loss]) => [name.slice(HEAD_LOSS.length), loss])),
  };
}

/** Sums over no images. */
export function emptySums(): MetricSums {
  return { images: 0, sums: { headLosses: {} } };
}

/** Adds a batch of a number of images. */
export function addBatch(total: MetricSums, { headLosses, ...scalars }: BatchMetrics, images: number): void {
  const { sums } = total;
  total.images += images;
  for (const [name, value] of Object.entries(scalars) as [MetricName, number][]) {
    sums[name] = (sums[name] ?? 0) + value * images;
  }
  for (const [head, loss] of Object.entries(headLosses)) {
    sums.headLosses[head] = (own(sums.headLosses, head) ?? 0) + loss * images;
  }
}

/** Means over all images added; at least one batch must have been. */
export function means({ images, sums: { headLosses, ...scalars } }: MetricSums): BatchMetrics {
  const mean = (sum: number) => sum / images;
  return { loss: Number.NaN, ...mapValues(scalars, mean), headLosses: mapValues(headLosses, mean) };
}
