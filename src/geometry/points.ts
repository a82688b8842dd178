import { UserError } from "../errors.js";
import { assertNumericArray, type NumericArray } from "../numeric-array.js";
import { assertExtent, assertFinite } from "./range.js";

/** Samples as points of a Euclidean space: what every measure of geometry takes (rule G1). */
export interface Points {
  /** How messages call them: a file, or "latents". */
  readonly name: string;
  /** Number of samples, N. */
  readonly count: number;
  /** Coordinates of a sample, D. */
  readonly dimension: number;
  /** [count, dimension], row-major; every entry finite. */
  readonly coordinates: Float64Array;
}

/**
 * Takes an array as points (rule G1): the first axis counts samples, the others are flattened into
 * coordinates; an array with one axis is a set of points on a line. The numbers are copied to float64.
 * @param array [N, ...], N at least 2.
 * @param name how messages call the array: its file, for instance.
 * @returns [N, D], D the product of the other axes.
 * @throws UserError for data that do not fit the shape, fewer than two samples, for a sample without coordinates, for an entry that is not
 * finite (its row and column are named), and for a code so large or so small that its squares leave float64.
 */
export function toPoints(array: NumericArray, name = "points"): Points {
  assertNumericArray(array, name);
  const [count = 0, ...rest] = array.shape;
  const dimension = rest.reduce((product, extent) => product * extent, 1);
  if (count < 2 || dimension < 1) {
    throw new UserError({
      where: name,
      what: `an array of shape [${array.shape.join(", ")}] holds fewer than 2 points`,
      remedy: "Give one row per sample, at least 2 rows",
    });
  }
  const coordinates = Float64Array.from(array.data);
  const points = { name, count, dimension, coordinates };
  assertFinite(points);
  assertExtent(points);
  return points;
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
