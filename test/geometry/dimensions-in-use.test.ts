import { expect, test } from "vitest";
import { columnVariances, dimensionsInUse, USED_VARIANCE } from "../../src/geometry/dimensions-in-use.js";

/** [4, 3]: a dimension that does not vary, one with deviation 0.095, one with 0.11. */
const codes = {
  count: 4,
  dimension: 3,
  coordinates: Float64Array.from([0.1, 0, 5, 0.1, 0.19, 5.22, 0.1, 0, 5, 0.1, 0.19, 5.22]),
};

test("G17: a dimension is in use above a variance of 0.01, by default or another", () => {
  expect(USED_VARIANCE).toBe(0.01);
  expect(dimensionsInUse(codes)).toEqual([2]);
  expect(dimensionsInUse(codes, 0.009)).toEqual([1, 2]);
  expect(dimensionsInUse(codes, 0.02)).toEqual([]);
  expect(() => dimensionsInUse(codes, Number.NaN)).toThrow(/minVariance: NaN is not a variance/);
});

test("variances are exactly 0 where nothing varies, over all samples or some", () => {
  const all = columnVariances(codes);
  expect(all[0]).toBe(0);
  expect([...all]).toEqual([0, expect.closeTo(0.0361 / 3, 12), expect.closeTo(0.0484 / 3, 12)]);
  expect([...columnVariances(codes, { rows: Uint32Array.of(0, 2) })]).toEqual([0, 0, 0]);
});
