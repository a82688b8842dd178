import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UserError } from "../../../src/errors.js";
import { imbalanceOfRanks, informationImbalance, relativeImbalance } from "../../../src/geometry/index.js";
import { assertSpaces } from "../../../src/geometry/information-imbalance/index.js";
import { nearestNeighbours, neighbourRanks } from "../../../src/geometry/neighbours/index.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { anyPoints, moved, pointsOf } from "../arbitrary.js";
import { golden, normalPoints, spaces } from "./golden.js";

const relativeDifference = (value: number, expected: number) => Math.abs(value / expected - 1);

describe("golden values (J1 to J3)", () => {
  test.each(golden.pairs)("$A and $B: sums of ranks are exact, k = 1, 3, 10", (pair) => {
    const [a, b] = [spaces[pair.A], spaces[pair.B]];
    for (const [k, expected] of [
      [1, pair.k1],
      [3, pair.k3],
      [10, pair.k10],
    ] as const) {
      const { aToB, bToA, symmetrised } = informationImbalance(a, b, { k });
      expect([aToB.rankSum, bToA.rankSum]).toEqual([expected.A_to_B.rank_sum, expected.B_to_A.rank_sum]);
      expect(relativeDifference(aToB.imbalance, expected.A_to_B.delta)).toBeLessThan(1e-14);
      expect(relativeDifference(bToA.imbalance, expected.B_to_A.delta)).toBeLessThan(1e-14);
      expect(aToB).toMatchObject({ queries: 500, points: 500, k, ties: 0 });
      if (k === 1) expect(relativeDifference(symmetrised, pair.symmetrised_proj)).toBeLessThan(1e-14);
    }
    const { aToB, bToA } = informationImbalance(a, b);
    expect(Math.abs(aToB.standardError - pair.k1.A_to_B.std_err)).toBeLessThan(1e-14);
    expect(Math.abs(bToA.standardError - pair.k1.B_to_A.std_err)).toBeLessThan(1e-14);
    const { queries, indices } = nearestNeighbours(a, 1);
    const ranks = neighbourRanks(b, queries, indices, 1);
    expect([...ranks.subarray(0, 10)]).toEqual(pair.k1.A_to_B.ranks_first10);
  });

  test("J2: some rows ask, all points answer", () => {
    const expected = golden.query_subsample_xyz_x;
    const { aToB } = informationImbalance(spaces.xyz, spaces.x, { queries: Int32Array.from(expected.rows) });
    expect(aToB).toMatchObject({ queries: 100, points: 500 });
    expect(relativeDifference(aToB.imbalance, expected.A_to_B)).toBeLessThan(1e-14);
    expect(relativeDifference(aToB.standardError, expected.std_err)).toBeLessThan(1e-12);
  });

  test("J3: two normal spaces that know nothing of each other", () => {
    const { aToB } = informationImbalance(spaces.g1, spaces.g2);
    expect(relativeDifference(aToB.imbalance, 1.042864)).toBeLessThan(1e-14);
  });
});

test("J1: by hand", () => {
  // On the line A the nearest of 0, 1, 3, 7 are 1, 0, 1, 3; in B the same rows are at 0, 5, 1, 2.
  const a = pointsOf([0, 1, 3, 7], 1);
  const b = pointsOf([0, 5, 1, 2], 1);
  const { aToB, relative, bToA } = informationImbalance(a, b);
  // Ranks 3 (5 is furthest from 0), 3 (0 from 5), 3 (5 from 1), 1 (1 from 2).
  expect(aToB.rankSum).toBe(10);
  expect(aToB.imbalance).toBe((2 / 4) * (10 / 4));
  // Squared deviations of 1/4 three times and 9/4 once: 3, over 3 and over 4 ranks.
  expect(aToB.standardError).toBeCloseTo((2 / 4) * Math.sqrt(3 / 3 / 4), 15);
  expect(relative).toBeCloseTo(
    (2 * (aToB.imbalance - bToA.imbalance)) / (aToB.imbalance + bToA.imbalance),
    15,
  );
  expect(relativeImbalance(0.3, 0.1)).toBeCloseTo(1, 15);
});

test("J4: a neighbour chosen by the order of rows is counted", () => {
  const grid = pointsOf([0, 1, 2, 3, 4.5], 1);
  const { aToB, bToA } = informationImbalance(grid, pointsOf([0, 1, 3, 7, 15], 1));
  // 1 and 2 have two neighbours at distance 1; in B only 0 to 1, 3 to 1 ... differ.
  expect([aToB.ties, bToA.ties]).toEqual([2, 0]);
  // All of N - 1 neighbours: nothing was chosen.
  expect(informationImbalance(grid, grid, { k: 4 }).aToB).toMatchObject({ ties: 0, imbalance: 1 });
  // Duplicates are each other's nearest, itself never.
  const twins = pointsOf([0, 0, 5, 5, 9], 1);
  expect(informationImbalance(twins, twins).aToB.rankSum).toBe(5);
});

describe("properties", () => {
  /** Points of which no two distances from a point are nearly equal: rounding cannot change their order. */
  const wellSpaced = (count: number) =>
    fc.integer({ min: 0, max: 1e6 }).map((seed) => {
      const stream = new PhiloxStream(seed, "well spaced");
      return normalPoints(count, 2, () => stream.normal());
    });

  test("J1: turning, scaling and moving a space changes nothing", () => {
    fc.assert(
      fc.property(
        wellSpaced(25),
        wellSpaced(25),
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        fc.integer({ min: 1, max: 24 }),
        (a, b, angle, k) => {
          const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
          const turned = moved(a, ([x, y]) => [3 * (cos * x - sin * y) + 7, 3 * (sin * x + cos * y) - 1]);
          const [plain, other] = [informationImbalance(a, b, { k }), informationImbalance(turned, b, { k })];
          expect(other).toEqual(plain);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("J1: on a line a monotone change of the distances from each point changes nothing", () => {
    fc.assert(
      fc.property(wellSpaced(12), (b) => {
        // From every one of 1, 3, 9, 27, ... the order of the others is theirs, and that of their squares.
        const powers = Array.from({ length: 12 }, (_, i) => 3 ** i);
        const a = informationImbalance(pointsOf(powers, 1), b);
        expect(
          informationImbalance(
            pointsOf(
              powers.map((x) => x * x),
              1,
            ),
            b,
          ),
        ).toEqual(a);
      }),
      { numRuns: 20 },
    );
  });

  test("J1: a space tells all of itself, (k + 1) / N, and no imbalance leaves its bounds", () => {
    fc.assert(
      fc.property(
        anyPoints({ count: 9 }),
        anyPoints({ count: 9 }),
        fc.integer({ min: 1, max: 8 }),
        (a, b, k) => {
          fc.pre(
            [a, b].every(({ coordinates, dimension }) =>
              coordinates.some((v, at) => v !== coordinates[at % dimension]),
            ),
          );
          expect(informationImbalance(a, a, { k }).aToB.imbalance).toBeCloseTo((k + 1) / 9, 12);
          const { imbalance } = informationImbalance(a, b, { k }).aToB;
          expect(imbalance).toBeGreaterThanOrEqual((k + 1) / 9 - 1e-12);
          expect(imbalance).toBeLessThanOrEqual((2 / 9) * (9 - (k + 1) / 2) + 1e-12);
        },
      ),
    );
  });

  test("J1 and J2: independent spaces have 1 on average, and the standard error tells how far from it they fall", () => {
    const stream = new PhiloxStream(3, "independent spaces");
    const deviations: number[] = [];
    for (let trial = 0; trial < 60; trial++) {
      const a = normalPoints(60, 3, () => stream.normal());
      const b = normalPoints(60, 2, () => stream.normal());
      const { imbalance, standardError } = informationImbalance(a, b).aToB;
      deviations.push((imbalance - 1) / standardError);
    }
    const mean = deviations.reduce((sum, z) => sum + z, 0) / deviations.length;
    const square = deviations.reduce((sum, z) => sum + z * z, 0) / deviations.length;
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(60));
    expect(square).toBeGreaterThan(0.5);
    expect(square).toBeLessThan(2);
  });
});

describe("what is refused", () => {
  const line = pointsOf([0, 1, 3, 7], 1, "A.npy");
  test.each([
    [
      "another length",
      () => informationImbalance(line, pointsOf([1, 2, 4], 1, "B.npy")),
      /B\.npy: it holds 3 samples, but A\.npy holds 4/,
    ],
    [
      "k = N",
      () => informationImbalance(line, line, { k: 4 }),
      /A\.npy: each of 4 points has 3 neighbours, not 4/,
    ],
    ["k = 0", () => informationImbalance(line, line, { k: 0 }), /1 to 3/],
    [
      "2 points",
      () => informationImbalance(pointsOf([0, 1], 1, "C.npy"), pointsOf([0, 1], 1)),
      /C\.npy: it holds 2 samples/,
    ],
    [
      "all equal",
      () => informationImbalance(line, pointsOf([1, 2, 1, 2, 1, 2, 1, 2], 2, "D.npy")),
      /D\.npy: all points are equal/,
    ],
    [
      "a query that is not there",
      () => informationImbalance(line, line, { queries: Int32Array.of(4) }),
      /no row 4/,
    ],
    [
      "a self-match",
      () => imbalanceOfRanks(Int32Array.of(1, 0, 2), { points: 4, k: 1 }),
      /query 1.*: 0 is not a rank/,
    ],
    [
      "part of a query",
      () => imbalanceOfRanks(Int32Array.of(1, 2, 2), { points: 4, k: 2 }),
      /3 ranks are not 2/,
    ],
    [
      "names alone, as of points elsewhere",
      () => assertSpaces({ name: "l0", count: 9 }, { name: "l1", count: 8 }, 1),
      /l1/,
    ],
  ])("%s", (_, act, message) => {
    expect(act).toThrow(UserError);
    expect(act).toThrow(message);
  });
});
