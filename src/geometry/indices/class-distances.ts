import { distancesToLater } from "../distance.js";
import type { Points } from "../points.js";
import type { Weights } from "./resampling.js";

/** Sums of distances, [weightings][classes]. A sample and its copy in a resample are at distance 0 and add nothing. */
export interface ClassDistances {
  /** Over the pairs within each class. */
  readonly within: readonly Float64Array[];
  /** Over the pairs of a sample of the class and one of another class. */
  readonly between: readonly Float64Array[];
}

/**
 * Sums the distances (G3) within and between classes for many weightings of the samples at once: a pair counts as often
 * as the product of its samples' weights. Every distance is computed once and none is stored.
 * @param points sorted by class.
 * @param starts where each class begins, as of {@link orderByClass}.
 */
export function classDistances(
  points: Points,
  starts: Uint32Array,
  weightings: readonly Weights[],
): ClassDistances {
  const classes = starts.length - 1;
  const within = weightings.map(() => new Float64Array(classes));
  const between = weightings.map(() => new Float64Array(classes));
  const distances = new Float64Array(points.count);
  for (let own = 0; own < classes; own++) {
    for (let i = starts[own]; i < starts[own + 1]; i++) {
      distancesToLater(points, i, distances.subarray(i + 1));
      for (let w = 0; w < weightings.length; w++) {
        const weights = weightings[w];
        const weight = weights[i];
        if (weight === 0) continue;
        within[w][own] += weight * dot(weights, distances, i + 1, starts[own + 1]);
        const across = between[w];
        for (let other = own + 1; other < classes; other++) {
          const sum = weight * dot(weights, distances, starts[other], starts[other + 1]);
          across[own] += sum;
          across[other] += sum;
        }
      }
    }
  }
  return { within, between };
}

function dot(a: Float64Array, b: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let k = start; k < end; k++) sum += a[k] * b[k];
  return sum;
}
