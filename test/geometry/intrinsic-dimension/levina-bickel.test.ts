import { describe, expect, test } from "vitest";
import {
  type LevinaBickelAggregation,
  levinaBickel,
  nearestNeighbours,
  toPoints,
  twoNnMaximumLikelihood,
} from "../../../src/geometry/index.js";
import { moved, reordered } from "../arbitrary.js";
import { uniformPoints } from "../random-points.js";
import { golden, goldenNeighbours, relativeError } from "./golden.js";

const KEYS: Record<LevinaBickelAggregation, string> = {
  original: "levina_bickel_mean",
  "inverse-mean": "mackay_ghahramani",
  unbiased: "mean_k_minus_2",
  median: "median",
};
const AGGREGATIONS = Object.keys(KEYS) as LevinaBickelAggregation[];
const sets = Object.keys(golden).filter((name) => golden[name]!.levinaBickel);

test.each(sets)("Levina and Bickel of %s, every aggregation (N10)", (name) => {
  for (const [k, expected] of Object.entries(golden[name]!.levinaBickel!)) {
    for (const aggregation of AGGREGATIONS) {
      const found = levinaBickel(goldenNeighbours(name), { neighbours: Number(k), aggregation });
      expect(relativeError(found.dimension, expected[KEYS[aggregation]]!)).toBeLessThan(1e-9);
      expect(found).toMatchObject({ aggregation, zeroDistances: 0, tied: 0, reason: null });
    }
  }
});

describe("Levina and Bickel (N10)", () => {
  test("with 2 neighbours the inverse mean is TwoNN, N / sum ln mu", () => {
    const neighbours = goldenNeighbours("cube2");
    const { dimension, queries } = twoNnMaximumLikelihood(neighbours);
    const found = levinaBickel(neighbours, { neighbours: 2 });
    expect(relativeError(found.dimension, (dimension * queries) / (queries - 1))).toBeLessThan(1e-12);
    // Its error is the spread of ln mu, where the other takes an exponential's.
    expect(relativeError(found.standardError, dimension / Math.sqrt(queries))).toBeLessThan(0.1);
  });

  test("a range is the mean over its k; 20 is the default, or what the lists hold", () => {
    const neighbours = goldenNeighbours("sphere2");
    const range = levinaBickel(neighbours, { neighbours: [10, 20] });
    const each = Array.from({ length: 11 }, (_, i) => levinaBickel(neighbours, { neighbours: 10 + i }));
    expect(range.byNeighbours).toEqual(each.map(({ dimension }, i) => ({ k: 10 + i, dimension })));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(range.dimension).toBeCloseTo(mean(each.map(({ dimension }) => dimension)), 12);
    expect(range.scale).toBeCloseTo(mean(each.map(({ scale }) => scale)), 12);
    const errors = each.map(({ standardError }) => standardError);
    expect(range.standardError).toBeLessThanOrEqual(mean(errors));
    expect(range.standardError).toBeGreaterThan(0.8 * mean(errors));
    expect(levinaBickel(neighbours).byNeighbours).toEqual([each[10]!.byNeighbours[0]]);
    expect(levinaBickel(goldenNeighbours("tiny7")).byNeighbours[0]!.k).toBe(6);
  });

  test("scale, rotation and the order of rows change nothing but the scale", () => {
    const points = uniformPoints(4, 60, 2);
    const turned = moved(points, ([x, y]) => [3 * (0.6 * x - 0.8 * y), 3 * (0.8 * x + 0.6 * y)]);
    const order = Array.from({ length: 60 }, (_, i) => (7 * i) % 60);
    for (const aggregation of AGGREGATIONS) {
      const [before, after, other] = [points, turned, reordered(points, order)].map((each) =>
        levinaBickel(nearestNeighbours(each, 10), { neighbours: 10, aggregation }),
      );
      for (const found of [after!, other!]) {
        expect(relativeError(found.dimension, before!.dimension)).toBeLessThan(1e-9);
        expect(relativeError(found.standardError, before!.standardError)).toBeLessThan(1e-9);
      }
      expect(relativeError(after!.scale, 3 * before!.scale)).toBeLessThan(1e-9);
    }
  });

  test("neighbours at distance 0 are as if they were not there, and counted", () => {
    const rows = [
      [0, 1, 2, 4],
      [0, 0, 1, 2],
      [1, 2, 3, 6],
      [2, 3, 4, 8],
      [0, 0, 0, 5],
    ];
    const lists = { k: 4, points: 5, distances: Float64Array.from(rows.flat()) };
    const found = levinaBickel(lists, { neighbours: 4 });
    const inverses = [
      (Math.log(4) + Math.log(2)) / 2,
      Math.log(2),
      (Math.log(6) + Math.log(3) + Math.log(2)) / 3,
      (Math.log(4) + Math.log(8 / 3) + Math.log(2)) / 3,
    ];
    const mean = inverses.reduce((sum, inverse) => sum + inverse, 0) / 4;
    expect(found).toMatchObject({ queries: 4, zeroDistances: 6, tied: 0, scale: 5, reason: null });
    expect(found.dimension).toBeCloseTo(1 / mean, 12);
    // With one neighbour nearer than the last there is no unbiased dimension.
    expect(levinaBickel(lists, { aggregation: "unbiased" })).toMatchObject({ queries: 3, zeroDistances: 6 });
    expect(() => levinaBickel(lists, { zeros: "error", name: "P.npy" })).toThrow(
      /^P\.npy: 6 of the distances are 0/,
    );
  });

  test("equal distances: infinite dimensions are refused by means, and taken by the others", () => {
    const rows = [
      [1, 1, 1],
      [1, 2, 3],
      [1, 2, 4],
      [1, 2, 5],
      [2, 3, 4],
    ];
    const lists = { k: 3, points: 5, distances: Float64Array.from(rows.flat()) };
    const of = (aggregation: LevinaBickelAggregation) => levinaBickel(lists, { aggregation });
    for (const aggregation of ["original", "unbiased"] as const) {
      expect(of(aggregation)).toMatchObject({ dimension: Number.NaN, standardError: Number.NaN, tied: 1 });
      expect(of(aggregation).reason).toMatch(/^the 3 neighbours of 1 of 5 points lie at one distance/);
    }
    expect(of("inverse-mean")).toMatchObject({ tied: 1, reason: null });
    const inverses = rows.map(([a, b, c]) => (Math.log(c! / a!) + Math.log(c! / b!)) / 2);
    expect(of("inverse-mean").dimension).toBeCloseTo(5 / inverses.reduce((sum, x) => sum + x, 0), 12);
    expect(of("median").dimension).toBeCloseTo(1 / inverses[1]!, 12);
    const all = { k: 3, points: 3, distances: new Float64Array(9).fill(1) };
    for (const aggregation of AGGREGATIONS) {
      expect(levinaBickel(all, { aggregation })).toMatchObject({ dimension: Number.NaN, tied: 3 });
    }
  });

  test("the error of a median beside infinite dimensions is infinite, not NaN", () => {
    const points = toPoints({ shape: [5], data: Float64Array.of(0, 1, 2, 4, 8) });
    for (const neighbours of [2, [2, 3]] as const) {
      expect(levinaBickel(nearestNeighbours(points, 3), { neighbours, aggregation: "median" })).toMatchObject(
        {
          dimension: expect.any(Number),
          standardError: Number.POSITIVE_INFINITY,
          linkedError: Number.POSITIVE_INFINITY,
          reason: null,
        },
      );
    }
  });

  test("counts that are none are refused in one line", () => {
    const neighbours = goldenNeighbours("tiny7");
    for (const wrong of [1, 2.5, 0] as const) {
      expect(() => levinaBickel(neighbours, { neighbours: wrong })).toThrow(/is not a count, or a range/);
    }
    expect(() => levinaBickel(neighbours, { neighbours: [5, 3] })).toThrow(/5 to 3 is not a count/);
    expect(() => levinaBickel(neighbours, { neighbours: 2, aggregation: "unbiased" })).toThrow(/from 3 on/);
    expect(() => levinaBickel(neighbours, { neighbours: 7 })).toThrow(/do not hold the 7/);
    for (const aggregation of ["mean", "toString"] as never[]) {
      expect(() => levinaBickel(neighbours, { aggregation })).toThrow(
        /aggregation .*: .* is none of original, /,
      );
    }
    expect(() => levinaBickel(neighbours, { zeros: "foo" as never })).toThrow(
      /foo is none of drop-mu, error/,
    );
    expect(() => twoNnMaximumLikelihood(neighbours, { zeros: "foo" as never })).toThrow(/foo is none of/);
  });
});
