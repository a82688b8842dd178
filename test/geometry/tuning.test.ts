import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toLabels, tuningCurves } from "../../src/geometry/index.js";
import { anyPoints, moved, pointsOf, reordered } from "./arbitrary.js";
import { largestDifference, published } from "./published.js";

const labelsOf = (values: readonly number[], width = 1) =>
  toLabels({ shape: [values.length / width, width], data: Float64Array.from(values) });

describe("tuning curves (G6)", () => {
  test("one minimum and maximum over all channels, mean per label, NaN where no sample falls", () => {
    const { curves, axes, samples, range } = tuningCurves(
      pointsOf([0, 10, 2, 4, 6, 4], 2),
      labelsOf([3, 1, 3, 1, 5, 2], 2),
    );
    expect(range).toEqual([0, 10]);
    expect(axes).toEqual([
      [3, 5],
      [1, 2],
    ]);
    expect(curves.shape).toEqual([2, 2, 2]);
    const nan = Number.NaN;
    expect([...curves.data]).toEqual([0.1, nan, nan, 0.6, 0.7, nan, nan, 0.4]);
    expect([...samples.data]).toEqual([2, 0, 0, 1]);
  });

  test("property: in [0, 1]; unchanged by a positive scale, a shift and the order of samples", () => {
    const labels = [1, 0, 1, 2, 0, 2];
    const order = [5, 1, 0, 3, 4, 2];
    fc.assert(
      fc.property(anyPoints({ count: 6 }), (points) => {
        fc.pre(new Set(points.coordinates).size > 1);
        const { curves } = tuningCurves(points, labelsOf(labels));
        expect(curves.data.every((value) => value >= 0 && value <= 1)).toBe(true);
        const scaled = moved(points, (row) => row.map((x) => 4 * x));
        expect(
          largestDifference(tuningCurves(scaled, labelsOf(labels)).curves.data, curves.data),
        ).toBeLessThan(1e-12);
        const shuffled = tuningCurves(reordered(points, order), labelsOf(order.map((i) => labels[i])));
        expect(largestDifference(shuffled.curves.data, curves.data)).toBeLessThan(1e-12);
      }),
    );
  });

  test("a constant code, labels of another length and an absurd grid are refused", () => {
    expect(() => tuningCurves(pointsOf([2, 2], 1, "Z.npy"), labelsOf([0, 1]))).toThrow(
      /^Z\.npy: every value is 2: a constant code/,
    );
    expect(() => tuningCurves(pointsOf([1, 2], 1, "Z.npy"), labelsOf([0, 1, 2]))).toThrow(
      /^labels: it holds 3 samples, but Z\.npy holds 2/,
    );
    const many = Array.from({ length: 10_000 }, (_, i) => i);
    expect(() => tuningCurves(pointsOf(many, 2), labelsOf(many, 2))).toThrow(/5000 x 5000 cells/);
  });
});

describe.skipIf(published.missing)(`tuning curves (G6), ${published.title}`, () => {
  test.each(["base_high", "base_low", "bottomBias_high", "bottomBias_low"])(
    "%s, 5 x 13 x 13, to 1e-6",
    (key) => {
      const positions = toLabels(published.array("latents.npz:base_high_y"));
      const { curves } = tuningCurves(published.points(`${key}_Z`), positions);
      const expected = published.array(`tuning_curves.npz:${key}`);
      expect(curves.shape).toEqual(expected.shape);
      expect(largestDifference(curves.data, expected.data)).toBeLessThan(1e-6);
    },
  );
});
