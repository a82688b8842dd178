/** |a - b|^2 of two rows of coordinates. */
export function squaredDistance(
  a: Float64Array,
  aStart: number,
  b: Float64Array,
  bStart: number,
  dimension: number,
): number {
  let sum = 0;
  for (let k = 0; k < dimension; k++) sum += (a[aStart + k] - b[bStart + k]) ** 2;
  return sum;
}

/** Every row of `a` [N, K] against every row of `b` [M, K]: [N, M], row-major. */
export function squaredDistances(a: Float64Array, b: Float64Array, dimension: number): Float64Array {
  const rows = a.length / dimension;
  const columns = b.length / dimension;
  const out = new Float64Array(rows * columns);
  for (let n = 0; n < rows; n++) {
    for (let m = 0; m < columns; m++) {
      out[n * columns + m] = squaredDistance(a, n * dimension, b, m * dimension, dimension);
    }
  }
  return out;
}
