import { UserError } from "../../errors.js";
import { nearestNeighbours } from "../neighbours/index.js";
import type { Points } from "../points.js";

/** Numbers in a table of ranks: beyond this tables of ranks and distances take more than 1 GB. */
const MAX_ENTRIES = 1e8;

/** The ranks of all points from some of them (rule J9). */
export interface RankTable {
  /** The rows that look, [M]. */
  readonly queries: Int32Array;
  /** Points that are ranked, N. */
  readonly points: number;
  /** [M, N]; 1 for a query's nearest neighbour, N - 1 for its furthest, 0 for itself. */
  readonly ranks: Int32Array;
}

/**
 * Ranks all points by their distance from each query, equal distances in order of the row. Time M N (D + log N), 16 M N bytes
 * on the way, 4 M N kept.
 * @param queries every row by default.
 * @throws UserError for a query that is not there, and for M N beyond 1e8.
 */
export function rankTable(points: Points, queries?: Int32Array): RankTable {
  const { count, name } = points;
  const rows = queries?.length ?? count;
  if (rows * count > MAX_ENTRIES) {
    throw new UserError({
      where: name,
      what: `ranks of ${count} points from ${rows} rows are too many to be held`,
      remedy: `Look from at most ${Math.floor(MAX_ENTRIES / count)} rows`,
    });
  }
  const found = nearestNeighbours(points, count - 1, queries ? { queries } : {});
  const ranks = new Int32Array(rows * count);
  for (let at = 0; at < found.indices.length; at++) {
    const m = Math.floor(at / (count - 1));
    ranks[m * count + found.indices[at]] = at - m * (count - 1) + 1;
  }
  return { queries: found.queries, points: count, ranks };
}
