import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  distinctRows,
  nearestNeighbours,
  pickedPoints,
  twoNnBayes,
  twoNnFit,
  twoNnMaximumLikelihood,
} from "../../../src/geometry/index.js";
import { slopeInfluences, slopeThroughOrigin } from "../../../src/geometry/intrinsic-dimension/slope.js";
import { moved, pointsOf, reordered } from "../arbitrary.js";
import { uniformPoints } from "../random-points.js";
import { golden, goldenNeighbours, goldenPoints, ordinary, relativeError } from "./golden.js";

/** Lists of two distances a query. */
function lists(...rows: [number, number][]) {
  return { k: 2, points: rows.length, distances: Float64Array.from(rows.flat()) };
}

describe.each(ordinary)("TwoNN of %s", (name) => {
  const neighbours = goldenNeighbours(name);
  const expected = golden[name]!.twonn;

  test.each([
    [0.1, "fit_0.9"],
    [0.05, "fit_0.95"],
    [0.5, "fit_0.5"],
  ] as const)("the fit that discards %d (N5)", (discard, key) => {
    const { dimension, scale, fitted, queries } = twoNnFit(neighbours, { discard });
    expect(relativeError(dimension, expected[key].ref_closed_form)).toBeLessThan(1e-9);
    expect(relativeError(dimension, expected[key].dadapy)).toBeLessThan(1e-8);
    expect(relativeError(scale, expected[key].scale)).toBeLessThan(1e-9);
    expect(fitted).toBe(Math.floor(queries * (1 - discard)));
  });

  test("maximum likelihood (N6) and Bayes (N7)", () => {
    const ml = twoNnMaximumLikelihood(neighbours);
    expect(relativeError(ml.dimension, expected.ml.ref)).toBeLessThan(1e-9);
    expect(ml.standardError).toBeCloseTo(ml.dimension / Math.sqrt(ml.queries), 12);
    const bayes = twoNnBayes(neighbours);
    expect(relativeError(bayes.dimension, expected.bayes_gamma_alpha2_beta5.mean)).toBeLessThan(1e-9);
    expect(relativeError(bayes.standardError, expected.bayes_gamma_alpha2_beta5.std)).toBeLessThan(1e-9);
    expect(bayes.mode / bayes.dimension).toBeCloseTo((ml.queries + 1) / (ml.queries + 2), 12);
    expect(ml).toMatchObject({ tied: expected.n_mu_eq_1, zeroDistances: 0, reason: null });
  });
});

describe("what TwoNN does not depend on", () => {
  const settings = fc.tuple(fc.nat(1e6), fc.integer({ min: 12, max: 60 }));

  test("property: scale and rotation (N5 to N7)", () => {
    fc.assert(
      fc.property(settings, fc.double({ min: 0.1, max: 10, noNaN: true }), ([seed, count], scale) => {
        const points = uniformPoints(seed, count, 2);
        const turned = moved(points, ([x, y]) => [
          scale * (0.6 * x - 0.8 * y) + 3,
          scale * (0.8 * x + 0.6 * y),
        ]);
        const [before, after] = [points, turned].map((each) => nearestNeighbours(each, 2));
        for (const estimate of [twoNnFit, twoNnMaximumLikelihood, twoNnBayes]) {
          expect(estimate(after!).dimension / estimate(before!).dimension).toBeCloseTo(1, 8);
          expect(estimate(after!).standardError / estimate(before!).standardError).toBeCloseTo(1, 6);
          expect(estimate(after!).scale / estimate(before!).scale / scale).toBeCloseTo(1, 8);
        }
      }),
      { numRuns: 30 },
    );
  });

  test("property: the order of the rows, errors included", () => {
    fc.assert(
      fc.property(settings, ([seed, count]) => {
        const points = uniformPoints(seed, count, 3);
        const order = Array.from({ length: count }, (_, i) => i).sort(
          (a, b) => ((a * 7919) % 61) - ((b * 7919) % 61),
        );
        const [before, after] = [points, reordered(points, order)].map((each) => nearestNeighbours(each, 2));
        for (const estimate of [twoNnFit, twoNnMaximumLikelihood, twoNnBayes]) {
          const [a, b] = [estimate(before!), estimate(after!)];
          expect(b.dimension / a.dimension).toBeCloseTo(1, 10);
          expect(b.standardError / a.standardError).toBeCloseTo(1, 8);
          expect(b.linkedError! / a.linkedError!).toBeCloseTo(1, 8);
        }
      }),
      { numRuns: 30 },
    );
  });
});

test("property: the influences are those of fits without one value each (N5)", () => {
  const logs = fc.array(fc.double({ min: 1e-3, max: 3, noNaN: true }), { minLength: 4, maxLength: 40 });
  fc.assert(
    fc.property(logs, fc.constantFrom(0.9, 0.5, 0.75), (values, kept) => {
      const sorted = Float64Array.from(values).sort();
      const without = Array.from(sorted, (_, i) =>
        slopeThroughOrigin(
          sorted.filter((_, j) => j !== i),
          kept,
        ),
      );
      const mean = without.reduce((sum, slope) => sum + slope, 0) / without.length;
      const scale = Math.sqrt((sorted.length - 1) / sorted.length);
      for (const [i, influence] of slopeInfluences(sorted, kept).entries()) {
        expect(Math.abs(influence - scale * (mean - without[i]!))).toBeLessThan(1e-8 * mean);
      }
    }),
  );
});

describe("duplicates, zeros and ties (N3, N4)", () => {
  test("dup40, duplicates dropped: the estimate of the 36 points that differ", () => {
    const points = goldenPoints("dup40");
    const kept = pickedPoints(points, distinctRows(points).rows);
    const found = twoNnMaximumLikelihood(nearestNeighbours(kept, 2));
    const { distances } = nearestNeighbours(kept, 2);
    let sum = 0;
    for (let i = 0; i < 36; i++) sum += Math.log(distances[2 * i + 1] / distances[2 * i]);
    expect(found).toMatchObject({ queries: 36, zeroDistances: 0, tied: 0, reason: null });
    expect(found.dimension).toBeCloseTo(35 / sum, 12);
    expect(Math.abs(found.dimension - 3)).toBeLessThan(3 * found.standardError);
  });

  test("dup40, duplicates kept: the queries without a ratio are left out and counted, or refused", () => {
    const neighbours = goldenNeighbours("dup40");
    const dropped = golden.dup40!.twonn.n_nonfinite_mu!;
    for (const estimate of [twoNnFit, twoNnMaximumLikelihood, twoNnBayes]) {
      const found = estimate(neighbours);
      expect(found).toMatchObject({ queries: 40 - dropped, zeroDistances: dropped, reason: null });
      expect(found.dimension).toBeGreaterThan(1);
      expect(() => estimate(neighbours, { zeros: "error", name: "dup40.npy" })).toThrow(
        /^dup40\.npy, query 3: neighbour 1 lies at a distance of 0: there is no ratio/,
      );
    }
  });

  test("grid10, all ratios 1: NaN with the reason", () => {
    for (const estimate of [twoNnFit, twoNnMaximumLikelihood, twoNnBayes]) {
      const found = estimate(goldenNeighbours("grid10"));
      expect(found).toMatchObject({ dimension: Number.NaN, standardError: Number.NaN, tied: 100, scale: 1 });
      expect(found.reason).toMatch(/all ratios are 1/);
    }
  });

  test("too many ties to fit, or too few ratios: NaN with the reason", () => {
    const tied = lists([1, 1], [1, 1], [1, 1], [1, 2]);
    expect(twoNnFit(tied, { discard: 0.25 })).toMatchObject({ dimension: Number.NaN, tied: 3, fitted: 3 });
    expect(twoNnFit(tied, { discard: 0.25 }).reason).toBe("all 3 ratios that are fitted are 1");
    expect(twoNnFit(tied, { discard: 0.8 }).reason).toMatch(/^no ratio of 4 is left to fit/);
    expect(twoNnMaximumLikelihood(tied).dimension).toBeCloseTo(3 / Math.LN2, 12);
    const zeros = lists([0, 0], [0, 1], [1, 2], [1, 3]);
    expect(twoNnMaximumLikelihood(zeros)).toMatchObject({ dimension: Number.NaN, zeroDistances: 2 });
    expect(twoNnFit(zeros).reason).toBe("only 2 ratios are left without 2 distances of 0");
  });
});

describe("what is no input, in one line", () => {
  test("fewer than 3 points or queries, fewer than 2 neighbours", () => {
    expect(() => twoNnFit(lists([1, 2], [1, 2]), { name: "P.npy" })).toThrow(
      /^P\.npy: 2 points are too few for an intrinsic dimension/,
    );
    const two = nearestNeighbours(uniformPoints(0, 9, 2), 2, { queries: Int32Array.of(1, 2) });
    expect(() => twoNnFit(two)).toThrow(/2 queries are too few/);
    expect(() => twoNnFit(nearestNeighbours(pointsOf([0, 1, 5], 1), 1))).toThrow(
      /3 distances of 1 neighbours per query do not hold the 2/,
    );
  });

  test("distances that are none", () => {
    for (const [wrong, message] of [
      [[2, 1], /query 1, neighbour 2: a distance of 1 after one of 2/],
      [[1, Number.NaN], /query 1, neighbour 2: a distance of NaN/],
      [[1, Number.POSITIVE_INFINITY], /neighbour 2: a distance of Infinity/],
      [[-1, 1], /query 1, neighbour 1: a distance of -1/],
    ] as const) {
      expect(() => twoNnMaximumLikelihood(lists([1, 2], [wrong[0], wrong[1]], [1, 2]))).toThrow(message);
    }
  });

  test("shares and priors that are none", () => {
    const neighbours = goldenNeighbours("tiny7");
    for (const discard of [0, 1, -0.1, Number.NaN]) {
      expect(() => twoNnFit(neighbours, { discard })).toThrow(
        /share of ratios to discard: .* is not between/,
      );
    }
    for (const prior of [{ alpha: 0 }, { beta: -1 }, { alpha: Number.NaN }]) {
      expect(() => twoNnBayes(neighbours, prior)).toThrow(/gamma prior: .* are no prior/);
    }
  });
});
