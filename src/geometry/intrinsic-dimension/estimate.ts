import { refuse, UserError } from "../../errors.js";
import type { Neighbours } from "../neighbours/index.js";

/**
 * Distances to nearest neighbours, from any source: what every estimator takes. Rows are queries, [M, k], nearest first. With the rows of
 * queries and neighbours an estimate also knows which queries share neighbours.
 */
export type NeighbourDistances = Pick<Neighbours, "k" | "distances" | "points"> &
  Partial<Pick<Neighbours, "queries" | "indices">>;

/** What to do with a query whose first distance is 0 although rows that repeat were dropped (rule N4). */
export type ZeroPolicy = "drop-mu" | "error";

/** What every estimator of intrinsic dimension takes: how queries with a neighbour at distance 0 are treated, and a name for messages. */
export interface EstimatorOptions {
  /** `drop-mu` leaves such queries out and counts them; by default. */
  readonly zeros?: ZeroPolicy;
  /** How messages call the points; "neighbours" by default. */
  readonly name?: string;
}

/**
 * What every estimator takes, filled in.
 * @throws UserError for a policy that there is not.
 */
export function estimatorOptions({
  zeros = "drop-mu",
  name = "neighbours",
}: EstimatorOptions): Required<EstimatorOptions> {
  return { zeros: oneOf(zeros, ["drop-mu", "error"], `${name}, policy for distances of 0`), name };
}

/** An option out of a list; from plain JavaScript it may be anything. */
export function oneOf<Choice extends string>(
  value: Choice,
  choices: readonly Choice[],
  where: string,
): Choice {
  if (choices.includes(value)) return value;
  return refuse(where, `${value} is none of ${choices.join(", ")}`, "Leave it out for the default value");
}

/** An intrinsic dimension, and what it stands on (rule N4). */
export interface DimensionEstimate {
  /** NaN where `reason` says why. */
  readonly dimension: number;
  /** As if every query were a sample of its own, which is too small on average: neighbours share distances. */
  readonly standardError: number;
  /**
   * An estimate of the standard error that counts them as they are (rule N11). Mostly on few points it may come out below `standardError`,
   * where that has a formula of its own: TwoNN by maximum likelihood or by Bayes' rule, and GRIDE. Null where the lists do not say which
   * rows the neighbours are.
   */
  readonly linkedError: number | null;
  /** Mean of the distances compared, in units of the points. */
  readonly scale: number;
  /** Queries that the estimate uses: M minus those left out. */
  readonly queries: number;
  /** Distances of 0 that were left out: the queries' own at TwoNN and GRIDE, neighbours' at Levina and Bickel. */
  readonly zeroDistances: number;
  /** Queries whose distances are equal, so that their ratio is 1. They are kept. */
  readonly tied: number;
  /** Why there is no number, or null. */
  readonly reason: string | null;
}

/** Fewer points have no second neighbour, and fewer ratios no spread. */
export const MIN_POINTS = 3;

/**
 * Asserts that these are distances of this number of neighbours each, in order.
 * @returns M, the number of queries.
 * @throws UserError for fewer than 3 points or queries, fewer neighbours, and distances that are negative, not finite or out of order.
 */
export function assertDistances(
  { k, distances, points }: NeighbourDistances,
  needed: number,
  name = "neighbours",
): number {
  const queries = distances.length / k;
  if (points < MIN_POINTS || queries < MIN_POINTS) {
    throw new UserError({
      where: name,
      what: `${points < MIN_POINTS ? `${points} points` : `${queries} queries`} are too few for an intrinsic dimension`,
      remedy: `Give at least ${MIN_POINTS}, that differ`,
    });
  }
  if (k < needed || !Number.isInteger(queries)) {
    throw new UserError({
      where: name,
      what: `${distances.length} distances of ${k} neighbours per query do not hold the ${needed} that are asked for`,
      remedy: `Look for ${needed} neighbours of each of ${points} points, or ask for fewer`,
    });
  }
  for (let query = 0; query < queries; query++) {
    let before = 0;
    for (let j = 0; j < needed; j++) {
      const distance = distances[query * k + j];
      if (distance >= before && distance < Number.POSITIVE_INFINITY) {
        before = distance;
        continue;
      }
      throw new UserError({
        where: `${name}, query ${query}, neighbour ${j + 1}`,
        what: `a distance of ${distance} after one of ${before}`,
        remedy: "Give finite distances, nearest first, without the point itself",
      });
    }
  }
  return queries;
}
