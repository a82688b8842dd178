import { refuse } from "../../errors.js";
import { requireWhole } from "../range.js";
import type { Neighbours } from "./neighbours.js";

/** Neighbours among a part of the points, taken from lists of all (rule N12). */
export interface NeighboursWithin extends Neighbours {
  /** Queries of the part that were left out, as their list held fewer than k rows of the part. */
  readonly dropped: number;
}

/**
 * The k nearest neighbours among the points of a subset, from the neighbour lists of all points: no distance
 * is computed again. A query is left out where its list ends before its k-th neighbour in the subset, and
 * counted: with lists of 64, k = 2 and a quarter of the points 1 in 10 million, with an eighth 1 in 500.
 * Lists of N - 1 leave out none.
 * @param neighbours lists of all points.
 * @param subset rows, ascending; each at most once.
 * @param k neighbours of each query that is kept.
 * @returns rows are numbered as in the subset.
 * @throws UserError for a row that is not there, or not above the one before it, and a `k` below 1.
 */
export function neighboursWithin(
  { queries, k: columns, indices, distances, points }: Neighbours,
  subset: Int32Array,
  k: number,
): NeighboursWithin {
  requireWhole("neighbours within a subset, k", k, 1);
  const places = new Int32Array(points).fill(-1);
  for (let place = 0; place < subset.length; place++) {
    const row = subset[place];
    if (!(Number.isInteger(row) && row < points && row > (subset[place - 1] ?? -1))) {
      refuse(
        `neighbours within a subset, row ${place} of it (counted from 0)`,
        `${row} is not a row of ${points}, above the one before it`,
        "Give rows from 0 on, ascending, each at most once",
      );
    }
    places[row] = place;
  }
  const asked = queries.filter((query) => places[query] >= 0).length;
  const found = {
    queries: new Int32Array(asked),
    indices: new Int32Array(asked * k),
    distances: new Float64Array(asked * k),
  };
  let kept = 0;
  for (let m = 0; m < queries.length; m++) {
    if (places[queries[m]] < 0) continue;
    let held = 0;
    for (let at = m * columns; at < (m + 1) * columns && held < k; at++) {
      const place = places[indices[at]];
      if (place < 0) continue;
      found.indices[kept * k + held] = place;
      found.distances[kept * k + held++] = distances[at];
    }
    if (held === k) found.queries[kept++] = places[queries[m]];
  }
  return {
    queries: found.queries.subarray(0, kept),
    k,
    indices: found.indices.subarray(0, kept * k),
    distances: found.distances.subarray(0, kept * k),
    points: subset.length,
    dropped: asked - kept,
  };
}
