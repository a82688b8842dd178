import fc from "fast-check";
import { expect, test } from "vitest";
import { equalWidthBins } from "../../src/disentanglement/bins.js";
import { contingencyTable } from "../../src/disentanglement/discrete-information.js";
import { entropyOfCounts, mutualInformationOfCounts } from "../../src/disentanglement/index.js";
import { UserError } from "../../src/errors.js";
import { toPoints } from "../../src/geometry/index.js";

const table = (...rows: number[][]) => ({
  shape: [rows.length, rows[0].length],
  data: Float64Array.from(rows.flat()),
});

test("M2: entropy and mutual information of counts by hand", () => {
  expect(entropyOfCounts([5, 5])).toBeCloseTo(Math.LN2, 14);
  expect(entropyOfCounts([7, 0, 0])).toBe(0);
  expect(entropyOfCounts([1, 2, 1])).toBeCloseTo(1.5 * Math.LN2, 14);
  expect(mutualInformationOfCounts(table([3, 0], [0, 3]))).toBeCloseTo(Math.LN2, 14);
  expect(mutualInformationOfCounts(table([1, 2], [2, 4]))).toBe(0);
  // Shares 1/4, 1/4, 0, 1/2: 1/4 ln 2 + 1/4 ln(2/3) + 1/2 ln(4/3).
  expect(mutualInformationOfCounts(table([1, 1], [0, 2]))).toBeCloseTo(
    Math.log(2) / 4 + Math.log(2 / 3) / 4 + Math.log(4 / 3) / 2,
    14,
  );
});

test("M2: property: symmetric, at most either entropy, and that of a variable with itself", () => {
  const values = fc.array(fc.tuple(fc.nat(3), fc.nat(4)), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(values, (pairs) => {
      const a = Uint32Array.from(pairs, ([value]) => value);
      const b = Uint32Array.from(pairs, ([, value]) => value);
      const both = contingencyTable(a, 4, b, 5);
      const result = mutualInformationOfCounts(both);
      expect(result).toBeCloseTo(mutualInformationOfCounts(contingencyTable(b, 5, a, 4)), 12);
      const entropy = (of: Uint32Array) => mutualInformationOfCounts(contingencyTable(of, 5, of, 5));
      expect(result).toBeLessThanOrEqual(Math.min(entropy(a), entropy(b)) + 1e-12);
      const counts = new Float64Array(5);
      for (const value of b) counts[value] += 1;
      expect(entropy(b)).toBeCloseTo(entropyOfCounts(counts), 12);
    }),
  );
});

test("M2: counts of any size have the information of their shares; what is no count is refused", () => {
  for (const unit of [1e308, Number.MAX_VALUE, 1e-300, 5e-324]) {
    expect(entropyOfCounts([unit, unit])).toBeCloseTo(Math.LN2, 14);
    expect(mutualInformationOfCounts(table([unit, 0], [0, unit]))).toBeCloseTo(Math.LN2, 14);
    expect(mutualInformationOfCounts(table([unit, unit], [unit, unit]))).toBe(0);
  }
  expect(mutualInformationOfCounts(table([1e-200, 0], [0, 1]))).toBeLessThan(1e-190);
  expect(mutualInformationOfCounts(table([5e-324, 0], [0, 1e308]))).toBe(0);
  expect(entropyOfCounts([0, 0])).toBe(0);
  expect(mutualInformationOfCounts(table([0, 0], [0, 0]))).toBe(0);
  for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => entropyOfCounts([2, bad])).toThrow(UserError);
    expect(() => entropyOfCounts([2, bad])).toThrow(/counts, 1 \(counted from 0\): .* is not a count/);
    expect(() => mutualInformationOfCounts(table([1, 2], [bad, 4]))).toThrow(/counts, 2 .* is not a count/);
  }
  const list = { shape: [4], data: Float64Array.of(1, 2, 3, 4) };
  expect(() => mutualInformationOfCounts(list)).toThrow(/shape \[4\] is no table of counts/);
});

const binned = (values: readonly number[], bins: number) => [
  ...equalWidthBins(
    toPoints({ shape: [values.length], data: Float64Array.from(values) }),
    0,
    Uint32Array.from(values.keys()),
    bins,
  ),
];

test("M2: bins of equal width, the maximum in the last, edges as NumPy has them", () => {
  expect(binned([0, 1, 2, 3, 4], 2)).toEqual([0, 0, 1, 1, 1]);
  expect(binned([5, 5, 5], 20)).toEqual([0, 0, 0]);
  expect(binned([-1, 1, 0.99, -0.5], 4)).toEqual([0, 3, 3, 1]);
  // import numpy as np; np.digitize(x, np.histogram(x, 20)[1][:-1]) - 1, where 3 * 0.1 is an edge above 0.3.
  const tenths = Array.from({ length: 21 }, (_, k) => k * 0.1);
  expect(binned(tenths, 20)).toEqual([...Array(20).keys(), 19]);
  expect(binned([0, 0.3, 2], 20)).toEqual([0, 2, 19]);
});
