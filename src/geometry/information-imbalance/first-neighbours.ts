import type { Neighbours } from "../neighbours/index.js";

/**
 * The first `k` of at least `k` neighbours that were found: a copy, or the same object where these are all.
 * @param k at most `found.k`; not checked.
 */
export function firstNeighbours(found: Neighbours, k: number): Neighbours {
  if (found.k === k) return found;
  const { queries, points } = found;
  const indices = new Int32Array(queries.length * k);
  const distances = new Float64Array(queries.length * k);
  for (let m = 0; m < queries.length; m++) {
    indices.set(found.indices.subarray(m * found.k, m * found.k + k), m * k);
    distances.set(found.distances.subarray(m * found.k, m * found.k + k), m * k);
  }
  return { queries, k, indices, distances, points };
}

/**
 * The number of queries of which the k-th neighbour and the next are equally far, so that the order of the
 * rows says which one counts (rule J4).
 * @param found neighbours, more than `k` of each query; where they are no more there is no next one, and no
 * tie.
 */
export function tiesAtEdge({ distances, k: listed, queries }: Neighbours, k: number): number {
  if (listed <= k) return 0;
  let ties = 0;
  for (let m = 0; m < queries.length; m++) {
    if (distances[m * listed + k - 1] === distances[m * listed + k]) ties += 1;
  }
  return ties;
}
