import fc from "fast-check";
import { expect, test } from "vitest";
import { slicedWasserstein, transportOnLine } from "../../src/quality/index.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { golden, mapped, normalSet, setOf, x, y } from "./golden.js";

const relativeDifference = (value: number, expected: number) => Math.abs(value / expected - 1);
const sorted = (...values: number[]) => Float64Array.from(values).sort();

test("Q3: golden values on given directions", () => {
  const expected = golden.sliced_wasserstein;
  const data = Float64Array.from(expected.projections.flat());
  const { w1, w2, perProjection } = slicedWasserstein(x, y, { projections: { shape: [16, 6], data } });
  expect(relativeDifference(w1, expected.sw1)).toBeLessThan(1e-12);
  expect(relativeDifference(w2, expected.sw2)).toBeLessThan(1e-12);
  for (const [p, value] of expected.w2_squared_per_projection.entries()) {
    expect(relativeDifference(perProjection.w2Squared[p], value)).toBeLessThan(1e-12);
  }
});

test("Q3: on a line, by hand, sets of different size", () => {
  // The quantile functions 0, 6 (halves) and 1, 2, 3 (thirds): |0-1| and |0-2| below 1/2, |6-2| and |6-3| above.
  const { w1, w2Squared } = transportOnLine(sorted(0, 6), sorted(1, 2, 3));
  expect(w1).toBeCloseTo(1 / 3 + 2 / 6 + 4 / 6 + 3 / 3, 14);
  expect(w2Squared).toBeCloseTo(1 / 3 + 4 / 6 + 16 / 6 + 9 / 3, 14);
});

test("property: repeating every sample changes nothing; a set is at 0 from itself; moving costs the way", () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(values, values, fc.integer({ min: 1, max: 4 }), (a, b, times) => {
      const plain = transportOnLine(sorted(...a), sorted(...b));
      const repeated = transportOnLine(sorted(...a.flatMap((v) => new Array(times).fill(v))), sorted(...b));
      expect(repeated.w1).toBeCloseTo(plain.w1, 10);
      expect(repeated.w2Squared).toBeCloseTo(plain.w2Squared, 9);
      expect(plain.w2Squared).toBeGreaterThanOrEqual(plain.w1 ** 2 - 1e-9);
      expect(transportOnLine(sorted(...a), sorted(...a))).toEqual({ w1: 0, w2Squared: 0 });
      const moved = transportOnLine(sorted(...a), sorted(...a.map((v) => v + 3)));
      expect(moved.w1).toBeCloseTo(3, 12);
      expect(moved.w2Squared).toBeCloseTo(9, 12);
    }),
  );
});

test("Q3: drawn directions: a move by v costs |v|^2 / D on average, within their error", () => {
  const set = normalSet(new PhiloxStream(1, "sliced wasserstein test"), 50, 4);
  const moved = mapped(set, ([a, b, c, d]) => [a + 3, b, c, d + 4]);
  const { w2, standardErrors, perProjection } = slicedWasserstein(set, moved);
  expect(perProjection.w1).toHaveLength(256);
  expect(Math.abs(w2 - Math.sqrt(25 / 4))).toBeLessThan(4 * standardErrors.w2);
  expect(standardErrors.w2).toBeLessThan(0.15);
  expect(slicedWasserstein(set, moved, { seed: 1 }).w2).not.toBe(w2);
  expect(slicedWasserstein(set, moved).w2).toBe(w2);
  expect(slicedWasserstein(set, set)).toMatchObject({ w1: 0, w2: 0, standardErrors: { w1: 0, w2: 0 } });
});

test("Q3: a direction's length does not matter", () => {
  const along = (length: number) => ({ shape: [1, 6], data: Float64Array.of(0, length, 0, 0, 0, 0) });
  expect(slicedWasserstein(x, y, { projections: along(4) }).w2).toBe(
    slicedWasserstein(x, y, { projections: along(1) }).w2,
  );
});

test("refused: samples of another dimension, and what is no direction", () => {
  expect(() => slicedWasserstein(x, setOf([[1], [2]], "other.npy"))).toThrow(/other\.npy: it has 1 features/);
  const flat = { shape: [1, 6], data: new Float64Array(6) };
  expect(() => slicedWasserstein(x, y, { projections: flat })).toThrow(/a direction has length 0/);
  const narrow = { shape: [2, 3], data: new Float64Array(6) };
  expect(() => slicedWasserstein(x, y, { projections: narrow })).toThrow(
    /shape \[2, 3\] does not hold directions in 6/,
  );
  expect(() => slicedWasserstein(x, y, { projections: 0 })).toThrow(
    /projections: 0 is not an integer of at least 1/,
  );
});
