import { UserError } from "../../errors.js";
import { errorOfMean, sum } from "../../statistics.js";

/** How badly neighbours in one space predict neighbours in another (rule J1). */
export interface Imbalance {
  /** Delta(A -> B): (k + 1) / N if A predicts B's neighbours perfectly, 1 in the mean if it predicts nothing. */
  readonly imbalance: number;
  /** Of the mean over queries: the standard deviation of their values over the root of their number (rule J2); NaN for one. */
  readonly standardError: number;
  /** Sum of all ranks: a whole number, the imbalance without its factor. */
  readonly rankSum: number;
  /** Queries, M. */
  readonly queries: number;
  /** Neighbours of each, k. */
  readonly k: number;
  /** Points among which ranks are counted, N. */
  readonly points: number;
  /** Queries whose neighbours in A were chosen among equals by the order of rows (rule J4); undefined if not counted. */
  readonly ties: number | undefined;
}

/** What is to be known of ranks to make an imbalance of them. */
export interface RankedNeighbours {
  /** Points among which the ranks were counted, N. */
  readonly points: number;
  /** Neighbours of each query, k. */
  readonly k: number;
  /** Queries with equally far neighbours, where the caller counted them (`tiesAtEdge`). */
  readonly ties?: number;
}

/**
 * Information imbalance from ranks (rules J1 and J2): 2/N times the mean rank, in B, of the k nearest
 * neighbours in A.
 * Source: Glielmo, Zeni, Cheng, Csányi and Laio, "Ranking the information content of distance measures"
 * (2022), equation 3.
 * @param ranks [M, k]: from 1, the query itself left out. The queries may be some of the points only: M < N.
 * @param counted what the ranks were counted among.
 * @throws UserError for ranks that are not a whole number of queries, and for one that is not between 1 and
 * N - 1.
 */
export function imbalanceOfRanks(ranks: Int32Array, { points, k, ties }: RankedNeighbours): Imbalance {
  const queries = ranks.length / k;
  if (!Number.isInteger(queries) || queries < 1) {
    throw new UserError({
      where: "information imbalance",
      what: `${ranks.length} ranks are not ${k} for each query`,
      remedy: "Give the ranks of k neighbours of every query",
    });
  }
  const sums = new Float64Array(queries);
  for (let at = 0; at < ranks.length; at++) {
    if (!(ranks[at] >= 1 && ranks[at] < points)) {
      throw new UserError({
        where: `information imbalance, query ${Math.floor(at / k)} (counted from 0)`,
        what: `${ranks[at]} is not a rank among the ${points - 1} neighbours of a point`,
        remedy: "Count ranks from 1 and leave out the point itself",
      });
    }
    sums[Math.floor(at / k)] += ranks[at];
  }
  const rankSum = sum(sums);
  const unit = 2 / (points * k);
  return {
    imbalance: (unit * rankSum) / queries,
    standardError: unit * errorOfMean(sums),
    rankSum,
    queries,
    k,
    points,
    ties,
  };
}

/**
 * One number for both directions (rule J3): (Delta(A -> B) + Delta(B -> A)) / sqrt 2, the place along the
 * plane's diagonal.
 * @param aToB Delta(A -> B).
 * @param bToA Delta(B -> A).
 * @returns from near 0, where both predict each other, to about sqrt 2, where neither says anything of the
 * other.
 */
export function symmetrisedImbalance(aToB: number, bToA: number): number {
  return (aToB + bToA) / Math.SQRT2;
}

/**
 * The difference of both directions over their mean (rule J3). For a layer A and the next one B, above 0 is
 * called expansion, below 0 compression.
 * @param aToB Delta(A -> B).
 * @param bToA Delta(B -> A).
 * @returns between -2 and 2, without a unit; NaN where both are 0, which no imbalance of samples is.
 */
export function relativeImbalance(aToB: number, bToA: number): number {
  return (aToB - bToA) / ((aToB + bToA) / 2);
}
