import { describe, expect, test } from "vitest";
import { chooseRows } from "../../../src/data/dsprites/choose-rows.js";
import { dependentSubset } from "../../../src/data/dsprites/dependent-subset.js";
import { excludedBinPairs } from "../../../src/data/dsprites/excluded-pairs.js";
import { DSPRITES_SIZES, gridFactors, gridLength } from "../../../src/data/dsprites/grid.js";

/** As (factor i, factor j):(bin a, bin b), factors counted from 0; the authors' code drawn with NumPy. */
const SEED_42 = `(0,1):(1,2) (0,1):(2,2) (0,2):(2,1) (0,3):(1,1) (0,3):(2,0) (0,4):(0,1) (0,4):(1,0) (0,4):(1,2) (1,2):(2,0)
  (1,2):(2,2) (1,3):(0,2) (1,3):(1,0) (1,3):(2,0) (1,3):(3,1) (1,3):(3,3) (1,4):(0,3) (1,4):(2,2) (2,3):(0,2) (2,3):(0,3)
  (2,3):(1,0) (2,3):(3,1) (2,4):(2,3) (3,4):(0,0) (3,4):(1,0)`;
const SEED_1290 = `(0,1):(1,2) (0,1):(2,3) (0,2):(1,0) (0,2):(2,1) (0,3):(1,1) (0,4):(1,1) (0,4):(2,3) (1,2):(0,3) (1,2):(1,2)
  (1,2):(2,2) (1,2):(3,3) (1,3):(0,1) (1,3):(3,0) (1,3):(3,1) (1,4):(0,2) (1,4):(1,0) (2,3):(1,1) (2,3):(2,3) (2,4):(0,1)
  (2,4):(1,2) (2,4):(3,3) (3,4):(1,0) (3,4):(1,2) (3,4):(2,0) (3,4):(2,3)`;

describe("D24: the dependent subsets of dSprites", () => {
  test.each([
    [42, SEED_42, 24, 124_800, 0.1693, 1.4398],
    [1290, SEED_1290, 25, 108_160, 0.1467, 1.4868],
  ])("seed %i", (seed, listed, pairs, count, fraction, totalCorrelation) => {
    const subset = dependentSubset(seed);
    const written = subset.excluded.map(({ factors, bins }) => `(${factors.join()}):(${bins.join()})`);
    expect(written).toEqual(listed.split(/\s+/));
    expect(written).toHaveLength(pairs);
    expect(subset.rows).toHaveLength(count);
    expect(subset.keptFraction).toBeCloseTo(fraction, 4);
    expect(subset.totalCorrelationNats).toBeCloseTo(totalCorrelation, 4);
  });

  test("no row that stays lies in an excluded pair of bins, every other row stays", () => {
    const { rows, excluded } = dependentSubset(1290);
    // Value to bin, written out for dSprites: shape by itself, scale in 2, 2, 1, 1, the others in quarters.
    const binOf = [
      (shape: number) => shape,
      (scale: number) => [0, 0, 1, 1, 2, 3][scale],
      (orientation: number) => Math.floor(orientation / 10),
      (position: number) => Math.floor(position / 8),
      (position: number) => Math.floor(position / 8),
    ];
    // Every 7th row, which meets every value of every factor.
    const all = Uint32Array.from({ length: 105_325 }, (_, k) => 7 * k);
    const factors = gridFactors(all, DSPRITES_SIZES);
    const outside = all.filter((_, k) => {
      const bins = binOf.map((bin, factor) => bin(factors[5 * k + factor]));
      return !excluded.some(({ factors: [i, j], bins: [a, b] }) => bins[i] === a && bins[j] === b);
    });
    expect(rows.filter((row) => row % 7 === 0)).toEqual(outside);
  });

  test("other grids: bins of four wherever there are four values, and nothing excluded is no dependence", () => {
    // The same draws, as every factor has as many bins as in dSprites.
    expect(excludedBinPairs(42, [3, 4, 12, 16, 16])).toEqual(excludedBinPairs(42));
    for (const { factors, bins } of excludedBinPairs(7, [2, 1, 3, 5, 9])) {
      expect(bins[0]).toBeLessThan([2, 1, 3, 4, 4][factors[0]]);
      expect(bins[1]).toBeLessThan([2, 1, 3, 4, 4][factors[1]]);
    }
    const seed = [...Array(200).keys()].find((k) => excludedBinPairs(k, [2, 2]).length === 0)!;
    const whole = dependentSubset(seed, [2, 2]);
    expect(whole.rows).toEqual(Uint32Array.of(0, 1, 2, 3));
    expect(whole.keptFraction).toBe(1);
    expect(whole.totalCorrelationNats).toBeCloseTo(0, 12);
  });

  test("a subset without a row is refused", () => {
    const seed = [...Array(200).keys()].find((k) => excludedBinPairs(k, [1, 1]).length === 1)!;
    expect(() => dependentSubset(seed, [1, 1])).toThrow(/no row of the grid 1 x 1 stays/);
  });
});

describe("D22: rows of a grid", () => {
  test("the last factor is the fastest", () => {
    const rows = Uint32Array.of(0, 1, 32, 1024, 40_960, 245_760, 737_279);
    expect([...gridFactors(rows, DSPRITES_SIZES)]).toEqual(
      [
        [0, 0, 0, 0, 0],
        [0, 0, 0, 0, 1],
        [0, 0, 0, 1, 0],
        [0, 0, 1, 0, 0],
        [0, 1, 0, 0, 0],
        [1, 0, 0, 0, 0],
        [2, 5, 39, 31, 31],
      ].flat(),
    );
    expect(gridLength(DSPRITES_SIZES)).toBe(737_280);
  });

  test("samples are different rows of the subset in random order; more begin with the fewer", () => {
    const choose = (samples: number, seed = 3) =>
      chooseRows(DSPRITES_SIZES, { subset: "dependent-42", samples, seed }, "a test");
    const few = choose(1000);
    expect(choose(5000).subarray(0, 1000)).toEqual(few);
    expect(choose(1000, 4)).not.toEqual(few);
    expect(new Set(few).size).toBe(1000);
    const inSubset = new Set(dependentSubset(42).rows);
    expect(few.every((row) => inSubset.has(row))).toBe(true);
    // As many in each quarter of the order, up to chance, as in the whole: the order is random.
    const shapes = gridFactors(choose(20_000), DSPRITES_SIZES).filter((_, k) => k % 5 === 0);
    const early = shapes.subarray(0, 10_000).filter((shape) => shape === 0).length;
    const late = shapes.subarray(10_000).filter((shape) => shape === 0).length;
    expect(Math.abs(early - late)).toBeLessThan(4.5 * Math.sqrt(5000));
  });

  test.each([
    [{ subset: "dependent" }, /subset "dependent": not understood: a subset is all, or dependent-/],
    [{ subset: "dependent-4294967296" }, /its seed is above 2\^32 - 1/],
    [{ samples: 0 }, /samples 0: .* Give a number from 1 to 737280/],
    [{ subset: "dependent-1290", samples: 108_161 }, /samples 108161: .* has 108160 different images/],
  ])("%j is refused", (choice, message) => {
    expect(() => chooseRows(DSPRITES_SIZES, choice, "a test")).toThrow(message);
  });
});
