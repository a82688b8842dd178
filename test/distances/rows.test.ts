import { expect, test } from "vitest";
import { toRows } from "../../src/distances/index.js";

test("floats are taken as they lie, other numbers as float64; all axes but the first are coordinates", () => {
  const data = new Float32Array(24);
  const rows = toRows({ shape: [2, 3, 4], data }, "layer.npy");
  expect(rows).toEqual({ name: "layer.npy", count: 2, dimension: 12, coordinates: data });
  expect(rows.coordinates).toBe(data);
  expect(toRows({ shape: [3], data: Uint8Array.of(1, 2, 3) }, "bytes").coordinates).toEqual(
    Float64Array.of(1, 2, 3),
  );
});

test("no points, and what is no number, are refused", () => {
  expect(() => toRows({ shape: [3, 0], data: new Float32Array(0) }, "none.npy")).toThrow(
    "none.npy: an array of shape [3, 0] holds no points",
  );
  for (const value of [Number.NaN, Number.NEGATIVE_INFINITY, 1e101]) {
    expect(() => toRows({ shape: [2, 2], data: Float64Array.of(0, 0, 0, value) }, "layer.npy")).toThrow(
      /^layer.npy, row 1, column 1 \(both counted from 0\)/,
    );
  }
});
