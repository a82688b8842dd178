import { distortionIndices, type Labels, type Points, toLabels } from "../../../src/geometry/index.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { pointsOf } from "../arbitrary.js";

export function uniformSource(seed = 0): (count: number) => Float64Array {
  const stream = new PhiloxStream(seed, "test of distortion indices");
  return (count) => stream.fillUniform(new Float64Array(count));
}

export const labelsOf = (values: readonly number[]): Labels =>
  toLabels({ shape: [values.length], data: Float64Array.from(values) });

/** A square grid of points in [-1, 1] x [-1, 1]; no point lies on an axis. */
export function grid(side = 12): readonly (readonly [number, number])[] {
  return Array.from({ length: side * side }, (_, k) => [
    (2 * (k % side) + 1) / side - 1,
    (2 * Math.floor(k / side) + 1) / side - 1,
  ]);
}

export function pointsOfRows(rows: readonly (readonly number[])[]): Points {
  return pointsOf(rows.flat(), rows[0].length);
}

/** The indices alone, without intervals. */
export function valuesOf(latents: Points, reference: Points, labels: Labels) {
  const indices = distortionIndices(latents, reference, labels, { uniform: uniformSource(), resamples: 0 });
  return {
    prototypization: indices.prototypization.value,
    prototypizationOf: indices.prototypization.byClass.map(({ value }) => value),
    specialization: indices.specialization.byClass.map(({ value }) => value),
    orthogonalization: indices.orthogonalization.value,
    factorization: indices.factorization.value,
  };
}

/** Asserts nothing: whether each number is above the one before it. */
export function grows(values: readonly number[]): boolean {
  return values.every((value, k) => k === 0 || value > values[k - 1]);
}
