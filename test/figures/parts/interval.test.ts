import { expect, test } from "vitest";
import { barsText, meanInterval } from "../../../src/figures/parts/interval.js";

test("the 95 % interval of the mean of three seeds, and their deviation", () => {
  // Student's t with 2 degrees of freedom stays within 4.302653 with a probability of 95 %.
  const half = (4.302652729749464 * 1) / Math.sqrt(3);
  const { mean, low, high } = meanInterval([1, 2, 3], "confidence", "test");
  expect(mean).toBe(2);
  expect(low).toBeCloseTo(2 - half, 10);
  expect(high).toBeCloseTo(2 + half, 10);
  expect(meanInterval([1, 2, 3], "deviation", "test")).toEqual({ mean: 2, low: 1, high: 3 });
});

test("the range reaches from the minimum to the maximum", () => {
  expect(meanInterval([4, 1, 1], "range", "test")).toEqual({ mean: 2, low: 1, high: 4 });
});

test("what bars mean is said in a few words, and nothing where there is none", () => {
  const rows = (...seeds: (number | "")[]) => seeds.map((count) => ({ seeds: count }));
  expect(barsText(rows(3, 3, "", 1), "confidence")).toBe("bars: 95 % interval over 3 seeds");
  expect(barsText(rows(2, 5), "range")).toBe("bars: minimum to maximum over 2 to 5 seeds");
  expect(barsText(rows(1, ""), "confidence")).toBe("");
});

test("a single seed has no interval", () => {
  expect(meanInterval([7], "confidence", "test")).toEqual({ mean: 7, low: 7, high: 7 });
});

test.each([[[]], [[1, Number.NaN]], [[Number.POSITIVE_INFINITY]]])("%j is refused", (values) => {
  expect(() => meanInterval(values, "confidence", "here")).toThrow(/^here: /);
});
