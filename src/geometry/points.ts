import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";

/** Beyond this sums of squares leave float64, and no code of a model that learnt anything is so large. */
const LARGEST = 1e100;

/** Below this extent (and above 0) squares underflow: the code would be measured as a single point. */
const SMALLEST_EXTENT = 1e-100;

/** Samples as points of a Euclidean space: what every measure of geometry takes (rule G1). */
export interface Points {
  /** How messages call them: a file, or "latents". */
  readonly name: string;
  readonly count: number;
  readonly dimension: number;
  /** [count, dimension], row-major; every entry finite. */
  readonly coordinates: Float64Array;
}

/**
 * Takes an array as points (rule G1): the first axis counts samples, the others are flattened into coordinates; an
 * array with one axis is a set of points on a line. The numbers are copied to float64.
 * @param name how messages call the array: its file, for instance.
 * @throws UserError for fewer than two samples, for a sample without coordinates, for an entry that is not finite
 * (its row and column are named), and for a code so small that its squares underflow.
 */
export function toPoints(array: NumericArray, name = "points"): Points {
  const [count = 0, ...rest] = array.shape;
  const dimension = rest.reduce((product, extent) => product * extent, 1);
  if (count < 2 || dimension < 1) {
    throw new UserError({
      where: name,
      what: `an array of shape [${array.shape.join(", ")}] holds fewer than 2 points`,
      remedy: "Give one row a sample, at least 2 rows",
    });
  }
  const coordinates = Float64Array.from(array.data);
  for (let k = 0; k < coordinates.length; k++) {
    if (Math.abs(coordinates[k]) <= LARGEST) continue;
    throw new UserError({
      where: `${name}, row ${Math.floor(k / dimension)}, column ${k % dimension} (both counted from 0)`,
      what: `${coordinates[k]} is not a finite number within ±${LARGEST}`,
      remedy: "Distances need finite numbers: drop this sample, or look for what made the model diverge",
    });
  }
  const extent = largestExtent(coordinates, dimension);
  if (extent > 0 && extent < SMALLEST_EXTENT) {
    throw new UserError({
      where: name,
      what: `all points lie within ${extent} of each other, too near for float64 arithmetic`,
      remedy: "Multiply the array by a large number",
    });
  }
  return { name, count, dimension, coordinates };
}

/** The largest range of any coordinate. */
function largestExtent(coordinates: Float64Array, dimension: number): number {
  const min = coordinates.slice(0, dimension);
  const max = coordinates.slice(0, dimension);
  for (let k = 0; k < coordinates.length; k++) {
    const c = k % dimension;
    if (coordinates[k] < min[c]) min[c] = coordinates[k];
    if (coordinates[k] > max[c]) max[c] = coordinates[k];
  }
  return max.reduce((largest, value, c) => Math.max(largest, value - min[c]), 0);
}

/**
 * Asserts that two sets hold the same samples, row by row.
 * @throws UserError naming both and their lengths.
 */
export function assertSameCount(
  points: Pick<Points, "name" | "count">,
  other: Pick<Points, "name" | "count">,
): void {
  if (points.count === other.count) return;
  throw new UserError({
    where: other.name,
    what: `it holds ${other.count} samples, but ${points.name} holds ${points.count}`,
    remedy: "Give both for the same samples, in the same order",
  });
}
