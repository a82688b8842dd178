import type { Measures, MetricName, Trainable } from "../model/trainable.js";
import { own } from "../own.js";

/** The scalars of one batch, as far as the model measures them. */
export type BatchMetrics = Measures & {
  /** Mean loss of each head in nats, before any weight. */
  readonly headLosses: Readonly<Record<string, number>>;
};

/** Running sums of batch metrics, weighted by the number of images. */
export interface MetricSums {
  images: number;
  readonly sums: Partial<Record<MetricName, number>> & { readonly headLosses: Record<string, number> };
}

/** Output of a program that holds a head's loss. */
export function headLossOutput(head: string): string {
  return `headLoss.${head}`;
}

/** What of a model says which scalars its programs give. */
type Measured = Pick<Trainable, "metricNames" | "heads">;

/** Arrays for the scalar outputs of a model's training program. */
export function metricBuffers({ metricNames, heads }: Measured): Record<string, Float32Array> {
  const names = [...metricNames("training"), ...heads.map(({ name }) => headLossOutput(name))];
  return Object.fromEntries(names.map((name) => [name, new Float32Array(1)]));
}

/** The numbers in such arrays. */
export function readBatchMetrics(
  buffers: Readonly<Record<string, Float32Array>>,
  { metricNames, heads }: Measured,
): BatchMetrics {
  return {
    loss: buffers.loss![0]!,
    ...Object.fromEntries(metricNames("training").map((name) => [name, buffers[name]![0]!])),
    headLosses: Object.fromEntries(heads.map(({ name }) => [name, buffers[headLossOutput(name)]![0]!])),
  };
}

/** Sums over no images. */
export function emptySums(): MetricSums {
  return { images: 0, sums: { headLosses: {} } };
}

/** Adds a batch of so many images. */
export function addBatch(total: MetricSums, { headLosses, ...scalars }: BatchMetrics, images: number): void {
  const { sums } = total;
  total.images += images;
  for (const [name, value] of entriesOf(scalars)) sums[name] = (sums[name] ?? 0) + value * images;
  for (const [head, loss] of Object.entries(headLosses)) {
    sums.headLosses[head] = (own(sums.headLosses, head) ?? 0) + loss * images;
  }
}

/** Means over all images added; at least one batch must have been. */
export function means({ images, sums: { headLosses, ...scalars } }: MetricSums): BatchMetrics {
  const divided = Object.fromEntries(entriesOf(scalars).map(([name, sum]) => [name, sum / images]));
  return {
    loss: Number.NaN,
    ...divided,
    headLosses: Object.fromEntries(Object.entries(headLosses).map(([head, sum]) => [head, sum / images])),
  };
}

function entriesOf(scalars: Partial<Record<MetricName, number>>): [MetricName, number][] {
  return Object.entries(scalars) as [MetricName, number][];
}
