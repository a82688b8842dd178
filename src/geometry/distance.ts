import type { Points } from "./points.js";

/** The numbers of points, or the same in float32. */
export interface PlainRows {
  readonly dimension: number;
  /** [count, dimension], row-major. */
  readonly coordinates: Float64Array | Float32Array;
}

/** Below this a sum of squares has lost digits to underflow. */
const SMALL_SQUARE = 1e-280;

/**
 * The Euclidean distance of points `i` and `j` (rule G3), summed over coordinate differences, in float64. It is 0
 * only if all coordinates are equal: where the squares would underflow they are scaled first.
 */
export function distance({ coordinates, dimension }: PlainRows, i: number, j: number): number {
  return distanceAt(coordinates, i * dimension, j * dimension, dimension);
}

/** Of the coordinates from `a` on and those from `b` on. */
function distanceAt(coordinates: PlainRows["coordinates"], a: number, b: number, dimension: number): number {
  // Four sums, as the processor would wait for each addition to end before it begins the next of the same sum.
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const whole = dimension - (dimension % 4);
  for (let c = 0; c < whole; c += 4) {
    const d0 = coordinates[a + c] - coordinates[b + c];
    const d1 = coordinates[a + c + 1] - coordinates[b + c + 1];
    const d2 = coordinates[a + c + 2] - coordinates[b + c + 2];
    const d3 = coordinates[a + c + 3] - coordinates[b + c + 3];
    first += d0 * d0;
    second += d1 * d1;
    third += d2 * d2;
    fourth += d3 * d3;
  }
  for (let c = whole; c < dimension; c++) {
    const difference = coordinates[a + c] - coordinates[b + c];
    first += difference * difference;
  }
  const sum = first + second + (third + fourth);
  return sum > SMALL_SQUARE ? Math.sqrt(sum) : scaledDistance(coordinates, a, b, dimension);
}

function scaledDistance(
  coordinates: PlainRows["coordinates"],
  a: number,
  b: number,
  dimension: number,
): number {
  let largest = 0;
  for (let c = 0; c < dimension; c++) {
    largest = Math.max(largest, Math.abs(coordinates[a + c] - coordinates[b + c]));
  }
  if (largest === 0) return 0;
  let sum = 0;
  for (let c = 0; c < dimension; c++) sum += ((coordinates[a + c] - coordinates[b + c]) / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/**
 * Writes the distances of point `i` to the points after it to the beginning of `out`, in float64 (rule G3): the
 * inner loop of every measure over pairs.
 * @returns how many: count - 1 - i.
 */
export function distancesToLater(points: Points, i: number, out: Float64Array): number {
  const { coordinates, dimension } = points;
  const a = i * dimension;
  let k = 0;
  for (let b = a + dimension; b < coordinates.length; b += dimension) {
    out[k++] = distanceAt(coordinates, a, b, dimension);
  }
  return k;
}

/**
 * The distances of all pairs i < j, row by row: (0,1), (0,2), ..., (1,2), ...; the half of a symmetric matrix
 * above its diagonal.
 * @returns count * (count - 1) / 2 distances (rule G3).
 */
export function pairwiseDistances(points: Points): Float64Array {
  const { count } = points;
  const distances = new Float64Array((count * (count - 1)) / 2);
  for (let i = 0, k = 0; i < count; i++) k += distancesToLater(points, i, distances.subarray(k));
  return distances;
}
