import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distance, nearestNeighbours, neighbourRanks, type Points } from "../../../src/geometry/index.js";
import { pointsOf } from "../arbitrary.js";
import { golden, goldenNeighbours } from "../intrinsic-dimension/golden.js";
import { latticePoints, uniformPoints } from "../random-points.js";

/** All other rows, nearest first: rule N1, word by word. */
function sortedRows(points: Points, query: number): number[] {
  return Array.from({ length: points.count }, (_, row) => row)
    .filter((row) => row !== query)
    .sort((a, b) => distance(points, query, a) - distance(points, query, b) || a - b);
}

const somePoints = fc
  .record({
    seed: fc.nat(1e6),
    count: fc.integer({ min: 3, max: 30 }),
    dimension: fc.integer({ min: 1, max: 3 }),
    lattice: fc.boolean(),
  })
  .map(({ seed, count, dimension, lattice }) =>
    (lattice ? latticePoints : uniformPoints)(seed, count, dimension),
  );

describe("nearest neighbours (N1)", () => {
  test.each(Object.keys(golden))("%s: the first neighbours are the golden ones, in their order", (name) => {
    const { indices, distances, k } = goldenNeighbours(name);
    const expected = golden[name]!.neighbours;
    for (const [query, rows] of expected.indices.entries()) {
      expect(Array.from(indices.subarray(query * k, query * k + rows.length))).toEqual(rows);
      for (const [j, value] of expected.distances[query]!.entries()) {
        expect(Math.abs(distances[query * k + j] - value)).toBeLessThanOrEqual(4e-16 * value);
      }
    }
  });

  test("property: they are the head of all other rows, sorted by distance and row", () => {
    fc.assert(
      fc.property(somePoints, fc.nat(100), (points, draw) => {
        const k = 1 + (draw % (points.count - 1));
        const { indices, distances, queries } = nearestNeighbours(points, k);
        expect(Array.from(queries)).toEqual(Array.from({ length: points.count }, (_, i) => i));
        for (let i = 0; i < points.count; i++) {
          const rows = sortedRows(points, i).slice(0, k);
          expect(Array.from(indices.subarray(i * k, i * k + k))).toEqual(rows);
          expect(Array.from(distances.subarray(i * k, i * k + k))).toEqual(
            rows.map((row) => distance(points, i, row)),
          );
        }
      }),
    );
  });

  test("queries are rows of the whole answer, in the order asked", () => {
    const points = uniformPoints(1, 50, 3);
    const all = nearestNeighbours(points, 4);
    const some = nearestNeighbours(points, 4, { queries: Int32Array.of(41, 3, 3) });
    expect(some.points).toBe(50);
    for (const [m, row] of [41, 3, 3].entries()) {
      expect(some.indices.subarray(m * 4, m * 4 + 4)).toEqual(all.indices.subarray(row * 4, row * 4 + 4));
      expect(some.distances.subarray(m * 4, m * 4 + 4)).toEqual(all.distances.subarray(row * 4, row * 4 + 4));
    }
  });

  test("a large offset costs no digit that the points themselves have", () => {
    const near = uniformPoints(2, 60, 40);
    const far = { ...near, coordinates: near.coordinates.map((x) => x + 1e4) };
    const back = { ...far, coordinates: far.coordinates.map((x) => x - 1e4) };
    expect(nearestNeighbours(far, 5)).toEqual(nearestNeighbours(back, 5));
  });

  test("counts and rows that cannot be are refused in one line", () => {
    const points = pointsOf([0, 1, 2, 3], 1, "P.npy");
    const line = (k: number, queries?: number[]) => () =>
      nearestNeighbours(points, k, queries ? { queries: Int32Array.from(queries) } : {});
    for (const k of [0, 4, 1.5, Number.NaN]) {
      expect(line(k)).toThrow(
        `P.npy: each of 4 points has 3 neighbours, not ${k}. Ask for 1 to 3 neighbours.`,
      );
    }
    expect(line(1, [0, 4])).toThrow(/^P\.npy: there is no row 4 to ask/);
    expect(line(1, [-1])).toThrow(/^P\.npy: there is no row -1/);
    expect(line(1, [])).toThrow(/^P\.npy: no row was asked/);
  });
});

describe("ranks (N2)", () => {
  test("property: a target's rank is its place in that order", () => {
    fc.assert(
      fc.property(somePoints, fc.nat(1e6), (points, draw) => {
        const { count } = points;
        const k = 1 + (draw % 4);
        const queries = Int32Array.of(draw % count, (draw * 7) % count);
        const targets = Int32Array.from({ length: 2 * k }, (_, at) => {
          const query = queries[Math.floor(at / k)];
          return (query + 1 + ((draw + 5 * at) % (count - 1))) % count;
        });
        const ranks = neighbourRanks(points, queries, targets, k);
        const expected = Array.from(
          targets,
          (row, at) => sortedRows(points, queries[Math.floor(at / k)]).indexOf(row) + 1,
        );
        expect(Array.from(ranks)).toEqual(expected);
      }),
    );
  });

  test("property: the neighbours of the same points have the ranks 1 to k", () => {
    fc.assert(
      fc.property(somePoints, (points) => {
        const { queries, indices, k } = nearestNeighbours(points, points.count - 1);
        const ranks = neighbourRanks(points, queries, indices, k);
        expect(Array.from(ranks)).toEqual(Array.from(ranks.keys(), (at) => (at % k) + 1));
      }),
    );
  });

  test("targets that have no rank are refused in one line", () => {
    const points = pointsOf([0, 1, 2, 3], 1, "B.npy");
    const ranks = (targets: number[], k = 1) =>
      neighbourRanks(points, Int32Array.of(0, 1), Int32Array.from(targets), k);
    expect(() => ranks([1])).toThrow(/^B\.npy: 2 queries of 1 targets each need 2 targets, not 1/);
    expect(() => ranks([1, 1])).toThrow(/^B\.npy: row 1 is no neighbour of row 1/);
    expect(() => ranks([1, 2, 0, 4], 2)).toThrow(/^B\.npy: row 4 is no neighbour of row 1/);
  });
});
