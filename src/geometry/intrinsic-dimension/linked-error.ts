import type { NeighbourDistances } from "./estimate.js";

/**
 * The standard error of a dimension whose queries are no samples of their own (rule N11): neighbours share distances, so that
 * what they say goes together. The sum of `influence_i * influence_j` over all pairs of which one is among the other's first `reach`
 * neighbours, and i = j; no less than the sum over i = j alone, which is what these influences say of independent queries. The
 * `standardError` of N6 to N8 is not made of influences and may be above both.
 * @param influences how far each of those queries moves the estimate that it stands on.
 * @param asked which they are, as places among the M.
 * @param reach how many neighbours of each query its influence depends on.
 * @returns infinite where an influence is; null where the lists do not say which rows the neighbours are.
 */
export function linkedError(
  influences: Float64Array,
  asked: Int32Array,
  { k, queries, indices, points }: NeighbourDistances,
  reach: number,
): number | null {
  if (!queries || !indices) return null;
  if (!influences.every(Number.isFinite)) return Number.POSITIVE_INFINITY;
  const ofRow = new Float64Array(points);
  for (let i = 0; i < asked.length; i++) ofRow[queries[asked[i]]] = influences[i];
  const places = new Int32Array(points).fill(-1);
  for (let m = 0; m < queries.length; m++) places[queries[m]] = m;
  const lists = (m: number, row: number) => {
    for (let j = 0; j < reach; j++) if (indices[m * k + j] === row) return true;
    return false;
  };
  let [own, shared] = [0, 0];
  for (let m = 0; m < queries.length; m++) {
    const influence = ofRow[queries[m]];
    own += influence ** 2;
    for (let j = 0; j < reach; j++) {
      const other = indices[m * k + j];
      if (ofRow[other] === 0 || influence === 0) continue;
      // A pair that lists each other is met twice.
      shared += (lists(places[other], queries[m]) ? 1 : 2) * influence * ofRow[other];
    }
  }
  return Math.sqrt(own + Math.max(0, shared));
}
