import { expect, test } from "vitest";
import { distance, pairwiseDistances, twoDistances } from "../../src/geometry/distance.js";
import { altered, normalPoints } from "../distances/rows.js";

// Of every length, and where squares underflow and are scaled.
const lengths = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 64, 301];
const scales = [1, 1e90, 1e-150, 1e-170];

test("two distances at once are those of one after the other, to the last digit (G3)", () => {
  for (const dimension of lengths) {
    for (const scale of scales) {
      const points = altered(normalPoints(6, dimension), (value, row) => (row === 5 ? 0 : value * scale));
      const single = { ...points, coordinates: Float32Array.from(points.coordinates) };
      for (const rows of [points, single]) {
        for (const [i, j, k] of [
          [0, 1, 2],
          [3, 4, 3],
          [5, 5, 1],
          [2, 0, 0],
        ] as const) {
          const out = new Float64Array(4).fill(-1);
          twoDistances(rows, i, j, k, out, 1);
          expect([...out]).toEqual([-1, distance(rows, i, j), distance(rows, i, k), -1]);
        }
      }
    }
  }
});

test("the distances of all pairs are those of each pair, for odd and even numbers of points (G3)", () => {
  for (const count of [1, 2, 3, 4, 7, 8]) {
    const points = normalPoints(count, 5);
    const expected: number[] = [];
    for (let i = 0; i < count; i++) for (let j = i + 1; j < count; j++) expected.push(distance(points, i, j));
    expect([...pairwiseDistances(points)]).toEqual(expected);
  }
});
