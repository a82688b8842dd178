import type { Points } from "./points.js";

/** The numbers of points, or the same in float32: what a distance needs of them. */
export interface PlainRows {
  readonly dimension: number;
  /** [count, dimension], row-major. */
  readonly coordinates: Float64Array | Float32Array;
}

/** Below this a sum of squares has lost digits to underflow. */
const SMALL_SQUARE = 1e-280;

/**
 * The Euclidean distance of two points (rule G3), in the unit of their coordinates: summed over coordinate
 * differences, in float64. It is 0 only if all coordinates are equal: where the squares would underflow they
 * are scaled first.
 * @param points [count, dimension].
 * @param i row of a point, from 0; neither row is checked, as this is the inner loop of every measure over
 * pairs.
 * @param j row of the other.
 */
export function distance({ coordinates, dimension }: PlainRows, i: number, j: number): number {
  const [a, b] = [i * dimension, j * dimension];
  // Four sums, as the processor would wait for each addition to end before it begins the next of the same sum.
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const whole = dimension - (dimension % 4);
  for (let at = 0; at < whole; at += 4) {
    const d0 = coordinates[a + at] - coordinates[b + at];
    const d1 = coordinates[a + at + 1] - coordinates[b + at + 1];
    const d2 = coordinates[a + at + 2] - coordinates[b + at + 2];
    const d3 = coordinates[a + at + 3] - coordinates[b + at + 3];
    first += d0 * d0;
    second += d1 * d1;
    third += d2 * d2;
    fourth += d3 * d3;
  }
  return fromSums(coordinates, a, b, dimension, first, second, third, fourth);
}

/**
 * A distance from the sums of squared differences of every fourth column, of as many columns as are a multiple of 4: `sums` from `place` on. What else computes
 * these in their order comes to the digits of `distance`.
 */
export function distanceFromSums(
  { coordinates, dimension }: PlainRows,
  i: number,
  j: number,
  sums: Float64Array,
  place: number,
): number {
  return fromSums(
    coordinates,
    i * dimension,
    j * dimension,
    dimension,
    sums[place],
    sums[place + 1],
    sums[place + 2],
    sums[place + 3],
  );
}

function fromSums(
  coordinates: PlainRows["coordinates"],
  a: number,
  b: number,
  dimension: number,
  first: number,
  second: number,
  third: number,
  fourth: number,
): number {
  let rest = first;
  for (let at = dimension - (dimension % 4); at < dimension; at++) {
    const difference = coordinates[a + at] - coordinates[b + at];
    rest += difference * difference;
  }
  const sum = rest + second + (third + fourth);
  return sum > SMALL_SQUARE ? Math.sqrt(sum) : scaledDistance(coordinates, a, b, dimension);
}

/**
 * Writes the distances of point `i` from two others into `out`, at `place` and behind it: each to the last digit what `distance` gives, a quarter faster
 * than one after the other, as the coordinates of `i` are read once for both.
 */
export function twoDistances(
  { coordinates, dimension }: PlainRows,
  i: number,
  j: number,
  k: number,
  out: Float64Array,
  place: number,
): void {
  const [a, b, c] = [i * dimension, j * dimension, k * dimension];
  // The four sums of `distance`, for both.
  let [b0, b1, b2, b3] = [0, 0, 0, 0];
  let [c0, c1, c2, c3] = [0, 0, 0, 0];
  const whole = dimension - (dimension % 4);
  for (let at = 0; at < whole; at += 4) {
    const a0 = coordinates[a + at];
    const a1 = coordinates[a + at + 1];
    const a2 = coordinates[a + at + 2];
    const a3 = coordinates[a + at + 3];
    const d0 = a0 - coordinates[b + at];
    const d1 = a1 - coordinates[b + at + 1];
    const d2 = a2 - coordinates[b + at + 2];
    const d3 = a3 - coordinates[b + at + 3];
    const e0 = a0 - coordinates[c + at];
    const e1 = a1 - coordinates[c + at + 1];
    const e2 = a2 - coordinates[c + at + 2];
    const e3 = a3 - coordinates[c + at + 3];
    b0 += d0 * d0;
    b1 += d1 * d1;
    b2 += d2 * d2;
    b3 += d3 * d3;
    c0 += e0 * e0;
    c1 += e1 * e1;
    c2 += e2 * e2;
    c3 += e3 * e3;
  }
  out[place] = fromSums(coordinates, a, b, dimension, b0, b1, b2, b3);
  out[place + 1] = fromSums(coordinates, a, c, dimension, c0, c1, c2, c3);
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
  const later = points.count - 1 - i;
  const even = later - (later % 2);
  for (let at = 0; at < even; at += 2) twoDistances(points, i, i + 1 + at, i + 2 + at, out, at);
  if (later > even) out[even] = distance(points, i, points.count - 1);
  return later;
}

/**
 * The Euclidean distances of all pairs i < j (rule G3), in the unit of the coordinates.
 * @returns count * (count - 1) / 2 distances, row by row: (0,1), (0,2), ..., (1,2), ...; the half of a
 * symmetric matrix above its diagonal.
 */
export function pairwiseDistances(points: Points): Float64Array {
  const { count } = points;
  const distances = new Float64Array((count * (count - 1)) / 2);
  for (let i = 0, k = 0; i < count; i++) k += distancesToLater(points, i, distances.subarray(k));
  return distances;
}
