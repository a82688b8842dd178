import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distinctRows, pickedPoints } from "../../../src/geometry/index.js";
import { pointsOf } from "../arbitrary.js";
import { goldenPoints } from "../intrinsic-dimension/golden.js";
import { latticePoints } from "../random-points.js";

describe("distinct rows (N3)", () => {
  test("property: of equal rows the first is kept, in float64 and float32", () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        (seed, count, dimension, single) => {
          const points = latticePoints(seed, count, dimension);
          const rows = Array.from({ length: count }, (_, i) =>
            points.coordinates.subarray(i * dimension, (i + 1) * dimension).join(),
          );
          const first = rows.flatMap((row, i) => (rows.indexOf(row) === i ? [i] : []));
          fc.pre(first.length > 1);
          const coordinates = single ? Float32Array.from(points.coordinates) : points.coordinates;
          const { rows: kept, dropped } = distinctRows({ ...points, coordinates });
          expect(Array.from(kept)).toEqual(first);
          expect(dropped).toBe(count - first.length);
        },
      ),
    );
  });

  test("dup40: 4 of 40 are dropped, and the points kept are those before them", () => {
    const points = goldenPoints("dup40");
    const { rows, dropped } = distinctRows(points);
    expect(dropped).toBe(4);
    expect(Array.from(rows)).toEqual(Array.from({ length: 36 }, (_, i) => i));
    const kept = pickedPoints(points, rows);
    expect(kept).toMatchObject({ name: "dup40", count: 36, dimension: 3 });
    expect(kept.coordinates).toEqual(points.coordinates.subarray(0, 108));
  });

  test("0 and -0 are equal, numbers that differ in the last bit are not", () => {
    for (const Data of [Float64Array, Float32Array]) {
      const coordinates = Data.from([0, 1, -0, 1, 0, 1 + 2 ** -23, 0, 1]);
      const { rows, dropped } = distinctRows({ name: "x", count: 4, dimension: 2, coordinates });
      expect(Array.from(rows)).toEqual([0, 2]);
      expect(dropped).toBe(2);
    }
  });

  test("rows that lie within a larger buffer", () => {
    const whole = Float32Array.from([9, 9, 1, 2, 3, 4, 1, 2]);
    const matrix = { name: "x", count: 3, dimension: 2, coordinates: whole.subarray(2) };
    expect(Array.from(distinctRows(matrix).rows)).toEqual([0, 1]);
  });

  test("all points equal: one clear line", () => {
    expect(() => distinctRows(pointsOf([1, 2, 1, 2, 1, 2], 2, "P.npy"))).toThrow(
      /^P\.npy: all 3 points are equal\. Give points that differ/,
    );
  });
});
