import { nearestNeighbours, neighbourRanks } from "../neighbours/index.js";
import type { Points } from "../points.js";
import { assertVaryingSpaces } from "./assertions.js";
import { firstNeighbours, tiesAtEdge } from "./first-neighbours.js";
import {
  type Imbalance,
  imbalanceOfRanks,
  relativeImbalance,
  symmetrisedImbalance,
} from "./information-imbalance.js";

/** Both directions between two spaces: a point of the information plane. */
export interface ImbalancePair {
  /** Delta(A -> B): small where neighbours in A are neighbours in B (rule J1). */
  readonly aToB: Imbalance;
  /** Delta(B -> A). */
  readonly bToA: Imbalance;
  /** (Delta(A -> B) + Delta(B -> A)) / sqrt 2, from near 0 to about sqrt 2 (rule J3). */
  readonly symmetrised: number;
  /** (Delta(A -> B) - Delta(B -> A)) over the mean of both, from -2 to 2 (rule J3). */
  readonly relative: number;
}

/** How the imbalance of two spaces is measured: neighbours and queries. */
export interface ImbalanceOptions {
  /** Neighbours of each query; 1 by default. */
  readonly k?: number;
  /** Rows whose neighbours are asked, among all points; every row by default. */
  readonly queries?: Int32Array;
}

/**
 * Information imbalance between two spaces of the same samples (rules J1 to J4), both ways, by the exact
 * search of plain arrays: time M N (D_A + D_B). For some thousand points; `informationImbalance` of
 * `narrows/distances` takes more. Source: Glielmo, Zeni, Cheng, Csányi and Laio, "Ranking the information
 * content of distance measures" (2022).
 * @param a one space, [N, D_A].
 * @param b the other, [N, D_B]: the same samples in the same order.
 * @returns both directions, without a unit; they depend on N, so compare at equal N.
 * @throws UserError for spaces of different length, fewer than 3 samples, k out of 1 to N - 1, a query that
 * is not there, and a space whose points are all equal.
 */
export function informationImbalance(a: Points, b: Points, options: ImbalanceOptions = {}): ImbalancePair {
  assertVaryingSpaces(a, b, options.k ?? 1);
  return imbalancePair(oneWay(a, b, options), oneWay(b, a, options));
}

/** Both directions together. */
export function imbalancePair(aToB: Imbalance, bToA: Imbalance): ImbalancePair {
  const both = [aToB.imbalance, bToA.imbalance] as const;
  return { aToB, bToA, symmetrised: symmetrisedImbalance(...both), relative: relativeImbalance(...both) };
}

function oneWay(from: Points, to: Points, { k = 1, queries }: ImbalanceOptions): Imbalance {
  // One neighbour more than is ranked, to see where the choice was made among equals.
  const found = nearestNeighbours(from, Math.min(k + 1, from.count - 1), queries ? { queries } : {});
  const ranks = neighbourRanks(to, found.queries, firstNeighbours(found, k).indices, k);
  return imbalanceOfRanks(ranks, { points: from.count, k, ties: tiesAtEdge(found, k) });
}
