import { expect, test } from "vitest";
import { kernelDistance, squaredKernelDistance } from "../../src/quality/index.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { golden, mapped, normalSet, setOf, x, y } from "./golden.js";

const relativeDifference = (value: number, expected: number) => Math.abs(value / expected - 1);

test("Q2: golden values, of different and of identical sets", () => {
  const expected = golden.well_conditioned.kid_poly3.mmd2_unbiased;
  expect(relativeDifference(squaredKernelDistance(x, y), expected)).toBeLessThan(1e-11);
  // Below 0, as pairs of a sample with itself count between the sets but not within.
  expect(relativeDifference(squaredKernelDistance(x, x), golden.identical.kid_poly3_unbiased)).toBeLessThan(
    1e-11,
  );
});

test("Q2: by hand, of one feature", () => {
  // Kernels (ab + 1)^3: within 1 and 8 (0 with 1, 1 with 2 would be 27), between 1 (0 with anything), 8 and 27.
  const value = squaredKernelDistance(setOf([[0], [1]]), setOf([[1], [2]]));
  expect(value).toBeCloseTo(1 + 27 - (2 * (1 + 1 + 8 + 27)) / 4, 12);
});

/** The distance of two sets of n rows whose numbers are whole multiples of 2^-40, without rounding. */
function exactDistance(a: readonly number[][], b: readonly number[][]): number {
  const whole = (rows: readonly number[][]) => rows.map((row) => row.map((value) => BigInt(value * 2 ** 40)));
  const [n, dimension] = [BigInt(a.length), BigInt(a[0].length)];
  const one = dimension << 80n;
  const kernel = (x: bigint[], y: bigint[]) =>
    (x.reduce((sum, value, c) => sum + value * y[c], 0n) + one) ** 3n;
  const sums = (x: bigint[][], y: bigint[][], self: boolean) =>
    x.reduce((all, p, i) => y.reduce((sum, q, j) => (self && i === j ? sum : sum + kernel(p, q)), all), 0n);
  const [x, y] = [whole(a), whole(b)];
  const numerator = (sums(x, x, true) + sums(y, y, true)) * n - 2n * sums(x, y, false) * (n - 1n);
  // To 60 digits behind the point.
  return Number((numerator * 10n ** 60n) / (n * n * (n - 1n) * one ** 3n)) / 1e60;
}

test.each([
  [0, 1],
  [1, 1],
  [0, 1e-6],
  [1e3, 1],
  [1e6, 1],
  [1e6, 1e-3],
  [-1e8, 1],
])("Q2: about %d, of differences of %d, to the digits of the features", (offset, size) => {
  const stream = new PhiloxStream(3, "kid test");
  // Whole multiples of 2^-25, which float64 has up to 1e8; the first set is wider, so that there is a distance.
  const rows = (width: number) =>
    Array.from({ length: 40 }, () =>
      Array.from({ length: 3 }, () => Math.round((offset + width * stream.uniform()) * 2 ** 25) / 2 ** 25),
    );
  const [a, b] = [rows(2 * size), rows(size)];
  const expected = exactDistance(a, b);
  expect(relativeDifference(squaredKernelDistance(setOf(a), setOf(b)), expected)).toBeLessThan(1e-10);
});

test("Q2: blocks average about the value of all samples, within their error", () => {
  const all = squaredKernelDistance(x, y);
  const result = kernelDistance(x, y, { blocks: 200, blockSize: 50 });
  expect(result).toMatchObject({ blocks: 200, blockSize: 50 });
  // Around the samples at hand only the first part of the error remains, deviation / sqrt(blocks).
  expect(Math.abs(result.distance - all)).toBeLessThan((4 * result.blockDeviation) / Math.sqrt(200));
  expect(kernelDistance(x, y, { blocks: 5 })).toEqual(kernelDistance(x, y, { blocks: 5 }));
  expect(kernelDistance(x, y, { blocks: 5 }).blockSize).toBe(125);
  expect(kernelDistance(x, y, { blocks: 5, seed: 1 }).distance).not.toBe(
    kernelDistance(x, y, { blocks: 5 }).distance,
  );
});

test("Q2: the standard error tells how far estimates fall from the truth", () => {
  const stream = new PhiloxStream(7, "kid test");
  const squares: number[] = [];
  // Normal features, variance 1, and the same moved by 1: with D = 2 the truth follows from E (x.y / 2 + 1)^3 over moments.
  const kernel = (mx: number, my: number) => {
    // x.y with x ~ N(mx 1, I), y ~ N(my 1, I): mean 2 mx my, and central moments by the law of total expectation.
    const mean = 2 * mx * my;
    const variance = 2 * (mx * mx + my * my + 1);
    const third = 2 * 6 * mx * my;
    const [m, v, t] = [mean / 2 + 1, variance / 4, third / 8];
    return m ** 3 + 3 * m * v + t;
  };
  const truth = kernel(0, 0) + kernel(1, 1) - 2 * kernel(0, 1);
  let sum = 0;
  for (let trial = 0; trial < 60; trial++) {
    const a = normalSet(stream, 80, 2);
    const b = mapped(normalSet(stream, 80, 2), (row) => row.map((value) => value + 1));
    const { distance, standardError } = kernelDistance(a, b, { blocks: 30, blockSize: 20, seed: trial });
    squares.push(((distance - truth) / standardError) ** 2);
    sum += (distance - truth) / standardError;
  }
  const square = squares.reduce((total, value) => total + value, 0) / squares.length;
  expect(Math.abs(sum / 60)).toBeLessThan(0.6);
  expect(square).toBeGreaterThan(0.4);
  expect(square).toBeLessThan(2.2);
});

test("refused: other features, too few samples, blocks of everything, features beyond float64", () => {
  expect(() => kernelDistance(x, setOf([[1], [2], [3], [4]], "other.npy"))).toThrow(
    /other\.npy: it has 1 features/,
  );
  const three = setOf([[1], [2], [3]], "three.npy");
  expect(() => kernelDistance(three, three)).toThrow(/three\.npy: it holds 3 samples; at least 4/);
  expect(() => kernelDistance(x, y, { blockSize: 250 })).toThrow(/blocks of 250 out of 250 samples/);
  expect(() => kernelDistance(x, y, { blocks: 1 })).toThrow(
    /kernel distance, blocks: 1 is not an integer of at least 2/,
  );
  const huge = setOf([[1e90], [2e90], [3e90], [5e90]], "huge.npy");
  expect(() => squaredKernelDistance(huge, huge)).toThrow(/huge\.npy: its features.*cubes leave float64/);
});
