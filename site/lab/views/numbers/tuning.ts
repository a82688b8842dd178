/** The mean code by one position: tuning curves in units of the code. */
import { dimensionsInUse } from "../../../../src/geometry/dimensions-in-use.js";
import { type Labels, toLabels } from "../../../../src/geometry/labels.js";
import { toPoints } from "../../../../src/geometry/points.js";
import { tuningCurves } from "../../../../src/geometry/tuning.js";
import type { CodeFrame, Stimuli } from "../../core/contract.js";

export interface PositionLabels {
  readonly xU: Labels;
  readonly xL: Labels;
}

/** One dimension's mean code at each column of the upper and of the lower corridor [columns]. */
export interface DimensionTuning {
  readonly byUpper: readonly number[];
  readonly byLower: readonly number[];
  readonly isUsed: boolean;
}

/** Labels of the stimuli, once for all frames. */
export function positionLabels({ count, xU, xL }: Pick<Stimuli, "count" | "xU" | "xL">): PositionLabels {
  return {
    xU: toLabels({ shape: [count], data: Float32Array.from(xU) }, "xU"),
    xL: toLabels({ shape: [count], data: Float32Array.from(xL) }, "xL"),
  };
}

/**
 * The tuning of every dimension (rule G6, in units of the code instead of shares of its range).
 * @param used Dimensions in use; by default those whose mean code varies (rule G17).
 * @returns undefined where a number of the code is not finite.
 */
export function tuningOfFrame(
  { means, dimensions }: Pick<CodeFrame, "means" | "dimensions">,
  labels: PositionLabels,
  used?: readonly number[],
): DimensionTuning[] | undefined {
  if (!means.every(Number.isFinite)) return undefined;
  const count = means.length / dimensions;
  const inUse = used ?? dimensionsInUse({ count, dimension: dimensions, coordinates: means });
  const upper = meansBy(means, dimensions, labels.xU);
  const lower = meansBy(means, dimensions, labels.xL);
  return upper.map((byUpper, d) => ({ byUpper, byLower: lower[d], isUsed: inUse.includes(d) }));
}

/** [dimensions][columns] */
function meansBy(means: Float32Array, dimensions: number, labels: Labels): number[][] {
  const columns = labels.classes.length;
  // A code that is one number has no range to scale with, and is its own tuning curve.
  if (means.every((value) => value === means[0]))
    return Array.from({ length: dimensions }, () => Array<number>(columns).fill(means[0]));
  const points = toPoints({ shape: [means.length / dimensions, dimensions], data: means }, "codes");
  const { curves, range } = tuningCurves(points, labels);
  const [low, high] = range;
  return Array.from({ length: dimensions }, (_, d) =>
    Array.from(curves.data.subarray(d * columns, (d + 1) * columns), (share) => low + share * (high - low)),
  );
}
