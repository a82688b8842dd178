import { UserError } from "../../errors.js";
import { errorOfMean, mean, sum } from "../../statistics.js";
import type { Labels } from "../labels.js";
import type { Neighbours } from "../neighbours/index.js";
import { assertSameCount } from "../points.js";

/** Neighbours that overlaps are measured on by default (rule J7). */
export const OVERLAP_NEIGHBOURS = 30;

/** The share of neighbours that two spaces have in common (rule J7). */
export interface NeighbourhoodOverlap {
  /** From 0 to 1; about k / (N - 1) by chance. */
  readonly overlap: number;
  /** Of the mean over queries (rule J2). */
  readonly standardError: number;
}

/**
 * The mean share of a query's k nearest neighbours that are the same in both spaces (rule J7). k = 30
 * (`OVERLAP_NEIGHBOURS`) is the custom. Source: Doimo, Glielmo, Ansuini and Laio, "Hierarchical nucleation in deep neural
 * networks" (2020).
 * @param a neighbours in one space, of the same queries and as many as of `b`.
 * @throws UserError where they are not.
 */
export function neighbourhoodOverlap(a: Neighbours, b: Neighbours): NeighbourhoodOverlap {
  const { queries, k } = a;
  const same =
    a.points === b.points &&
    k === b.k &&
    queries.length === b.queries.length &&
    queries.every((row, m) => row === b.queries[m]);
  if (!same) {
    throw new UserError({
      where: "neighbourhood overlap",
      what: `${k} neighbours of ${queries.length} rows of ${a.points} and ${b.k} of ${b.queries.length} of ${b.points} cannot be compared`,
      remedy: "Ask both spaces for as many neighbours of the same rows",
    });
  }
  const shared = new Float64Array(queries.length);
  for (let m = 0; m < queries.length; m++) {
    const known = new Set(a.indices.subarray(m * k, (m + 1) * k));
    for (const row of b.indices.subarray(m * k, (m + 1) * k)) if (known.has(row)) shared[m] += 1;
  }
  return {
    overlap: sum(shared) / (queries.length * k),
    standardError: errorOfMean(shared) / k,
  };
}

/** The share of neighbours with the query's own label (rule J8). */
export interface LabelOverlap {
  /** Mean over queries, from 0 to 1. */
  readonly overlap: number;
  /** Mean over classes of the mean over their queries: each class counts the same, however large. */
  readonly classWeighted: number;
  /** [classes], that of each class, in the order of `labels.classes`; NaN for a class without a query. */
  readonly ofClass: Float64Array;
}

/**
 * The mean share of a query's k nearest neighbours that have its label, plain and with each query weighed by one over the
 * queries in its class (rule J8).
 * @throws UserError when there are not as many labels as points.
 */
export function labelOverlap(neighbours: Neighbours, labels: Labels): LabelOverlap {
  const { queries, k, indices, points } = neighbours;
  assertSameCount({ name: "neighbours", count: points }, labels);
  const { classOf, classes } = labels;
  const agreeing = new Float64Array(classes.length);
  const asked = new Float64Array(classes.length);
  for (const [m, query] of queries.entries()) {
    const own = classOf[query];
    asked[own] += 1;
    for (let at = m * k; at < (m + 1) * k; at++) if (classOf[indices[at]] === own) agreeing[own] += 1;
  }
  const ofClass = agreeing.map((count, c) => count / (asked[c] * k));
  const present = ofClass.filter((_, c) => asked[c] > 0);
  return {
    overlap: sum(agreeing) / (queries.length * k),
    classWeighted: mean(present),
    ofClass,
  };
}
