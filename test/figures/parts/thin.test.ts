import { expect, it } from "vitest";
import { thinned } from "../../../src/figures/parts/thin.js";

const of = (values: number[], maximum: number) =>
  thinned(
    values.map((value, k) => ({ k, value })),
    maximum,
    (point) => point.k,
    (point) => point.value,
  );

it("leaves a short series as it is", () => {
  expect(of([5, 3], 2)).toEqual([
    [0, 5],
    [1, 3],
  ]);
});

it("averages neighbours, each point once", () => {
  expect(of([1, 3, 5, 7, 100], 2)).toEqual([
    [0.5, 2],
    [3, 112 / 3],
  ]);
});

it("shows a value that is not finite", () => {
  expect(of([1, Number.NaN, 3, 3], 2)[0][1]).toBeNaN();
});
