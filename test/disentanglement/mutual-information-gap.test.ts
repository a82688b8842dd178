import { expect, test } from "vitest";
import { migRows, mutualInformationGap, toFactors } from "../../src/disentanglement/index.js";
import { toPoints } from "../../src/geometry/index.js";
import {
  columns,
  completeGrid,
  DSPRITES,
  drawnFrom,
  indexCode,
  noise,
  rotated,
  shuffledRows,
  standardised,
} from "./constructed.js";

const gaps = (result: ReturnType<typeof mutualInformationGap>) => result.byFactor.map(({ gap }) => gap);

test("M3: the factors' own indices on the whole grid of dSprites, in closed form", () => {
  const { codes, factors } = indexCode(completeGrid(DSPRITES));
  const result = mutualInformationGap(codes, factors, { samples: codes.count });
  // No chance: other dimensions tell nothing. 20 bins hold 40 values by twos; of 32 values, 12 bins hold two and 8 one.
  const expected = [1, 1, Math.log(20) / Math.log(40), 0.85, 0.85];
  for (const [f, gap] of gaps(result).entries()) expect(gap).toBeCloseTo(expected[f], 10);
  expect(result.byFactor.map(({ dimension }) => dimension)).toEqual([0, 1, 2, 3, 4]);
  expect(result).toMatchObject({ samples: 737_280, bins: 20 });

  // By default 10,000 of the samples, as in the reference: the numbers simulated there.
  const drawn = mutualInformationGap(codes, factors);
  const simulated = [0.998, 0.997, 0.802, 0.842, 0.842];
  // Chance moves them by about 0.001: an entropy by 0.003 / 3.47 (32 values), the information of an idle dimension by
  // sqrt(2 * 741) / 20,000 = 0.002 of 3.69 nats (40 values, 20 bins).
  for (const [f, gap] of gaps(drawn).entries()) expect(Math.abs(gap - simulated[f])).toBeLessThan(0.004);
  expect(Math.abs(drawn.mig - 0.896)).toBeLessThan(0.002);
  expect(drawn.samples).toBe(10_000);
});

const ROWS = 10_000;
const grid = drawnFrom(DSPRITES, ROWS);
const { codes, factors } = indexCode(grid);
const own = mutualInformationGap(codes, factors);

test("M3: dimensions of noise have no gap, nor has a code of other samples", () => {
  expect(mutualInformationGap(noise(ROWS, 10), factors).mig).toBeLessThan(0.002);
  expect(mutualInformationGap(shuffledRows(codes), factors).mig).toBeLessThan(0.002);
});

test("M3: the order of dimensions does not matter; turning a code lowers it", () => {
  const reordered = mutualInformationGap(columns(grid, [4, 2, 0, 1, 3]), factors);
  expect(gaps(reordered)).toEqual(gaps(own));
  expect(reordered.byFactor.map(({ dimension }) => dimension)).toEqual([2, 3, 1, 4, 0]);
  // Of dimensions of equal variance, so that none drowns the others.
  for (const seed of [1, 2, 3]) {
    expect(mutualInformationGap(rotated(standardised(codes), seed), factors).mig).toBeLessThan(own.mig / 4);
  }
});

test("M3: sign, scale and position of a dimension do not matter", () => {
  const plain = noise(500, 3);
  const causes = drawnFrom([2, 3, 5], 500);
  // Each dimension tells something of its factor.
  for (let k = 0; k < plain.coordinates.length; k++) plain.coordinates[k] += causes.data[k];
  const moved = plain.coordinates.map((value, k) => [-3, 8, 0.01][k % 3] * value + [5, 0, -7][k % 3]);
  const before = mutualInformationGap(plain, toFactors(causes));
  const after = mutualInformationGap(toPoints({ shape: [500, 3], data: moved }), toFactors(causes));
  expect(before.mig).toBeGreaterThan(0.1);
  expect(after.mig).toBeCloseTo(before.mig, 10);
});

test("M3: a second dimension that tells as much closes the gap; a single one has no second", () => {
  const twice = mutualInformationGap(columns(grid, [0, 1, 2, 3, 4, 0]), factors);
  expect(twice.byFactor[0].gap).toBe(0);
  expect(gaps(twice).slice(1)).toEqual(gaps(own).slice(1));
  const alone = mutualInformationGap(
    columns(grid, [0]),
    toFactors({ shape: [ROWS], data: columns(grid, [0]).coordinates }),
  );
  expect(alone.mig).toBeCloseTo(1, 12);
  expect(alone.byFactor[0]).toMatchObject({
    dimension: 0,
    secondDimension: undefined,
    secondInformationNats: 0,
  });
  // A dimension that never moves tells nothing.
  const idle = toPoints({ shape: [ROWS, 1], data: new Float64Array(ROWS).fill(3) });
  expect(mutualInformationGap(idle, factors).mig).toBe(0);
});

test("M3: samples and seed choose rows; all are used where there are no more", () => {
  expect(migRows(4)).toEqual(Uint32Array.of(0, 1, 2, 3));
  const rows = migRows(1000, 100, 7);
  expect(new Set(rows).size).toBe(100);
  expect(migRows(1000, 100, 7)).toEqual(rows);
  expect(migRows(1000, 100, 8)).not.toEqual(rows);
  expect(mutualInformationGap(codes, factors, { samples: ROWS, seed: 9 })).toEqual(own);
  const few = mutualInformationGap(codes, factors, { samples: 2000, seed: 1 });
  expect(few.samples).toBe(2000);
  expect(few.mig).not.toBe(own.mig);
});

test("M1, M3: what cannot be measured is refused in one line", () => {
  const four = toPoints({ shape: [4, 1], data: Float64Array.of(1, 2, 3, 4) }, "C.npy");
  const of = (...data: number[]) =>
    toFactors({ shape: [data.length], data: Float64Array.from(data) }, "F.npy");
  expect(() => mutualInformationGap(four, of(0, 1, 0))).toThrow(
    /^F\.npy: it holds 3 samples, but C\.npy holds 4\./,
  );
  expect(() => mutualInformationGap(four, of(2, 2, 2, 2))).toThrow(
    /^F\.npy, factor 0: it is 2 in all samples\./,
  );
  expect(() => of(0, 1, 0.5, 1)).toThrow(
    /^F\.npy, row 2, column 0 \(both counted from 0\): .* 0\.5 is not an integer/,
  );
  expect(() => of(0, Number.NaN)).toThrow(/row 1, column 0 .* NaN is not an integer/);
  expect(() => of(1)).toThrow(/^F\.npy: an array of shape \[1\] is not a table of factors/);
  expect(() => mutualInformationGap(four, of(0, 1, 0, 1), { bins: 1 })).toThrow(
    /^MIG, bins: 1 is not an integer/,
  );
  expect(() => mutualInformationGap(four, of(0, 1, 0, 1), { samples: 1.5 })).toThrow(/^MIG, samples: 1\.5/);
  const rare = Float64Array.from({ length: 1000 }, (_, i) => Number(i === 500));
  expect(() =>
    mutualInformationGap(noise(1000, 2), toFactors({ shape: [1000], data: rare }), { samples: 10 }),
  ).toThrow(/^factors, factor 0: it does not vary in the 10 samples drawn of 1000\./);
});
