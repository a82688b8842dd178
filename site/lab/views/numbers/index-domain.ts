import type { IndexValue } from "../../core/contract.js";

/** The axis of the indices: 0 is always on it, and at least from -0.5 to 0.5, so that a small index looks small. */
const MINIMUM = 0.5;

/** Ends of the axis that hold every finite number of the indices. */
export function indexDomain(indices: readonly (IndexValue | undefined)[]): readonly [number, number] {
  let [low, high] = [-MINIMUM, MINIMUM];
  for (const index of indices) {
    if (!index) continue;
    for (const value of [index.value, index.low, index.high]) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}
