import { expect, test } from "vitest";
import { meanInterval } from "../../../src/figures/parts/interval.js";

test("the 95 % interval of the mean of three seeds, and their deviation", () => {
  // Student's t with 2 degrees of freedom stays within 4.302653 with a probability of 95 %.
  const half = (4.302652729749464 * 1) / Math.sqrt(3);
  const { mean, low, high } = meanInterval([1, 2, 3], "confidence", "test");
  expect(mean).toBe(2);
  expect(low).toBeCloseTo(2 - half, 10);
  expect(high).toBeCloseTo(2 + half, 10);
  expect(meanInterval([1, 2, 3], "deviation", "test")).toEqual({ mean: 2, low: 1, high: 3 });
});

test("a single seed has no interval", () => {
  expect(meanInterval([7], "confidence", "test")).toEqual({ mean: 7, low: 7, high: 7 });
});

test.each([[[]], [[1, Number.NaN]], [[Number.POSITIVE_INFINITY]]])("%j is refused", (values) => {
  expect(() => meanInterval(values, "confidence", "here")).toThrow(/^here: /);
});
