/**
 * Three factors of Cholesky, each for its reason: {@link choleskySolve} solves a system as often as an iteration needs it, in place;
 * {@link choleskyPivots} continues where a matrix is singular and says which dimensions make it so; {@link pivotedCholesky}
 * chooses the rows that are independent, and inverts what it found. ml-matrix has the first alone, and it copies its matrix.
 */

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

/** What a Cholesky factor says of a matrix that may be singular. */
interface CholeskyPivots {
  /** [size], the squared diagonal of the factor: of each dimension the variance that those before it leave over. */
  readonly pivots: Float64Array;
  /** The largest that a dimension left out shares with a later one, beyond what those before it explain: 0 but for rounding in a covariance. */
  readonly shared: number;
}

/**
 * The Cholesky factor of a covariance, without the dimensions of which those before leave no more than `minimum` over.
 * @param matrix [size, size], row-major; its lower triangle is read.
 */
export function choleskyPivots(matrix: Float64Array, size: number, minimum: number): CholeskyPivots {
  const factor = new Float64Array(size * size);
  const pivots = new Float64Array(size);
  let shared = 0;
  for (let j = 0; j < size; j++) {
    let pivot = matrix[j * size + j];
    for (let k = 0; k < j; k++) {
      let value = matrix[j * size + k];
      for (let i = 0; i < k; i++) value -= factor[j * size + i] * factor[k * size + i];
      if (factor[k * size + k] === 0) {
        shared = Math.max(shared, Math.abs(value));
        continue;
      }
      value /= factor[k * size + k];
      factor[j * size + k] = value;
      pivot -= value * value;
    }
    pivots[j] = pivot;
    factor[j * size + j] = pivot > minimum ? Math.sqrt(pivot) : 0;
  }
  return { pivots, shared };
}

/** Rows that are independent of each other, and what makes them orthonormal. */
export interface PivotedCholesky {
  /** The rows taken, each with the largest part that is outside the span of those before it. */
  readonly picked: Int32Array;
  /** [picked, picked], row-major, lower triangular: its product with those rows has orthonormal rows. */
  readonly inverse: Float64Array;
}

/**
 * Picks rows of a Gram matrix as long as some row has a share of more than `tolerance` of the longest row's squared length outside the span of those picked, and
 * inverts the Cholesky factor of theirs.
 * Source: Higham, "Accuracy and Stability of Numerical Algorithms", section 10.3 (complete pivoting).
 * @param gram [count, count], row-major, symmetric.
 */
export function pivotedCholesky(
  gram: Float32Array | Float64Array,
  count: number,
  tolerance: number,
): PivotedCholesky {
  const left = Float64Array.from({ length: count }, (_, i) => gram[i * count + i]);
  const minimum = tolerance * left.reduce((maximum, value) => Math.max(maximum, value), 0);
  const picked: number[] = [];
  const isPicked = new Uint8Array(count);
  // Of each row, what it has of the directions of those picked.
  const factor = new Float64Array(count * count);
  while (picked.length < count) {
    const pivot = left.reduce((best, value, i) => (value > left[best] ? i : best), 0);
    if (!(left[pivot] > minimum)) break;
    const root = Math.sqrt(left[pivot]);
    const column = picked.length;
    for (let i = 0; i < count; i++) {
      if (isPicked[i]) continue;
      let rest = gram[i * count + pivot];
      for (let k = 0; k < column; k++) rest -= factor[i * count + k] * factor[pivot * count + k];
      factor[i * count + column] = rest / root;
      left[i] -= (rest / root) ** 2;
    }
    left[pivot] = 0;
    isPicked[pivot] = 1;
    picked.push(pivot);
  }
  return { picked: Int32Array.from(picked), inverse: inverted(factor, count, picked) };
}

/** The inverse of the lower triangular matrix that these rows of the factor are. */
function inverted(factor: Float64Array, count: number, picked: readonly number[]): Float64Array {
  const size = picked.length;
  const inverse = new Float64Array(size * size);
  for (const [i, row] of picked.entries()) {
    const diagonal = factor[row * count + i];
    inverse[i * size + i] = 1 / diagonal;
    for (let k = 0; k < i; k++) {
      const weight = factor[row * count + k] / diagonal;
      for (let j = 0; j <= k; j++) inverse[i * size + j] -= weight * inverse[k * size + j];
    }
  }
  return inverse;
}
