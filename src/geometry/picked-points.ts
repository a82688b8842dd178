import type { Points } from "./points.js";

/** Some of the points, in the order given: a copy of those alone. */
export function pickedPoints({ name, dimension, coordinates }: Points, rows: ArrayLike<number>): Points {
  const picked = new Float64Array(rows.length * dimension);
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i] * dimension;
    picked.set(coordinates.subarray(start, start + dimension), i * dimension);
  }
  return { name, count: rows.length, dimension, coordinates: picked };
}
