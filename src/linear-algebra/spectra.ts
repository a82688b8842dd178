/** Eigenvalues and singular values, by ml-matrix. */
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from "ml-matrix";
import { dot, powerOfTwoNear } from "./vectors.js";

/** Of entries whose largest is near 1: far below rounding, and denormal numbers derail the decompositions. */
const NEGLIGIBLE = 1e-60;

/**
 * The sum of the singular values of A B'.
 * @param a [rows, dimension], row-major.
 * @param b [other rows, dimension], row-major.
 */
export function nuclearNormOfProduct(a: Float64Array, b: Float64Array, dimension: number): number {
  const unitA = powerOfTwoNear(a);
  const unitB = powerOfTwoNear(b);
  if (unitA === 0 || unitB === 0) return 0;
  const left = rowsOf(a, dimension, unitA);
  const right = rowsOf(b, dimension, unitB);
  const product = Matrix.zeros(left.length, right.length);
  let largest = 0;
  for (const [i, row] of left.entries()) {
    for (const [j, other] of right.entries()) {
      const value = dot(row, other);
      largest = Math.max(largest, Math.abs(value));
      product.set(i, j, Math.abs(value) > NEGLIGIBLE ? value : 0);
    }
  }
  if (largest <= NEGLIGIBLE) return 0;
  const { diagonal } = new SingularValueDecomposition(product, {
    autoTranspose: true,
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  });
  return unitA * unitB * diagonal.reduce((sum, value) => sum + value, 0);
}

function rowsOf(matrix: Float64Array, dimension: number, unit: number): Float64Array[] {
  return Array.from({ length: matrix.length / dimension }, (_, i) =>
    matrix.slice(i * dimension, (i + 1) * dimension).map((value) => value / unit),
  );
}

/** The variances of points along their principal directions. */
export interface Spectrum {
  /** In descending order; never negative. */
  readonly variances: readonly number[];
  readonly directions: readonly (readonly number[])[];
}

/** With at least as many samples as dimensions: the eigenvectors of the covariance, a small matrix. */
export function spectrumOfCovariance(centred: Float64Array, count: number, dimension: number): Spectrum {
  const sums = new Float64Array(dimension * dimension);
  for (let start = 0; start < centred.length; start += dimension) {
    for (let a = 0; a < dimension; a++) {
      const value = centred[start + a];
      for (let b = a; b < dimension; b++) sums[a * dimension + b] += value * centred[start + b];
    }
  }
  const covariance = Matrix.zeros(dimension, dimension);
  for (let a = 0; a < dimension; a++) {
    for (let b = a; b < dimension; b++) {
      const sum = sums[a * dimension + b];
      const value = Math.abs(sum) > NEGLIGIBLE ? sum / (count - 1) : 0;
      covariance.set(a, b, value).set(b, a, value);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  // Ascending in ml-matrix; rounding leaves tiny negative numbers where the variance is 0.
  return {
    variances: realEigenvalues.map((value) => Math.max(0, value)).reverse(),
    directions: realEigenvalues.map((_, c) => eigenvectorMatrix.getColumn(dimension - 1 - c)),
  };
}

/** With fewer samples than dimensions: the singular vectors of the points, as the covariance would be large and singular. */
export function spectrumOfPoints(centred: Float64Array, count: number, dimension: number): Spectrum {
  const { diagonal, rightSingularVectors } = new SingularValueDecomposition(
    Matrix.from1DArray(count, dimension, centred),
    { autoTranspose: true },
  );
  return {
    variances: diagonal.map((value) => (value * value) / (count - 1)),
    directions: diagonal.map((_, c) => rightSingularVectors.getColumn(c)),
  };
}
