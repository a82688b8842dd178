import { UserError } from "../../errors.js";
import { assertSameCount, type Points } from "../points.js";
import type { RankTable } from "./rank-table.js";
import { automaticLambda, weightedDistances } from "./weighted-distances.js";

/** exp(-40) is 4e-18: what is further has no part in a sum that is near 1. */
const NEGLIGIBLE_EXPONENT = 40;

/** A differentiable information imbalance and its slope (rules J9 and J10). */
export interface DifferentiableImbalance {
  /** DII(A(w) -> B). */
  readonly value: number;
  /** [D], its derivative with respect to each weight at a fixed lambda. */
  readonly gradient: Float64Array;
  /** The length within which neighbours count as near, in the units of the weighted features. */
  readonly lambda: number;
}

/**
 * The differentiable information imbalance of weighted features against ranks in another space (rule J9): an information imbalance
 * whose nearest neighbour is a soft choice, and how it changes with the weights. DADApy's `FeatureWeighting` has the same value
 * and half of this gradient. Source: Wild, Wodaczek, Del Tatto, Cheng and Laio, "Automatic feature selection and weighting in
 * molecular systems using differentiable information imbalance" (2025).
 * @param a the features, [N, D].
 * @param ranks ranks in the other space, as of `rankTable`: of all N points from M of them.
 * @param weights [D]; what features are multiplied by.
 * @param lambda above 0; by default the automatic one (rule J10).
 * @throws UserError for ranks of another number of points, another number of weights than features, a weight that is not finite,
 * a lambda that is not above 0, and where the automatic one is 0.
 */
export function differentiableImbalance(
  a: Points,
  ranks: RankTable,
  weights: Float64Array,
  lambda?: number,
): DifferentiableImbalance {
  assertSameCount(a, { name: "the table of ranks", count: ranks.points });
  if (weights.length !== a.dimension || !weights.every(Number.isFinite)) {
    throw new UserError({
      where: `${a.name}, weights`,
      what: `${weights.length} weights [${weights.slice(0, 8).join(", ")}${weights.length > 8 ? ", ..." : ""}] for ${a.dimension} features`,
      remedy: "Give one finite weight per feature",
    });
  }
  const distances = new Float64Array(ranks.ranks.length);
  weightedDistances(a, ranks.queries, weights, distances);
  const length = lambda ?? automaticLambda(distances, a.count);
  assertLambda(a, length, lambda === undefined);
  return { ...softImbalance(a, ranks, weights, distances, length), lambda: length };
}

/** @throws UserError for a lambda that is not a finite number above 0. */
export function assertLambda({ name }: Points, lambda: number, automatic: boolean): void {
  if (lambda > 0 && lambda < Number.POSITIVE_INFINITY) return;
  throw new UserError({
    where: `${name}, lambda`,
    what: automatic
      ? "every sample has two nearest neighbours equally far, so that there is no automatic lambda"
      : `${lambda} is not a finite number above 0`,
    remedy: "Give a length above 0, such as a tenth of the distance between neighbours",
  });
}

/**
 * The value and its gradient from distances that are known.
 * @param distances [M, N], as of `weightedDistances` for these weights.
 */
export function softImbalance(
  { coordinates, count, dimension }: Points,
  { queries, ranks }: RankTable,
  weights: Float64Array,
  distances: Float64Array,
  lambda: number,
): Omit<DifferentiableImbalance, "lambda"> {
  const shares = new Float64Array(count);
  const gradient = new Float64Array(dimension);
  let value = 0;
  for (let m = 0; m < queries.length; m++) {
    const row = m * count;
    const expected = softRank(distances, ranks, row, lambda, shares);
    value += expected;
    const from = queries[m] * dimension;
    for (let j = 0; j < count; j++) {
      const d = distances[row + j];
      // Points that coincide stay together whatever the weights are.
      if (shares[j] === 0 || d === 0) continue;
      const pull = (shares[j] * (expected - ranks[row + j])) / d;
      for (let c = 0, to = j * dimension; c < dimension; c++, to++) {
        const difference = coordinates[from + c] - coordinates[to];
        gradient[c] += pull * difference * difference;
      }
    }
  }
  const unit = 2 / (queries.length * count);
  return { value: unit * value, gradient: gradient.map((sum, c) => (unit * weights[c] * sum) / lambda) };
}

/** The mean rank of one query's neighbours, each with its share of the soft choice, which is written to `shares`, [N]. */
function softRank(
  distances: Float64Array,
  ranks: Int32Array,
  row: number,
  lambda: number,
  shares: Float64Array,
): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let j = 0; j < shares.length; j++) if (distances[row + j] < nearest) nearest = distances[row + j];
  let total = 0;
  let sum = 0;
  for (let j = 0; j < shares.length; j++) {
    const exponent = (distances[row + j] - nearest) / lambda;
    shares[j] = exponent < NEGLIGIBLE_EXPONENT ? Math.exp(-exponent) : 0;
    total += shares[j];
    sum += shares[j] * ranks[row + j];
  }
  for (let j = 0; j < shares.length; j++) shares[j] /= total;
  return sum / total;
}
