import fc from "fast-check";
import { expect, test } from "vitest";
import { nearestNeighbours, neighboursWithin, pickedPoints } from "../../../src/geometry/index.js";
import { latticePoints } from "../random-points.js";

test("property: from whole lists, what a search among the subset finds (N12)", () => {
  fc.assert(
    fc.property(
      fc.nat(1e6),
      fc.integer({ min: 4, max: 30 }),
      fc.integer({ min: 1, max: 3 }),
      (seed, count, k) => {
        const points = latticePoints(seed, count, 2, 9);
        const subset = Int32Array.from(
          Array.from({ length: count }, (_, i) => i).filter((i) => i % 5 !== seed % 5),
        );
        fc.pre(subset.length > k);
        const lists = nearestNeighbours(points, count - 1);
        const { dropped, ...found } = neighboursWithin(lists, subset, k);
        expect(found).toEqual(nearestNeighbours(pickedPoints(points, subset), k));
        expect(dropped).toBe(0);
      },
    ),
  );
});

test("a query whose list ends too soon is left out and counted", () => {
  // With lists of 2 every row of the subset lists one other of it.
  const coordinates = Float64Array.from([0, 1, 2, 3, 4, 5.5]);
  const lists = nearestNeighbours({ name: "line", count: 6, dimension: 1, coordinates }, 2);
  const subset = Int32Array.of(0, 1, 3, 4);
  const found = neighboursWithin(lists, subset, 1);
  expect(found.dropped).toBe(0);
  expect(Array.from(found.indices)).toEqual([1, 0, 3, 2]);
  expect(neighboursWithin(lists, subset, 2)).toMatchObject({ dropped: 4, points: 4 });
});

test("rows that are not there, repeated or out of order, and a count that is none are refused", () => {
  const lists = nearestNeighbours(latticePoints(0, 8, 2, 9), 3);
  for (const rows of [
    [0, 8],
    [-1, 2],
    [1, 1],
    [3, 2],
  ]) {
    expect(() => neighboursWithin(lists, Int32Array.from(rows), 1)).toThrow(
      /subset, row .* is not a row of 8, above/,
    );
  }
  for (const k of [0, 1.5, Number.NaN]) {
    expect(() => neighboursWithin(lists, Int32Array.of(0, 1), k)).toThrow(
      /k: .* is not an integer of at least 1/,
    );
  }
});
