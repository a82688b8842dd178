import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { dot } from "../geometry/dot.js";

/** Of entries whose largest is near 1: far below rounding, and denormal numbers derail the decomposition. */
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

/** A power of two near the largest magnitude: dividing by it changes no digit. 0 for a matrix of zeros. */
function powerOfTwoNear(values: Float64Array): number {
  const largest = values.reduce((maximum, value) => Math.max(maximum, Math.abs(value)), 0);
  return largest > 0 ? 2 ** Math.floor(Math.log2(largest)) : 0;
}

function rowsOf(matrix: Float64Array, dimension: number, unit: number): Float64Array[] {
  return Array.from({ length: matrix.length / dimension }, (_, i) =>
    matrix.slice(i * dimension, (i + 1) * dimension).map((value) => value / unit),
  );
}
