/** A pivot below this is rounding. */
const MIN_PIVOT = 1e-12;

/**
 * The x with A x = b of a symmetric A, [K, K] row-major, whose lower triangle is read and overwritten; undefined where A
 * is not positive definite.
 */
export function choleskySolve(matrix: Float64Array, vector: Float64Array): Float64Array | undefined {
  const size = vector.length;
  const x = vector.slice();
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = matrix[a * size + b];
      for (let k = 0; k < b; k++) sum -= matrix[a * size + k] * matrix[b * size + k];
      if (b < a) matrix[a * size + b] = sum / matrix[b * size + b];
      else if (sum > MIN_PIVOT) matrix[a * size + a] = Math.sqrt(sum);
      else return undefined;
    }
  }
  for (let a = 0; a < size; a++) {
    for (let k = 0; k < a; k++) x[a] -= matrix[a * size + k] * x[k];
    x[a] /= matrix[a * size + a];
  }
  for (let a = size - 1; a >= 0; a--) {
    x[a] /= matrix[a * size + a];
    for (let k = 0; k < a; k++) x[k] -= matrix[a * size + k] * x[a];
  }
  return x;
}
