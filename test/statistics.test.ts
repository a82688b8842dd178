import { expect, test } from "vitest";
import { holm, mean, spread, studentInterval, studentQuantile, twoSidedNormal } from "../src/statistics.js";

test("two-sided normal probabilities are those of tables, far into the tail", () => {
  for (const [z, probability] of [
    [0, 1],
    [1, 0.31731050786291415],
    [-1.959963984540054, 0.05],
    [2.9999, 0.00270068256591],
    [3.0001, 0.00269890982652],
    [6, 1.9731752900753e-9],
    [20, 5.5072482372124e-89],
  ] as const) {
    expect(twoSidedNormal(z) / probability).toBeCloseTo(1, 6);
  }
  expect(twoSidedNormal(Number.POSITIVE_INFINITY)).toBe(0);
  expect(twoSidedNormal(Number.NaN)).toBeNaN();
});

test("Student's quantiles are those of tables", () => {
  for (const [confidence, freedom, t] of [
    [0.95, 1, 12.706205],
    [0.95, 2, 4.302653],
    [0.95, 3, 3.182446],
    [0.95, 4, 2.776445],
    [0.95, 9, 2.262157],
    [0.95, 30, 2.042272],
    [0.999, 1, 636.61925],
    [0.998, 2, 22.327125],
  ] as const) {
    expect(studentQuantile(confidence, freedom)).toBeCloseTo(t, 4);
  }
});

test("mean, spread and interval of a few seeds", () => {
  expect([mean([1, 2, 6]), spread([1, 2, 6]), spread([1])]).toEqual([3, Math.sqrt(7), null]);
  const [low, high] = studentInterval([1, 3], 0.95)!;
  expect([low, high]).toEqual([expect.closeTo(2 - 12.706205, 4), expect.closeTo(2 + 12.706205, 4)]);
  expect(studentInterval([1], 0.95)).toBeNull();
});

test("Holm: the smallest is multiplied by all, the next by one fewer, never below the one before", () => {
  expect(holm([0.01, 0.04, Number.NaN, 0.03])).toEqual([0.03, 0.06, Number.NaN, 0.06]);
  expect(holm([0.5, 0.9])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});
