import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UserError } from "../../src/errors.js";
import { distance, pairwiseDistances, toLabels, toPoints } from "../../src/geometry/index.js";
import { anyPoints, pointsOf } from "./arbitrary.js";

describe("points (G1)", () => {
  test("flatten all axes after the first; one axis is a line", () => {
    expect(toPoints({ shape: [2, 2, 2], data: Int8Array.of(1, 2, 3, 4, 5, 6, 7, 8) })).toMatchObject({
      count: 2,
      dimension: 4,
    });
    expect(toPoints({ shape: [3], data: Float32Array.of(1, 2, 3) })).toMatchObject({
      count: 3,
      dimension: 1,
    });
  });

  test("a number that is not finite is named by file, row and column", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, -1e200]) {
      expect(() => toPoints({ shape: [2, 3], data: Float64Array.of(0, 1, 2, 3, bad, 5) }, "Z.npy")).toThrow(
        /^Z\.npy, row 1, column 1 \(both counted from 0\): .* is not a finite number/,
      );
    }
  });

  test.each([[[1, 5]], [[0, 5]], [[5, 0]], [[]], [[1]]])("shape %j is no set of points", (shape) => {
    const data = new Float64Array(shape.reduce((a, b) => a * b, 1));
    expect(() => toPoints({ shape, data }, "Z.npy")).toThrow(/^Z\.npy: .*fewer than 2 points/);
  });
});

describe("extents (G1)", () => {
  test("a code too small for its squares is refused, one that is a single point is not", () => {
    expect(() => pointsOf([0, 3e-200], 1, "Z.npy")).toThrow(/^Z\.npy: all points lie within 3e-200/);
    expect(pointsOf([1, 2, 1, 2], 2).count).toBe(2);
  });
});

describe("labels (G2)", () => {
  test("equal rows share a class; classes are in lexicographic order of numbers", () => {
    const labels = toLabels({ shape: [4, 2], data: Float64Array.of(10, 2, 9, 3, 10, -1, 9, 3) });
    expect(labels.classes).toEqual([
      [9, 3],
      [10, -1],
      [10, 2],
    ]);
    expect([...labels.classOf]).toEqual([2, 0, 1, 0]);
    expect([...labels.sizes]).toEqual([2, 1, 1]);
  });

  test("zero has no sign; infinities and fractions are labels", () => {
    const labels = toLabels({ shape: [4], data: Float64Array.of(0, -0, 0.5, Number.NEGATIVE_INFINITY) });
    expect(labels.classes).toEqual([[Number.NEGATIVE_INFINITY], [0], [0.5]]);
  });

  test("NaN and other shapes are refused", () => {
    expect(() => toLabels({ shape: [2, 1], data: Float64Array.of(1, Number.NaN) }, "y.npy")).toThrow(
      /^y\.npy, row 1, column 0 .*: the label is NaN/,
    );
    for (const shape of [[], [1, 1, 1]]) {
      expect(() => toLabels({ shape, data: Float64Array.of(1) }, "y.npy")).toThrow(UserError);
    }
  });
});

describe("distances (G3)", () => {
  test("known ones, in the order of pairs", () => {
    expect([...pairwiseDistances(pointsOf([0, 0, 3, 4, 0, 4], 2))]).toEqual([5, 4, 3]);
  });

  test("neither underflow nor a far origin loses the difference", () => {
    expect(distance(pointsOf([0, 0, 3e-200, 4e-200, 1, 1], 2), 0, 1) / 5e-200).toBeCloseTo(1, 12);
    expect(distance(pointsOf([2 ** 40, 2 ** 40 + 2 ** -10], 1), 0, 1)).toBe(2 ** -10);
  });

  test("property: symmetric, 0 for itself, triangle inequality", () => {
    fc.assert(
      fc.property(anyPoints({ count: 3 }), (points) => {
        const [ab, ac, bc] = pairwiseDistances(points);
        expect(distance(points, 1, 0)).toBe(ab);
        expect(distance(points, 2, 2)).toBe(0);
        expect(ab).toBeLessThanOrEqual((ac + bc) * (1 + 1e-12));
      }),
    );
  });
});
