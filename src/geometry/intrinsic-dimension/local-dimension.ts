import type { NeighbourDistances } from "./estimate.js";

/** What the distances of one query say (rule N10). */
export interface LocalDimension {
  /** The query, as its place among the M. */
  readonly place: number;
  /** The mean of ln(T_k / T_j) over the neighbours j nearer than the k-th: the inverse of the dimension there. */
  readonly inverse: number;
  /** How many these are: k - 1 minus those at distance 0. */
  readonly nearer: number;
}

/** All queries that have enough neighbours at a distance above 0. */
export interface LocalDimensions {
  readonly local: readonly LocalDimension[];
  readonly zeroDistances: number;
  /** Queries whose distances are all equal: their dimension is infinite. */
  readonly tied: number;
  /** Mean distance of the k-th neighbour. */
  readonly scale: number;
}

/** The local dimensions among the k nearest neighbours; queries with fewer than `least` nearer than the k-th are left out. */
export function localDimensions(
  { k: columns, distances }: NeighbourDistances,
  k: number,
  minNeighbours: number,
): LocalDimensions {
  const local: LocalDimension[] = [];
  let [zeroDistances, tied, furthest] = [0, 0, 0];
  for (let start = 0; start < distances.length; start += columns) {
    const last = distances[start + k - 1];
    let [nearer, sum] = [k - 1, 0];
    for (let j = 0; j < k - 1; j++) {
      const distance = distances[start + j];
      if (distance > 0) sum += Math.log(last / distance);
      else nearer -= 1;
    }
    zeroDistances += k - 1 - nearer + (last === 0 ? 1 : 0);
    if (nearer < minNeighbours) continue;
    local.push({ place: start / columns, inverse: sum / nearer, nearer });
    furthest += last;
    if (sum === 0) tied += 1;
  }
  return { local, zeroDistances, tied, scale: furthest / local.length };
}
