import { sum } from "../../statistics.js";
import type { Points } from "../points.js";
import { type ClassAxes, classAxes } from "./class-axes.js";
import { classDistances } from "./class-distances.js";
import type { Weights } from "./resampling.js";

/** A number for each weighting of the samples. */
export type Series = Float64Array;

/** Properties of one code, of which the indices are differences; natural logarithms of ratios, in series over weightings. */
export interface ClassContrasts extends ClassAxes {
  /** Mean distance between classes over mean distance within classes. */
  readonly separation: Series;
  /** For each class: mean distance to the samples of other classes over mean distance within the class. */
  readonly separationOf: readonly Series[];
  /** For each class: mean distance within the class over mean distance within the others. */
  readonly room: readonly Series[];
}

/**
 * The properties of a code that rules G10 to G13 and G19 compare, for each weighting of its samples. NaN where there are no two
 * different samples to take a distance of, infinite where one of the distances is 0.
 * @param points sorted by class.
 * @param starts where each class begins.
 */
export function classContrasts(
  points: Points,
  starts: Uint32Array,
  weightings: readonly Weights[],
): ClassContrasts {
  const sums = classDistances(points, starts, weightings);
  const counts = weightings.map((weights) => countPairs(starts, weights));
  const series = (contrast: (w: number) => number) => Float64Array.from(weightings, (_, w) => contrast(w));
  const eachClass = (contrast: (w: number, k: number) => number) =>
    Array.from({ length: starts.length - 1 }, (_, k) => series((w) => contrast(w, k)));
  const otherSums = sums.within.map(sumsOfOthers);
  const otherCounts = counts.map(({ within }) => sumsOfOthers(within));
  return {
    separation: series((w) =>
      logRatio(sum(sums.between[w]) / sum(counts[w].between), sum(sums.within[w]) / sum(counts[w].within)),
    ),
    separationOf: eachClass((w, k) =>
      logRatio(sums.between[w][k] / counts[w].between[k], sums.within[w][k] / counts[w].within[k]),
    ),
    room: eachClass((w, k) =>
      logRatio(sums.within[w][k] / counts[w].within[k], otherSums[w][k] / otherCounts[w][k]),
    ),
    ...classAxes(points, starts, weightings),
  };
}

function logRatio(above: number, below: number): number {
  return Math.log(above) - Math.log(below);
}

/** Pairs of different samples within each class and between each class and the others, as often as they are drawn. */
function countPairs(starts: Uint32Array, weights: Weights): { within: Float64Array; between: Float64Array } {
  const all = sum(weights);
  const classes = starts.length - 1;
  const within = new Float64Array(classes);
  const between = new Float64Array(classes);
  for (let k = 0; k < classes; k++) {
    const own = weights.subarray(starts[k], starts[k + 1]);
    const drawn = sum(own);
    const copies = own.reduce((sum, weight) => sum + weight * weight, 0);
    within[k] = (drawn * drawn - copies) / 2;
    between[k] = drawn * (all - drawn);
  }
  return { within, between };
}

/** For each entry the sum of the others, without subtracting: where they are all 0 it is exactly 0. */
function sumsOfOthers(values: Float64Array): Float64Array {
  const others = new Float64Array(values.length);
  for (let k = 0, before = 0; k < values.length; before += values[k++]) others[k] += before;
  for (let k = values.length - 1, after = 0; k >= 0; after += values[k--]) others[k] += after;
  return others;
}
