import type { NeighbourDistances } from "./estimate.js";

/** What the distances of one query say: the mean of ln(T_k / T_j) over the neighbours nearer than the k-th, and how many these are. */
export interface LocalDimension {
  readonly inverse: number;
  readonly nearer: number;
}

/** All queries that have enough neighbours at a distance above 0. */
export interface LocalDimensions {
  readonly local: LocalDimension[];
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
  least: number,
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
    if (nearer < least) continue;
    local.push({ inverse: sum / nearer, nearer });
    furthest += last;
    if (sum === 0) tied += 1;
  }
  return { local, zeroDistances, tied, scale: furthest / local.length };
}

/** A number with its standard error. */
export interface Uncertain {
  readonly value: number;
  readonly error: number;
}

/** Mean of independent values. */
export function meanError(values: readonly number[]): Uncertain {
  const value = values.reduce((sum, x) => sum + x, 0) / values.length;
  const squares = values.reduce((sum, x) => sum + (x - value) ** 2, 0);
  return { value, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

/**
 * Median of independent values; its error is half the distance of the order statistics that lie half a standard deviation of a
 * binomial count, sqrt(n) / 2, below and above it.
 */
export function medianError(values: readonly number[]): Uncertain {
  const sorted = Float64Array.from(values).sort();
  const at = (place: number) => {
    const within = Math.min(Math.max(place, 0), sorted.length - 1);
    const [low, high] = [sorted[Math.floor(within)], sorted[Math.ceil(within)]];
    return low === high ? low : low + (within % 1) * (high - low);
  };
  const middle = (sorted.length - 1) / 2;
  const reach = Math.sqrt(sorted.length) / 2;
  return { value: at(middle), error: (at(middle + reach) - at(middle - reach)) / 2 };
}
