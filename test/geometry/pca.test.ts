import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { principalComponents } from "../../src/geometry/index.js";
import { anyPoints, moved, pointsOf } from "./arbitrary.js";
import { largestDifference } from "./published.js";

describe("principal components (G9)", () => {
  test("points on a line have one direction, with a positive largest entry", () => {
    const result = principalComponents(pointsOf([0, 0, -3, 4, -6, 8], 2), 2);
    expect(largestDifference(result.components.data.subarray(0, 2), [-0.6, 0.8])).toBeLessThan(1e-12);
    expect(largestDifference(result.explainedVariance, [25, 0])).toBeLessThan(1e-12);
    expect(largestDifference(result.explainedVarianceRatio, [1, 0])).toBeLessThan(1e-12);
    expect([...result.mean]).toEqual([-3, 4]);
    expect(
      largestDifference(
        [0, 2, 4].map((k) => result.projection.data[k]),
        [-5, 0, 5],
      ),
    ).toBeLessThan(1e-12);
  });

  test("property: orthonormal, by decreasing variance, all of them rebuild the points", () => {
    fc.assert(
      fc.property(anyPoints(), (points) => {
        const { count, dimension } = points;
        const k = Math.min(count, dimension);
        const { components, projection, mean, explainedVariance } = principalComponents(points, k);
        for (let a = 0; a < k; a++) {
          for (let b = 0; b < k; b++) {
            let product = 0;
            for (let d = 0; d < dimension; d++) {
              product += components.data[a * dimension + d] * components.data[b * dimension + d];
            }
            expect(product).toBeCloseTo(a === b ? 1 : 0, 8);
          }
          const column = Array.from({ length: count }, (_, i) => projection.data[i * k + a]);
          const variance = column.reduce((sum, value) => sum + value * value, 0) / (count - 1);
          expect(variance).toBeCloseTo(explainedVariance[a], 8);
          if (a > 0) expect(explainedVariance[a]).toBeLessThanOrEqual(explainedVariance[a - 1] + 1e-9);
        }
        const rebuilt = points.coordinates.map((_, at) => {
          const [i, d] = [Math.floor(at / dimension), at % dimension];
          let sum = mean[d];
          for (let c = 0; c < k; c++) sum += projection.data[i * k + c] * components.data[c * dimension + d];
          return sum;
        });
        expect(largestDifference(rebuilt, points.coordinates)).toBeLessThan(1e-8);
      }),
    );
  });

  test("more dimensions than samples: the same answer as without the idle ones", () => {
    const few = pointsOf([1, 5, 2, -3, 0, 7, 4, 4], 2);
    const padded = moved(few, ([x, y]) => [x, 0, 0, y, 0, 0, 0]);
    const [a, b] = [principalComponents(few, 2), principalComponents(padded, 2)];
    expect(largestDifference(b.projection.data, a.projection.data)).toBeLessThan(1e-10);
    expect(largestDifference(b.explainedVariance, a.explainedVariance)).toBeLessThan(1e-10);
  });

  test("huge and tiny codes scale, without overflow", () => {
    const plain = pointsOf([1, 5, 2, -3, 0, 7, 4, 4], 2);
    for (const factor of [1e90, 1e-90]) {
      const { explainedVariance, explainedVarianceRatio } = principalComponents(
        moved(plain, (row) => row.map((x) => factor * x)),
        2,
      );
      const expected = principalComponents(plain, 2);
      expect(largestDifference(explainedVarianceRatio, expected.explainedVarianceRatio)).toBeLessThan(1e-12);
      expect(explainedVariance[0] / factor / factor / expected.explainedVariance[0]).toBeCloseTo(1, 12);
    }
    const lopsided = principalComponents(pointsOf([0, 0, 2e-224, -1e100], 2), 2);
    expect(lopsided.components.data.every(Number.isFinite)).toBe(true);
  });

  test("coinciding points have no variance, and no NaN", () => {
    // A mean of a tenth is a tenth only but for rounding.
    for (const [value, count] of [[2, 3] as const, [0.1, 10] as const]) {
      const still = pointsOf(Array(2 * count).fill(value), 2);
      const { mean, explainedVariance, explainedVarianceRatio, projection } = principalComponents(still, 2);
      expect([...mean]).toEqual([value, value]);
      expect([...explainedVariance]).toEqual([0, 0]);
      expect([...explainedVarianceRatio]).toEqual([0, 0]);
      expect([...projection.data].every((coordinate) => coordinate === 0)).toBe(true);
    }
  });

  test.each([0, 3, 1.5])("%d components of 2 dimensions are refused", (k) => {
    expect(() => principalComponents(pointsOf([0, 1, 2, 3, 4, 5], 2, "P.npy"), k)).toThrow(
      /^P\.npy: 3 points of 2 coordinates have 2 principal components, not/,
    );
  });
});
