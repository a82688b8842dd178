import fc from "fast-check";
import { expect, test } from "vitest";
import { UserError } from "../../src/errors.js";
import {
  distortionMatrix,
  metricMds,
  principalComponents,
  toLabels,
  toPoints,
  tuningCurves,
} from "../../src/geometry/index.js";

/** The result, or undefined where the input was refused; anything but a one-line refusal is a defect. */
function orRefusal<Result>(measure: () => Result): Result | undefined {
  try {
    return measure();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).not.toContain("\n");
    return undefined;
  }
}

const wild = fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, 1e-320, 1e100, -1e100, 1e-90));
const array = (count: number, dimension: number) =>
  fc
    .array(wild, { minLength: count * dimension, maxLength: count * dimension })
    .map((values) => ({ shape: [count, dimension], data: Float64Array.from(values) }));

test("property: any numbers are measured without a NaN, or refused in one line", () => {
  const input = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }))
    .chain(([count, dimension]) =>
      fc.tuple(array(count, dimension), array(count, dimension), array(count, 1), fc.constant(dimension)),
    );
  fc.assert(
    fc.property(input, ([latentArray, referenceArray, labelArray, dimension]) => {
      const points = orRefusal(() => toPoints(latentArray));
      const reference = orRefusal(() => toPoints(referenceArray));
      const labels = orRefusal(() => toLabels(labelArray));
      if (!points) return;
      const found = [
        ...(orRefusal(() => principalComponents(points, Math.min(points.count, dimension)))?.projection
          .data ?? []),
        ...metricMds(points, (count) => new Float64Array(count).map((_, k) => (k * 0.37) % 1)).embedding.data,
        ...((labels && orRefusal(() => tuningCurves(points, labels))?.curves.data) ?? []),
        ...((labels && reference && Object.values(distortionMatrix(points, reference, labels).ratio)) ?? []),
      ];
      expect(found.filter(Number.isNaN)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
