import { METRIC_NAMES, type MetricName } from "../model/model.js";

/** The scalars of one batch. */
export type BatchMetrics = Record<MetricName, number> & {
  /** Mean loss of each head in nats, before any weight. */
  readonly headLosses: Readonly<Record<string, number>>;
};

/** Running sums of batch metrics, weighted by the number of images. */
export interface MetricSums {
  images: number;
  readonly sums: Record<MetricName, number> & { readonly headLosses: Record<string, number> };
}

/** Output of a program that holds a head's loss. */
export function headLossOutput(head: string): string {
  return `headLoss.${head}`;
}

function forEachName<Name extends string, Value>(names: readonly Name[], value: (name: Name) => Value) {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
}

/** Arrays for the scalar outputs of a program of a model with these heads. */
export function metricBuffers(heads: readonly string[]): Record<string, Float32Array> {
  return forEachName([...METRIC_NAMES, ...heads.map(headLossOutput)], () => new Float32Array(1));
}

/** The numbers in such arrays. */
export function readBatchMetrics(
  buffers: Readonly<Record<string, Float32Array>>,
  heads: readonly string[],
): BatchMetrics {
  return {
    ...forEachName(METRIC_NAMES, (name) => buffers[name]![0]!),
    headLosses: forEachName(heads, (head) => buffers[headLossOutput(head)]![0]!),
  };
}

/** Sums over no images. */
export function emptySums(): MetricSums {
  return { images: 0, sums: { ...forEachName(METRIC_NAMES, () => 0), headLosses: {} } };
}

/** Adds a batch of so many images. */
export function addBatch(total: MetricSums, batch: BatchMetrics, images: number): void {
  const { sums } = total;
  total.images += images;
  for (const name of METRIC_NAMES) sums[name] += batch[name] * images;
  for (const [head, loss] of Object.entries(batch.headLosses)) {
    sums.headLosses[head] = (sums.headLosses[head] ?? 0) + loss * images;
  }
}

/** Means over all images added. */
export function means({ images, sums }: MetricSums): BatchMetrics {
  return {
    ...forEachName(METRIC_NAMES, (name) => sums[name] / images),
    headLosses: Object.fromEntries(
      Object.entries(sums.headLosses).map(([head, sum]) => [head, sum / images]),
    ),
  };
}
