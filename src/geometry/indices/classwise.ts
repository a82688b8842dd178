import type { Labels } from "../labels.js";
import type { Points } from "../points.js";

/** The order that brings the samples of a class together, in which a class is a range. */
export interface ClassOrder {
  /** [samples], which sample stands there. */
  readonly order: Uint32Array;
  /** [classes + 1], where each class begins; the last entry is the number of samples. */
  readonly starts: Uint32Array;
}

export function orderByClass({ classOf, sizes, count }: Labels): ClassOrder {
  const starts = new Uint32Array(sizes.length + 1);
  for (const [k, size] of sizes.entries()) starts[k + 1] = starts[k] + size;
  const next = starts.slice();
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[next[classOf[i]]++] = i;
  return { order, starts };
}

/** The points in another order. */
export function reorderPoints(points: Points, order: Uint32Array): Points {
  const { coordinates, dimension } = points;
  const moved = new Float64Array(coordinates.length);
  for (const [position, i] of order.entries()) {
    moved.set(coordinates.subarray(i * dimension, (i + 1) * dimension), position * dimension);
  }
  return { ...points, coordinates: moved };
}
