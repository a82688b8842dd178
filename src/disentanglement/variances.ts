import type { Points } from "../geometry/points.js";

/** The variance of each dimension over some samples, divisor samples - 1: exactly 0 for a dimension that does not vary. */
export function variancesOf({ coordinates, dimension }: Points, rows: Uint32Array): Float64Array {
  const origin = coordinates.subarray(rows[0] * dimension, (rows[0] + 1) * dimension);
  const means = new Float64Array(dimension);
  for (const row of rows) {
    for (let d = 0; d < dimension; d++) means[d] += coordinates[row * dimension + d] - origin[d];
  }
  for (let d = 0; d < dimension; d++) means[d] /= rows.length;
  const variances = new Float64Array(dimension);
  for (const row of rows) {
    for (let d = 0; d < dimension; d++) {
      variances[d] += (coordinates[row * dimension + d] - origin[d] - means[d]) ** 2 / (rows.length - 1);
    }
  }
  return variances;
}
