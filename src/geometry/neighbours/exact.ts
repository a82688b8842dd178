import { distance } from "../distance.js";
import type { Points } from "../points.js";
import { NearestRows } from "./nearest-rows.js";
import { assertNeighbourCount, assertTargets, type Neighbours, queryRows } from "./neighbours.js";

/**
 * The k nearest neighbours of each query among all points (rule N1): every distance by direct differences in float64 (rule G3),
 * in time M N D and no memory except for the result. For some thousand points; the runtime does more (src/distances/).
 * @param options.queries the rows asked, [M]; all by default.
 * @throws UserError for a `k` out of 1 to N - 1, and for a query that the points do not have.
 */
export function nearestNeighbours(
  points: Points,
  k: number,
  options: { readonly queries?: Int32Array } = {},
): Neighbours {
  assertNeighbourCount(points, k);
  const queries = queryRows(points, options.queries);
  const indices = new Int32Array(queries.length * k);
  const distances = new Float64Array(queries.length * k);
  const nearest = new NearestRows(k);
  for (let m = 0; m < queries.length; m++) {
    const query = queries[m];
    for (let row = 0; row < points.count; row++) {
      if (row !== query) nearest.offer(distance(points, query, row), row);
    }
    nearest.drain(indices, distances, m * k);
  }
  return { queries, k, indices, distances, points: points.count };
}

/**
 * Ranks among the neighbours of a row (rule N2): `targets[m * k + j]` is the 1st, 2nd, ... neighbour of `queries[m]` in these
 * points, itself left out, equal distances in order of the row. Counted, not sorted: time M N (D + log k).
 * @param queries rows, [M].
 * @param targets rows, [M, k]; such as neighbours of the queries in other points of the same samples.
 * @returns ranks from 1 to N - 1, [M, k].
 * @throws UserError for rows that the points do not have, a query that is its own target, and another number of targets than M k.
 */
export function neighbourRanks(
  points: Points,
  queries: Int32Array,
  targets: Int32Array,
  k: number,
): Int32Array {
  queryRows(points, queries);
  assertTargets(points, queries, targets, k);
  const ranks = new Int32Array(targets.length);
  const places = Array.from({ length: k }, (_, j) => j);
  const own = new Float64Array(k);
  // Of the targets, nearest first: distance, row, and how many rows lie between it and the one before.
  const bounds = new Float64Array(k);
  const rows = new Int32Array(k);
  const between = new Int32Array(k + 1);
  for (let m = 0; m < queries.length; m++) {
    const query = queries[m];
    for (let j = 0; j < k; j++) own[j] = distance(points, query, targets[m * k + j]);
    places.sort((a, b) => own[a] - own[b] || targets[m * k + a] - targets[m * k + b]);
    for (let j = 0; j < k; j++) {
      bounds[j] = own[places[j]];
      rows[j] = targets[m * k + places[j]];
    }
    between.fill(0);
    for (let row = 0; row < points.count; row++) {
      if (row === query) continue;
      const d = distance(points, query, row);
      let [low, high] = [0, k];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (bounds[middle] > d || (bounds[middle] === d && rows[middle] > row)) high = middle;
        else low = middle + 1;
      }
      between[low] += 1;
    }
    let before = 0;
    for (let j = 0; j < k; j++) {
      before += between[j];
      ranks[m * k + places[j]] = before + 1;
    }
  }
  return ranks;
}
