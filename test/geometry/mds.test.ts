import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { metricMds, type Points, pairwiseDistances, smacof } from "../../src/geometry/index.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { anyPoints, moved, pointsOf } from "./arbitrary.js";
import { largestDifference, published } from "./published.js";

function uniform(seed: number): (count: number) => Float64Array {
  const stream = new PhiloxStream(seed, "test mds");
  return (count) => stream.fillUniform(new Float64Array(count));
}

/** Rule G7, word by word. */
function rawStress(points: Points, map: ArrayLike<number>, dimension: number): number {
  const wanted = pairwiseDistances(points);
  const found = pairwiseDistances(pointsOf(Array.from(map), dimension));
  return wanted.reduce((sum, value, k) => sum + (value - found[k]) ** 2, 0);
}

describe("metric MDS (G7, G8)", () => {
  test("property: points of a plane, turned into space, are found again", () => {
    fc.assert(
      fc.property(anyPoints({ dimension: 2 }), (plane) => {
        const space = moved(plane, ([x, y]) => [0.6 * x + 1, y, 0.8 * x - 2]);
        const { embedding, stress, stress1 } = metricMds(space, uniform(0), { randomStarts: 0 });
        const size = pairwiseDistances(plane).reduce((sum, d) => sum + d * d, 0);
        expect(stress).toBeLessThanOrEqual(1e-20 * size);
        expect(stress1).toBeLessThan(1e-9);
        expect(embedding.shape).toEqual([plane.count, 2]);
      }),
    );
  });

  test("property: the reported stress is the map's, stress-1 is in [0, 1], the map is centred", () => {
    fc.assert(
      fc.property(anyPoints({ dimension: 4 }), fc.integer({ min: 1, max: 3 }), (points, dimensions) => {
        const { embedding, stress, stress1, starts } = metricMds(points, uniform(3), { dimensions });
        expect(rawStress(points, embedding.data, dimensions)).toBeCloseTo(stress, 6);
        expect(stress).toBe(Math.min(...starts.map((start) => start.stress)));
        expect(stress1).toBeGreaterThanOrEqual(0);
        expect(stress1).toBeLessThanOrEqual(1);
        for (let c = 0; c < dimensions; c++) {
          const sum = embedding.data.reduce((s, x, k) => s + (k % dimensions === c ? x : 0), 0);
          expect(sum).toBeCloseTo(0, 8);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("where the classical start keeps every distance, no other is tried", () => {
    const corners = [0, 0, 3, 0, 3, 4];
    const fails = () => {
      throw new Error("drawn");
    };
    const { starts, stress } = metricMds(pointsOf(corners, 2), fails);
    expect(starts).toMatchObject([{ start: "classical", converged: true }]);
    expect(stress).toBeLessThan(1e-24 * 50);
    expect(() => metricMds(pointsOf(corners, 2), fails, { dimensions: 1 })).toThrow("drawn");
  });

  test("a regular tetrahedron in the plane becomes the best square", () => {
    // Edges of 1, mapped to a square of side s: 4 errors of 1 - s, 2 of 1 - s * sqrt 2; the derivative gives s.
    const tetrahedron = pointsOf(
      [1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1].map((x) => x / Math.sqrt(8)),
      3,
    );
    const side = (4 + 2 * Math.SQRT2) / 8;
    const best = 4 * (1 - side) ** 2 + 2 * (1 - side * Math.SQRT2) ** 2;
    const { stress } = metricMds(tetrahedron, uniform(1), { randomStarts: 8, tolerance: 1e-12 });
    expect(stress).toBeCloseTo(best, 8);
  });

  test("the plane's fast path and the general one agree", () => {
    const points = pointsOf(
      Array.from({ length: 60 }, (_, k) => Math.sin(k * k)),
      4,
    );
    const distances = pairwiseDistances(points);
    const start = uniform(5)(30);
    const inSpace = Float64Array.from({ length: 45 }, (_, k) =>
      k % 3 === 2 ? 0 : start[((k - (k % 3)) / 3) * 2 + (k % 3)],
    );
    const limits = { iterations: 40, tolerance: 0 };
    const plane = smacof(distances, start, 2, limits);
    const space = smacof(distances, inSpace, 3, limits);
    expect(space.stress).toBeCloseTo(plane.stress, 10);
    expect(plane.converged).toBe(false);
  });

  test("property: a pass without momentum never raises the stress, however often it is repeated (G8)", () => {
    fc.assert(
      fc.property(anyPoints({ dimension: 4, count: 8 }), fc.nat(1000), (points, seed) => {
        const distances = pairwiseDistances(points);
        const scale = distances.reduce((sum, d) => sum + d * d, 0);
        let { configuration, stress } = smacof(distances, uniform(seed)(16), 2, {
          iterations: 1,
          tolerance: 0,
        });
        for (let pass = 0; pass < 30; pass++) {
          // A run of one pass has no momentum yet: it is the plain step, which majorization proves to descend.
          const next = smacof(distances, configuration, 2, { iterations: 1, tolerance: 0 });
          expect(next.stress).toBeLessThanOrEqual(stress + 1e-12 * scale);
          ({ configuration, stress } = next);
        }
      }),
    );
  });

  // With momentum single passes may rise: [0, 4.224811, 0.127267, 0.000006] on axes of their own did, by a part in 10^5.
  test("property: any number of passes ends no higher than the start, and than the first plain pass (G8)", () => {
    fc.assert(
      fc.property(anyPoints({ dimension: 4, count: 8 }), fc.nat(1000), (points, seed) => {
        const distances = pairwiseDistances(points);
        const scale = distances.reduce((sum, d) => sum + d * d, 0);
        const start = uniform(seed)(16);
        const stressAfter = (iterations: number) =>
          smacof(distances, start, 2, { iterations, tolerance: 0 }).stress;
        const plain = stressAfter(1);
        for (const iterations of [2, 4, 8, 16, 32, 64])
          expect(stressAfter(iterations)).toBeLessThanOrEqual(plain + 1e-12 * scale);
      }),
    );
  });

  test("the same seed gives the same bits, coinciding points and few points no NaN", () => {
    const points = pointsOf(
      Array.from({ length: 80 }, (_, k) => Math.cos(3 * k * k)),
      4,
    );
    expect(metricMds(points, uniform(9))).toEqual(metricMds(points, uniform(9)));
    const same = metricMds(pointsOf([1, 2, 1, 2, 1, 2], 2), uniform(0));
    expect(same).toMatchObject({ stress1: 0 });
    expect(same.embedding.data.every((value) => Math.abs(value) < 1e-12)).toBe(true);
    const two = metricMds(pointsOf([0, 7], 1), uniform(0), { dimensions: 3 });
    expect(two.embedding.shape).toEqual([2, 3]);
    expect(largestDifference(two.embedding.data, [-3.5, 0, 0, 3.5, 0, 0])).toBeLessThan(1e-9);
  });

  test("options out of range and too many points are refused", () => {
    const points = pointsOf([0, 1, 2], 1, "P.npy");
    expect(() => metricMds(points, uniform(0), { dimensions: 0 })).toThrow(/dimensions: 0 is not an integer/);
    expect(() => metricMds(points, uniform(0), { randomStarts: -1 })).toThrow(/random starts: -1/);
    expect(() => metricMds(points, uniform(0), { iterations: 1.5 })).toThrow(/iterations: 1\.5/);
    expect(() => metricMds(points, uniform(0), { tolerance: Number.NaN })).toThrow(/tolerance: NaN/);
    const many = pointsOf(
      Array.from({ length: 10_001 }, (_, i) => i),
      1,
      "P.npy",
    );
    expect(() => metricMds(many, uniform(0))).toThrow(/^P\.npy: .*10001 points/);
  });
});

describe.skipIf(published.missing)(`metric MDS (G8), ${published.title}`, () => {
  test.each(["base_high", "base_low", "bottomBias_high", "bottomBias_low"])(
    "%s: raw stress no more than 1 % above the stored map's",
    (key) => {
      const points = published.points(`${key}_Z`);
      const stored = rawStress(points, published.array(`latents.npz:${key}_emb`).data, 2);
      const facts = published.facts().latent_mu_statistics[key];
      expect(stored / facts.mds_raw_stress).toBeCloseTo(1, 6);
      const { stress, stress1, embedding } = metricMds(points, uniform(0), { randomStarts: 1 });
      expect(stress).toBeLessThanOrEqual(1.01 * stored);
      expect(rawStress(points, embedding.data, 2) / stress).toBeCloseTo(1, 8);
      expect(stress1).toBeLessThanOrEqual(1.005 * facts.mds_stress1);
    },
  );
});
