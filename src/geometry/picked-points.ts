import type { Rows } from "./neighbours/duplicates.js";
import type { Points } from "./points.js";

/** Some of the points, in the order given: a copy of those alone, in their own precision. */
export function pickedPoints(points: Points, rows: ArrayLike<number>): Points;
export function pickedPoints(points: Rows, rows: ArrayLike<number>): Rows;
export function pickedPoints({ name, dimension, coordinates }: Rows, rows: ArrayLike<number>): Rows {
  const length = rows.length * dimension;
  const picked = coordinates instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i] * dimension;
    picked.set(coordinates.subarray(start, start + dimension), i * dimension);
  }
  return { name, count: rows.length, dimension, coordinates: picked };
}
