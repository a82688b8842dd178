import { METRIC_NAMES, type MetricName } from "../model/model.js";

/** The scalars of one batch. */
export type BatchMetrics = Record<MetricName, number>;

/** Running sums of batch metrics, weighted by the number of images. */
export interface MetricSums {
  images: number;
  readonly sums: BatchMetrics;
}

function forEachMetric<Value>(value: (name: MetricName) => Value): Record<MetricName, Value> {
  return Object.fromEntries(METRIC_NAMES.map((name) => [name, value(name)])) as Record<MetricName, Value>;
}

/** Arrays for the scalar outputs of a program. */
export function metricBuffers(): Record<MetricName, Float32Array> {
  return forEachMetric(() => new Float32Array(1));
}

/** The numbers in such arrays. */
export function readBatchMetrics(buffers: Readonly<Record<MetricName, Float32Array>>): BatchMetrics {
  return forEachMetric((name) => buffers[name][0]!);
}

/** Sums over no images. */
export function emptySums(): MetricSums {
  return { images: 0, sums: forEachMetric(() => 0) };
}

/** Adds a batch of so many images. */
export function addBatch(total: MetricSums, batch: BatchMetrics, images: number): void {
  total.images += images;
  for (const name of METRIC_NAMES) total.sums[name] += batch[name] * images;
}

/** Means over all images added. */
export function means({ images, sums }: MetricSums): BatchMetrics {
  return forEachMetric((name) => sums[name] / images);
}
