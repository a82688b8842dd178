import { centredRows } from "../../linear-algebra/centring.js";
import { powerOfTwoNear } from "../../linear-algebra/vectors.js";
import type { Points } from "../points.js";
import type { Weights } from "./resampling.js";

/** Covariances of a code in classes, [dimension, dimension], as upper triangles. */
export interface ClassCovariances {
  /** Of the class means, classes weighted by their samples. */
  readonly between: Float64Array;
  /** About the class means. */
  readonly within: Float64Array;
  /** What sampling alone adds to the covariance of the class means: they are means of few samples. */
  readonly sampling: Float64Array;
}

/**
 * The covariances between and within classes (divisor: samples), and the sampling error of the class means (rule G14).
 * @param points sorted by class.
 * @param starts where each class begins.
 */
export function classCovariances(
  { coordinates, dimension }: Points,
  starts: Uint32Array,
  weights: Weights,
): ClassCovariances {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const means = new Float64Array((starts.length - 1) * dimension);
  const shares = new Float64Array(starts.length - 1);
  const centre = new Float64Array(dimension);
  for (let k = 0; k < shares.length; k++) {
    const mean = means.subarray(k * dimension, (k + 1) * dimension);
    let drawn = 0;
    for (let i = starts[k]; i < starts[k + 1]; i++) {
      drawn += weights[i];
      for (let c = 0; c < dimension; c++) mean[c] += weights[i] * coordinates[i * dimension + c];
    }
    shares[k] = drawn / total;
    for (let c = 0; c < dimension; c++) {
      centre[c] += mean[c] / total;
      mean[c] /= Math.max(1, drawn);
    }
  }
  const between = new Float64Array(dimension * dimension);
  const within = new Float64Array(dimension * dimension);
  const sampling = new Float64Array(dimension * dimension);
  const difference = new Float64Array(dimension);
  for (let k = 0; k < shares.length; k++) {
    for (let c = 0; c < dimension; c++) difference[c] = means[k * dimension + c] - centre[c];
    addSquare(between, difference, shares[k]);
    const scatter = new Float64Array(dimension * dimension);
    for (let i = starts[k]; i < starts[k + 1]; i++) {
      if (weights[i] === 0) continue;
      for (let c = 0; c < dimension; c++) {
        difference[c] = coordinates[i * dimension + c] - means[k * dimension + c];
      }
      addSquare(scatter, difference, weights[i]);
    }
    const degreesOfFreedom = Math.max(1, shares[k] * total - 1);
    for (let entry = 0; entry < scatter.length; entry++) {
      within[entry] += scatter[entry] / total;
      sampling[entry] += ((1 - shares[k]) * scatter[entry]) / (degreesOfFreedom * total);
    }
  }
  return { between, within, sampling };
}

/** Adds a weighted outer product of a vector with itself to an upper triangle. */
function addSquare(matrix: Float64Array, vector: Float64Array, weight: number): void {
  const { length } = vector;
  for (let a = 0; a < length; a++) {
    const scaled = weight * vector[a];
    for (let b = a; b < length; b++) matrix[a * length + b] += scaled * vector[b];
  }
}

export function trace(matrix: Float64Array, dimension: number): number {
  let sum = 0;
  for (let c = 0; c < dimension; c++) sum += matrix[c * dimension + c];
  return sum;
}

/** The trace of the product of two symmetric matrices, given as upper triangles. */
export function traceOfProduct(a: Float64Array, b: Float64Array, dimension: number): number {
  let sum = 0;
  for (let row = 0; row < dimension; row++) {
    sum += a[row * dimension + row] * b[row * dimension + row];
    for (let column = row + 1; column < dimension; column++) {
      sum += 2 * a[row * dimension + column] * b[row * dimension + column];
    }
  }
  return sum;
}

/** The points about their mean, scaled by a power of 2 to near 1, so that products of squares neither overflow nor vanish. */
export function normalised(points: Points): Points {
  const { centred } = centredRows(points);
  const unit = powerOfTwoNear(centred) || 1;
  return { ...points, coordinates: centred.map((value) => value / unit) };
}
