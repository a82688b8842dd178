import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distance, distortionMatrix, type Points, toLabels } from "../../src/geometry/index.js";
import { withProcessorTime } from "../support/processor-time.js";
import { anyPoints, moved, pointsOf, reordered } from "./arbitrary.js";
import { largestDifference, published } from "./published.js";

const labelsOf = (values: readonly number[]) =>
  toLabels({ shape: [values.length], data: Float64Array.from(values) });

/** Rules G4 and G5 word by word: the whole N x N matrix of ratios, its mean, its blocks. */
function byDefinition(
  latents: Points,
  reference: Points,
  classOf: readonly number[],
  classes: number,
): number[] {
  const ratios = classOf.map((_, i) =>
    classOf.map((_, j) => {
      const ratio = distance(latents, i, j) / distance(reference, i, j);
      return Number.isNaN(ratio) ? 1 : ratio;
    }),
  );
  const mean = (values: number[]) => {
    const finite = values.filter(Number.isFinite);
    return finite.reduce((a, b) => a + b, 0) / finite.length;
  };
  const all = mean(ratios.flat());
  return Array.from({ length: classes ** 2 }, (_, k) => {
    const rows = ratios.filter((_, i) => classOf[i] === Math.floor(k / classes));
    return mean(rows.flatMap((row) => row.filter((_, j) => classOf[j] === k % classes))) - all;
  });
}

describe("distortion matrix (G4, G5)", () => {
  const seven = fc.tuple(anyPoints({ count: 7 }), anyPoints({ count: 7 }));
  const classOf = [0, 1, 2, 0, 1, 2, 2];

  test("property: the definition, computed the long way, duplicates included", () => {
    const grid = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 14, maxLength: 14 });
    const coarse = fc.tuple(grid, grid).map(([a, b]) => [pointsOf(a, 2), pointsOf(b, 2)] as const);
    fc.assert(
      fc.property(fc.oneof(seven, coarse), ([latents, reference]) => {
        const { matrix, pairs } = distortionMatrix(latents, reference, labelsOf(classOf));
        const expected = byDefinition(latents, reference, classOf, 3);
        for (const [k, value] of expected.entries()) {
          if (Number.isNaN(value)) expect(matrix.data[k]).toBeNaN();
          else expect(Math.abs(matrix.data[k] - value)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
        }
        expect(pairs.total).toBe(49);
      }),
    );
  });

  test("property: a code against itself is exactly 0 everywhere", () => {
    fc.assert(
      fc.property(anyPoints({ count: 7 }), (points) => {
        const { matrix, ratio } = distortionMatrix(points, points, labelsOf(classOf));
        expect(matrix.data.every((value) => value === 0)).toBe(true);
        expect(ratio).toEqual({ mean: 1, standardDeviation: 0, min: 1, max: 1 });
      }),
    );
  });

  test("property: rotations, moves and the order of samples change nothing", () => {
    const order = [6, 2, 0, 5, 3, 1, 4];
    const [cos, sin] = [Math.cos(0.7), Math.sin(0.7)];
    const turn = ([x, y]: Float64Array) => [cos * x - sin * y + 3, sin * x + cos * y - 1];
    // On a grid of 0.01: nearer pairs would make the ratio a matter of rounding.
    const plane = fc
      .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 })), {
        minLength: 7,
        maxLength: 7,
        selector: ([x, y]) => 100 * x + y,
      })
      .map((rows) =>
        pointsOf(
          rows.flat().map((x) => x / 100),
          2,
        ),
      );
    fc.assert(
      fc.property(plane, plane, (latents, reference) => {
        const before = distortionMatrix(latents, reference, labelsOf(classOf)).matrix.data;
        const turned = distortionMatrix(moved(latents, turn), moved(reference, turn), labelsOf(classOf));
        expect(largestDifference(turned.matrix.data, before)).toBeLessThan(1e-9);
        const shuffled = distortionMatrix(
          reordered(latents, order),
          reordered(reference, order),
          labelsOf(order.map((i) => classOf[i])),
        );
        expect(largestDifference(shuffled.matrix.data, before)).toBeLessThan(1e-9);
      }),
    );
  });

  test("a uniform stretch by 3 shows only in the self-pairs", () => {
    const points = pointsOf([0, 1, 5, 7], 1);
    const stretched = moved(points, ([x]) => [3 * x]);
    const { matrix, ratio } = distortionMatrix(stretched, points, labelsOf([0, 0, 1, 1]));
    // 16 pairs: 4 selves of ratio 1, 12 of ratio 3.
    expect(ratio.mean).toBeCloseTo(2.5, 12);
    expect(largestDifference(matrix.data, [-0.5, 0.5, 0.5, -0.5])).toBeLessThan(1e-12);
  });

  test("x/0 is left out and counted, 0/0 is 1 and counted (G4)", () => {
    const latents = pointsOf([0, 1, 4, 4], 1);
    const reference = pointsOf([2, 2, 3, 3], 1);
    const { matrix, pairs, ratio } = distortionMatrix(latents, reference, labelsOf([0, 1, 2, 2]));
    expect(pairs).toEqual({ total: 16, coincidingInBoth: 2, infinite: 2 });
    // Finite ordered pairs: 4 selves and 2 coinciding (1 each), (0,2) (0,3) of ratio 4, (1,2) (1,3) of ratio 3.
    expect(ratio.mean).toBeCloseTo((6 + 4 * 4 + 4 * 3) / 14, 12);
    expect(ratio.max).toBe(4);
    expect(matrix.data[1]).toBeNaN();
    expect(matrix.data[8]).toBeCloseTo(1 - 34 / 14, 12);
  });

  test("a ratio above 1e100 is as good as infinite (G4)", () => {
    const { pairs, ratio } = distortionMatrix(
      pointsOf([0, 1, 3], 1),
      pointsOf([0, 1e-150, 3], 1),
      labelsOf([0, 0, 0]),
    );
    expect(pairs.infinite).toBe(2);
    expect(ratio.max).toBe(1);
  });

  test("another number of samples or labels, and labels that make no classes, are refused by name", () => {
    const latents = pointsOf([0, 1, 2], 1, "Z.npy");
    const short = pointsOf([0, 1], 1, "Z0.npy");
    expect(() => distortionMatrix(latents, short, labelsOf([0, 0, 0]))).toThrow(
      /^Z0\.npy: it holds 2 samples, but Z\.npy holds 3/,
    );
    const labels = toLabels({ shape: [4], data: Int32Array.of(0, 1, 0, 1) }, "y.npy");
    expect(() => distortionMatrix(latents, latents, labels)).toThrow(
      /^y\.npy: it holds 4 samples, but Z\.npy holds 3/,
    );
    const many = Array.from({ length: 5000 }, (_, i) => i);
    expect(() => distortionMatrix(pointsOf(many, 1), pointsOf(many, 1), labelsOf(many))).toThrow(
      /5000 classes/,
    );
  });
});

describe.skipIf(published.missing)(`distortion matrix (G5), ${published.title}`, () => {
  test.each(["high", "low"])(
    "class matrix of E1M1 against the Baseline, %s capacity, to 1e-5",
    (capacity) => {
      const expected = published.facts().class_distortion_vs_base[`bottomBias_${capacity}`];
      const labels = toLabels(published.array(`latents.npz:bottomBias_${capacity}_y`));
      const { matrix, ratio } = distortionMatrix(
        published.points(`bottomBias_${capacity}_Z`),
        published.points(`base_${capacity}_Z`),
        labels,
      );
      expect(largestDifference(matrix.data, expected.matrix.flat())).toBeLessThan(1e-5);
      expect([...labels.sizes]).toEqual(expected.class_counts);
      expect(ratio.mean).toBeCloseTo(expected.mean_ratio, 8);
      expect(ratio.standardDeviation).toBeCloseTo(expected.std_ratio, 8);
      expect(ratio.max).toBeCloseTo(expected.max_ratio, 8);
    },
  );

  test.each(["base", "bottomBias"])(
    "capacity matrix of %s, low against high, 169 x 169, to 1e-5",
    async (model) => {
      const labels = toLabels(published.array("latents.npz:base_high_y"));
      const low = published.points(`${model}_low_Z`);
      const high = published.points(`${model}_high_Z`);
      const { result, milliseconds } = await withProcessorTime(() => distortionMatrix(low, high, labels));
      const { matrix } = result;
      expect(milliseconds).toBeLessThan(5000); // 400 when measured alone
      expect(matrix.shape).toEqual([169, 169]);
      const expected = published.array(`capacity_distortion_169.npz:${model}`);
      expect(largestDifference(matrix.data, expected.data)).toBeLessThan(1e-5);
    },
  );
});
