import { describe, expect, test } from "vitest";
import { gride, grideScan, nearestNeighbours, twoNnMaximumLikelihood } from "../../../src/geometry/index.js";
import { moved } from "../arbitrary.js";
import { latticePoints, uniformPoints } from "../random-points.js";
import { golden, goldenNeighbours, ordinary, relativeError } from "./golden.js";

const TOLERANCE = 2e-7;

describe.each(ordinary)("GRIDE of %s", (name) => {
  test("over scales: dimensions, errors, scales and ranks (N9)", () => {
    const { ranks_n2, ids, errs, scales } = golden[name]!.gride;
    const found = grideScan(goldenNeighbours(name));
    expect(found.map(({ n2 }) => n2)).toEqual(ranks_n2);
    expect(found.map(({ n1 }) => 2 * n1)).toEqual(ranks_n2);
    for (const [i, estimate] of found.entries()) {
      expect(relativeError(estimate.dimension, ids[i]!)).toBeLessThan(TOLERANCE);
      expect(relativeError(estimate.standardError, errs[i]!)).toBeLessThan(TOLERANCE);
      expect(relativeError(estimate.scale, scales[i]!)).toBeLessThan(1e-9);
      expect(estimate).toMatchObject({ outliers: 0, zeroDistances: 0, reason: null });
    }
  });

  test("its smallest scale is TwoNN by maximum likelihood (N6, N8)", () => {
    const { dimension } = twoNnMaximumLikelihood(goldenNeighbours(name));
    expect(relativeError(gride(goldenNeighbours(name), 1, 2).dimension, dimension)).toBeLessThan(1e-11);
  });
});

test.each(ordinary.filter((name) => golden[name]!.grideGeneric))(
  "GRIDE of %s for other ranks (N8)",
  (name) => {
    for (const { n1, n2, id_ref, err_ref } of golden[name]!.grideGeneric!) {
      const found = gride(goldenNeighbours(name), n1, n2);
      expect(relativeError(found.dimension, id_ref)).toBeLessThan(TOLERANCE);
      expect(relativeError(found.standardError, err_ref)).toBeLessThan(TOLERANCE);
    }
  },
);

describe("edge cases (N4, N8, N9)", () => {
  test("N a power of two: the scan ends at N - 1 neighbours", () => {
    const ranks = (count: number, rangeMax?: number) =>
      grideScan(nearestNeighbours(uniformPoints(3, count, 2), count - 1), rangeMax ? { rangeMax } : {}).map(
        ({ n2 }) => n2,
      );
    expect(ranks(64)).toEqual([2, 4, 8, 16, 32]);
    expect(ranks(65)).toEqual([2, 4, 8, 16, 32, 64]);
    expect(ranks(200)).toEqual([2, 4, 8, 16, 32, 64]);
    expect(ranks(200, 128)).toEqual([2, 4, 8, 16, 32, 64, 128]);
    expect(ranks(200, 12)).toEqual([2, 4, 8]);
    expect(ranks(3)).toEqual([2]);
    const short = nearestNeighbours(uniformPoints(3, 64, 2), 9);
    expect(grideScan(short).map(({ n2 }) => n2)).toEqual([2, 4, 8]);
  });

  test("grid10: NaN with the reason where all ratios are 1, DADApy's value where some are", () => {
    const [smallest, ...others] = grideScan(goldenNeighbours("grid10"));
    expect(smallest).toMatchObject({ dimension: Number.NaN, standardError: Number.NaN, tied: 100 });
    expect(smallest!.reason).toMatch(/all ratios are 1/);
    const { ids, errs } = golden.grid10!.gride;
    expect(others.length).toBe(ids.length - 1);
    expect(others.every(({ outliers }) => outliers === 0)).toBe(true);
    for (const [i, estimate] of others.entries()) {
      // Here more than half of the ratios are the median, and the 95th percentile too: DADApy calls all from there on outliers.
      if (estimate.n2 === 16) continue;
      expect(relativeError(estimate.dimension, ids[i + 1]!)).toBeLessThan(TOLERANCE);
      // In DADApy 1 - mu^(-d) of a tie has two digits left.
      expect(relativeError(estimate.standardError, errs[i + 1]!)).toBeLessThan(2e-3);
    }
  });

  test("zero distances are left out and counted at every scale, or refused", () => {
    const neighbours = goldenNeighbours("dup40");
    const found = grideScan(neighbours);
    // Rows 20, 38 and 39 are one place: their second neighbour is as near as their first.
    expect(found.map(({ zeroDistances }) => zeroDistances)).toEqual([7, 3, 0, 0, 0]);
    for (const estimate of found) {
      expect(estimate.queries).toBe(40 - estimate.zeroDistances);
      expect(estimate.dimension).toBeGreaterThan(1);
      expect(estimate.standardError).toBeGreaterThan(0);
    }
    expect(() => grideScan(neighbours, { zeros: "error" })).toThrow(
      /query 3: neighbour 1 lies at a distance of 0/,
    );
  });

  test("outliers are left out of the dimension and counted", () => {
    const points = nearestNeighbours(uniformPoints(5, 200, 2), 2);
    const distances = points.distances.slice();
    distances[0] = distances[1] * 1e-9;
    const without = gride(points, 1, 2);
    const found = gride({ ...points, distances }, 1, 2);
    expect(found.outliers).toBe(without.outliers + 1);
    expect(found.queries).toBe(200);
    expect(relativeError(found.dimension, without.dimension)).toBeLessThan(0.02);
    // The same ratio in maximum likelihood.
    expect(twoNnMaximumLikelihood({ ...points, distances }).dimension).toBeLessThan(0.9 * without.dimension);
  });

  test("nearly all ratios 1: nothing is called an outlier, and a dimension beyond the limits is none", () => {
    const rows = Array.from({ length: 100 }, (_, i) => (i < 2 ? [1, 1 + 1e-9] : [1, 1]));
    const found = gride({ k: 2, points: 100, distances: Float64Array.from(rows.flat()) }, 1, 2);
    expect(found).toMatchObject({ outliers: 0, tied: 98, dimension: Number.NaN });
    expect(found.reason).toMatch(/no maximum from 0\.001 to 1000 dimensions/);
  });

  test("a lattice at any scale gives a number or a reason, never both or neither", () => {
    for (let seed = 0; seed < 20; seed++) {
      for (const found of grideScan(nearestNeighbours(latticePoints(seed, 40, 2), 39))) {
        expect(Number.isNaN(found.dimension)).toBe(found.reason !== null);
        expect(Number.isNaN(found.standardError)).toBe(found.reason !== null);
      }
    }
  });

  test("scale and rotation change nothing but the scale", () => {
    const points = uniformPoints(8, 100, 2);
    const turned = moved(points, ([x, y]) => [5 * (0.6 * x - 0.8 * y), 5 * (0.8 * x + 0.6 * y)]);
    const [before, after] = [points, turned].map((each) => grideScan(nearestNeighbours(each, 32)));
    for (const [i, estimate] of after!.entries()) {
      expect(relativeError(estimate.dimension, before![i]!.dimension)).toBeLessThan(1e-9);
      expect(relativeError(estimate.standardError, before![i]!.standardError)).toBeLessThan(1e-9);
      expect(relativeError(estimate.scale, 5 * before![i]!.scale)).toBeLessThan(1e-9);
    }
  });

  test("ranks that are none are refused in one line", () => {
    const neighbours = goldenNeighbours("tiny7");
    for (const [n1, n2] of [
      [0, 2],
      [2, 2],
      [1.5, 3],
      [4, 2],
    ] as const) {
      expect(() => gride(neighbours, n1, n2)).toThrow(/ranks: .* are not two ranks of neighbours/);
    }
    for (const rangeMax of [Number.NaN, 1]) {
      expect(() => grideScan(neighbours, { rangeMax })).toThrow(/rangeMax: .* is not a number of at least 2/);
    }
    expect(() => gride(neighbours, 4, 8, { name: "P.npy" })).toThrow(
      /^P\.npy: 42 distances of 6 neighbours per query do not hold the 8 that are asked for/,
    );
  });
});
