import { describe, expect, test } from "vitest";
import {
  decimationPlan,
  halvings,
  nearestNeighbours,
  neighboursWithin,
  overSubsets,
  pickedPoints,
  randomSubsets,
  twoNnFit,
} from "../../../src/geometry/index.js";
import { golden, goldenPoints, relativeError } from "./golden.js";

const sets = Object.keys(golden).filter((name) => golden[name]!.decimation);

test.each(sets)(
  "decimation of %s over the golden subsets, from points and from lists of all (N12)",
  (name) => {
    const points = goldenPoints(name);
    const { subsets, ids, mean, err_std_over_sqrt_n } = golden[name]!.decimation!;
    const lists = nearestNeighbours(points, 120);
    const found = overSubsets(
      subsets.map((rows) => twoNnFit(nearestNeighbours(pickedPoints(points, rows), 2))),
    );
    expect(found.dimensions.length).toBe(ids.length);
    for (const [i, id] of ids.entries()) expect(relativeError(found.dimensions[i]!, id)).toBeLessThan(1e-8);
    expect(relativeError(found.dimension, mean)).toBeLessThan(1e-8);
    expect(relativeError(found.standardError, err_std_over_sqrt_n)).toBeLessThan(1e-7);
    const within = subsets.map((rows) => neighboursWithin(lists, Int32Array.from(rows), 2));
    expect(within.map(({ dropped }) => dropped)).toEqual(subsets.map(() => 0));
    expect(overSubsets(within.map((each) => twoNnFit(each)))).toEqual(found);
  },
);

describe("subsets (N12, N13)", () => {
  test("sizes and numbers of them are rounded half to even", () => {
    expect(decimationPlan(1000, 0.25)).toEqual({ size: 250, subsets: 4 });
    expect(decimationPlan(90, 0.05)).toEqual({ size: 4, subsets: 20 });
    expect(decimationPlan(10, 0.4)).toEqual({ size: 4, subsets: 2 });
    expect(decimationPlan(7, 0.5)).toEqual({ size: 4, subsets: 2 });
    expect(decimationPlan(9, 1)).toEqual({ size: 9, subsets: 1 });
    for (const share of [0, -1, 1.1, 0.2, Number.NaN]) {
      expect(() => decimationPlan(10, share)).toThrow(/^decimation: a share of .* of 10 points/);
    }
  });

  test("halvings go from all points down to more than 10", () => {
    expect(halvings(1000)).toEqual([
      { size: 1000, subsets: 1 },
      { size: 500, subsets: 2 },
      { size: 250, subsets: 4 },
      { size: 125, subsets: 8 },
      { size: 62, subsets: 16 },
      { size: 31, subsets: 32 },
      { size: 16, subsets: 64 },
    ]);
    expect(halvings(1000, 100).length).toBe(4);
    expect(halvings(10)).toEqual([]);
  });

  test("a subset has no row twice, is ascending, and follows from the seed and the size alone", () => {
    const draw = (seed: number, subsets = 3) => randomSubsets(100, { size: 30, subsets }, seed);
    for (const rows of draw(0)) {
      expect(new Set(rows).size).toBe(30);
      expect(rows).toEqual(rows.toSorted());
      expect(rows[0]).toBeGreaterThanOrEqual(0);
      expect(rows[29]).toBeLessThan(100);
    }
    expect(draw(0)).toEqual(draw(0));
    expect(draw(0, 5).slice(0, 3)).toEqual(draw(0));
    expect(draw(0)[0]).not.toEqual(draw(0)[1]);
    expect(draw(1)[0]).not.toEqual(draw(0)[0]);
    expect(() => randomSubsets(10, { size: 11, subsets: 1 }, 0)).toThrow(/10 points have no subset of 11/);
  });

  test("every row is as likely to be drawn", () => {
    const counts = new Array(20).fill(0);
    for (const rows of randomSubsets(20, { size: 5, subsets: 4000 }, 7))
      for (const row of rows) counts[row] += 1;
    // 1000 expected, standard deviation 27.
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(5 * 27.4);
  });

  test("a subset without a dimension is told, and does not hide the others'", () => {
    const found = overSubsets([
      { dimension: 2, scale: 1 },
      { dimension: Number.NaN, scale: 9 },
      { dimension: 4, scale: 3 },
    ]);
    expect(found).toEqual({
      dimension: 3,
      standardError: expect.closeTo(1 / Math.sqrt(2), 14),
      scale: 2,
      dimensions: [2, Number.NaN, 4],
    });
    expect(overSubsets([{ dimension: 2, scale: 1 }])).toMatchObject({
      dimension: 2,
      standardError: Number.NaN,
    });
    expect(overSubsets([])).toMatchObject({ dimension: Number.NaN });
  });
});
