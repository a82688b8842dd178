import { expect, test } from "vitest";
import { centreRows } from "../../src/distances/centred.js";
import { altered, normalPoints, pointsOf } from "./rows.js";

test("the longest row comes between 1/2 and 1, by a power of two, wherever the rows lie (N14)", () => {
  for (const [spread, offset] of [
    [1, 0],
    [1e-90, 0],
    [1e90, 0],
    [1, 1e6],
  ]) {
    const { squaredLengths, scale } = centreRows(
      altered(normalPoints(50, 3), (value) => offset + spread * value),
    );
    const longest = Math.sqrt(Math.max(...squaredLengths));
    expect(longest).toBeGreaterThan(0.5);
    expect(longest).toBeLessThanOrEqual(1);
    expect(Number.isInteger(Math.log2(scale))).toBe(true);
  }
});

test("a row gone astray is no part of the middle: the others keep their digits (N14)", () => {
  const points = altered(normalPoints(200, 3), (value, row) => (row === 17 ? 1e6 : value));
  const { squaredLengths, scale, means } = centreRows(points);
  expect(Math.max(...means.map(Math.abs))).toBeLessThan(0.5);
  const others = squaredLengths.filter((_, row) => row !== 17);
  expect(Math.sqrt(Math.max(...others)) / scale).toBeLessThan(6);
});

test("points that all coincide have no extent, and no unit but 1", () => {
  const { squaredLengths, scale } = centreRows(pointsOf(5, 2, () => 0.25));
  expect([...squaredLengths, scale]).toEqual([0, 0, 0, 0, 0, 1]);
});
