import { UserError } from "../../errors.js";
import { PhiloxStream } from "../../random/stream.js";
import { type DimensionEstimate, MIN_POINTS } from "./estimate.js";

/** A number of points, and the number of subsets of that size. */
export interface SubsetPlan {
  /** Points in each subset. */
  readonly size: number;
  /** Number of subsets of that size. */
  readonly subsets: number;
}

/**
 * Subsets of a share of N points: round(N share) points each, round(1 / share) of them, halves to the even
 * number (rule N12).
 * @param count N.
 * @param share in (0, 1].
 * @throws UserError for a share out of (0, 1], and for one that leaves fewer than 3 points.
 */
export function decimationPlan(count: number, share: number): SubsetPlan {
  const size = roundHalfToEven(count * share);
  if (share > 0 && share <= 1 && size >= MIN_POINTS) return { size, subsets: roundHalfToEven(1 / share) };
  throw new UserError({
    where: "decimation",
    what: `a share of ${share} of ${count} points is not a subset of at least ${MIN_POINTS}`,
    remedy: `Give a share from ${MIN_POINTS / count} to 1`,
  });
}

/**
 * The sizes at which the dimension is measured against the number of points (rule N13): all N, N/2, N/4 and
 * so on, while more than `minimum` points are left; as many subsets as fill the points once.
 * @param count N, the number of points.
 * @returns the largest size first; none for fewer than 4 points.
 */
export function halvings(count: number, minimum = 10): SubsetPlan[] {
  const plans: SubsetPlan[] = [];
  for (let subsets = 1; subsets * 4 <= count; subsets *= 2) {
    const size = roundHalfToEven(count / subsets);
    if (size > minimum) plans.push({ size, subsets });
  }
  return plans;
}

/**
 * Draws subsets of rows: within one no row twice, and each independent of the others (rule N12).
 * @param count number of rows.
 * @param plan size and number of the subsets.
 * @param seed of the Philox stream (seed, "decimation", size): subsets of one size do not depend on which
 * others are drawn.
 * @returns for each subset its rows, ascending.
 * @throws UserError for a size out of 1 to `count`.
 */
export function randomSubsets(count: number, { size, subsets }: SubsetPlan, seed: number): Int32Array[] {
  if (!Number.isInteger(size) || size < 1 || size > count) {
    throw new UserError({
      where: "decimation",
      what: `${count} points have no subset of ${size}`,
      remedy: `Give a size from ${MIN_POINTS} to ${count}`,
    });
  }
  const stream = new PhiloxStream(seed, "decimation", size);
  return Array.from({ length: subsets }, () =>
    Int32Array.from(stream.permutation(count).subarray(0, size)).sort(),
  );
}

/** The dimension of subsets (rule N12). */
export interface Decimation {
  /** Mean over the subsets that have one; NaN where none has. */
  readonly dimension: number;
  /** Standard deviation over those (divisor: their number) / sqrt(their number); NaN for a single one. */
  readonly standardError: number;
  /** Mean over those of their scale: the distances compared, in units of the points. */
  readonly scale: number;
  /** Of every subset, NaN included. */
  readonly dimensions: readonly number[];
}

/**
 * One dimension of the estimates on several subsets: their mean, and its standard error (rule N12). Subsets
 * without an estimate (NaN) are left out of both.
 */
export function overSubsets(
  estimates: readonly Pick<DimensionEstimate, "dimension" | "scale">[],
): Decimation {
  const defined = estimates.filter(({ dimension }) => !Number.isNaN(dimension));
  const count = defined.length;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / count;
  const dimension = mean(defined.map((estimate) => estimate.dimension));
  const variance = mean(defined.map((estimate) => (estimate.dimension - dimension) ** 2));
  return {
    dimension,
    standardError: count > 1 ? Math.sqrt(variance / count) : Number.NaN,
    scale: mean(defined.map(({ scale }) => scale)),
    dimensions: estimates.map((estimate) => estimate.dimension),
  };
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
