import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { factorVaeScore, mutualInformationGap, toFactors } from "../../src/disentanglement/index.js";
import { UserError } from "../../src/errors.js";
import { type Points, toPoints } from "../../src/geometry/index.js";
import { columns, completeGrid, DSPRITES, drawnFrom, indexCode, noise, shuffledRows } from "./constructed.js";

test("M4: the factors' own indices on the whole grid of dSprites are told every time", () => {
  const { codes, factors } = indexCode(completeGrid(DSPRITES));
  const result = factorVaeScore(codes, factors);
  expect(result).toMatchObject({ score: 1, trainingScore: 1, activeDimensions: [0, 1, 2, 3, 4], notes: [] });
  expect(result.factorOfDimension).toEqual(["0", "1", "2", "3", "4"]);
  const votes = Array.from(result.votes.data);
  expect(votes.reduce((sum, count) => sum + count)).toBe(10_000);
  // A factor is drawn as often as another: 2,000 times, within four standard errors.
  for (const f of [0, 1, 2, 3, 4]) expect(Math.abs(votes[6 * f] - 2000)).toBeLessThan(4 * Math.sqrt(1600));
});

test("M4: by chance for noise, and for codes of other samples", () => {
  // Rows enough that those of equal value do not vary less by accident.
  const grid = drawnFrom(DSPRITES, 40_000);
  const { codes, factors } = indexCode(grid);
  for (const code of [noise(40_000, 10), shuffledRows(codes)]) {
    const { score } = factorVaeScore(code, factors);
    // A fifth, give or take four times sqrt(0.16 / 5000), and what the dimensions' majorities find in the rows at hand.
    expect(score).toBeGreaterThan(0.177);
    expect(score).toBeLessThan(0.24);
  }
});

describe("a code that holds one of three factors, and something else", () => {
  // Of four independent causes the first three are the factors; the code knows the first and the last.
  const grid = completeGrid([8, 8, 8, 8]);
  const factors = toFactors({
    shape: [grid.shape[0], 3],
    data: columns(grid, [0, 1, 2]).coordinates,
  });

  test("M4: votes on its factor are right; the others fall on either dimension, and the second takes one of them", () => {
    const result = factorVaeScore(columns(grid, [0, 3]), factors, { seed: 5 });
    // 1/3 + 1/3 * 1/2, within four standard errors.
    expect(Math.abs(result.score - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 5000));
    expect(result.factorOfDimension[0]).toBe("0");
    expect(["1", "2"]).toContain(result.factorOfDimension[1]);
  });

  test("M4: the order of dimensions does not matter, nor do scale and position", () => {
    const options = { trainingVotes: 1000, evaluationVotes: 500 };
    // With noise, as of equal variances the first dimension has the vote.
    const { coordinates, count } = columns(grid, [0, 3]);
    const scatter = noise(count, 2).coordinates;
    const data = coordinates.map((value, k) => value + 0.5 * scatter[k]);
    const code = { shape: [count, 2], data };
    const plain = factorVaeScore(toPoints(code), factors, options);
    expect(factorVaeScore(columns(code, [1, 0]), factors, options).score).toBe(plain.score);
    const moved = data.map((value, k) => (k % 2 === 0 ? 4 - 2 * value : 16 * value));
    const other = factorVaeScore(toPoints({ shape: [count, 2], data: moved }), factors, options);
    expect(other.score).toBe(plain.score);
  });

  test("M4: the seed draws everything", () => {
    const options = { trainingVotes: 1000, evaluationVotes: 500 };
    const score = (seed: number) => factorVaeScore(columns(grid, [0, 3]), factors, { ...options, seed });
    expect(score(1)).toEqual(score(1));
    expect(score(1).votes).not.toEqual(score(2).votes);
  });
});

describe("rows that are no grid", () => {
  const of = (...data: number[]) =>
    toFactors({ shape: [data.length], data: Float64Array.from(data) }, "F.npy");
  const code = (...data: number[]) =>
    toPoints({ shape: [data.length], data: Float64Array.from(data) }, "C.npy");

  test("M4: idle dimensions take no votes; without any other the score is 0, and says so", () => {
    const values = Float64Array.from({ length: 20 }, (_, k) => (k % 2 === 0 ? 0.01 * k : 1));
    const small = toPoints({ shape: [10, 2], data: values });
    const factors = of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
    const result = factorVaeScore(small, factors, { activeStandardDeviation: 0.1 });
    expect(result).toMatchObject({
      score: 0,
      activeDimensions: [],
      factorOfDimension: [undefined, undefined],
    });
    expect(result.notes).toEqual(["no dimension has a standard deviation of at least 0.1: the score is 0"]);
    // The deviation of the first is 0.0606; the second does not vary at all, whatever the threshold.
    expect(factorVaeScore(small, factors).activeDimensions).toEqual([0]);
    expect(factorVaeScore(small, factors, { activeStandardDeviation: 0 }).activeDimensions).toEqual([0]);
    expect(factorVaeScore(code(3, 3, 3, 3), of(0, 0, 1, 1), { activeStandardDeviation: 0 }).score).toBe(0);
  });

  test("M4: samples alone with their value do not vote, and are counted", () => {
    const result = factorVaeScore(code(1, 2, 3, 4, 5), of(0, 0, 1, 1, 7));
    expect(result.notes).toEqual([
      "F.npy, factor 0: 1 of 5 samples share their value with no other, and are not used in votes",
    ]);
    expect(() => factorVaeScore(code(1, 2, 3), of(0, 1, 2))).toThrow(
      /^F\.npy, factor 0: no two samples share a value/,
    );
  });

  test("M4: what cannot be measured is refused in one line", () => {
    expect(() => factorVaeScore(code(1, 2, 3), of(0, 1))).toThrow(
      /^F\.npy: it holds 2 samples, but C\.npy holds 3/,
    );
    expect(() => factorVaeScore(code(1, 2), of(4, 4))).toThrow(/^F\.npy, factor 0: it is 4 in all samples/);
    for (const option of ["trainingVotes", "evaluationVotes", "rowsPerVote", "varianceSamples"]) {
      expect(() => factorVaeScore(code(1, 2, 3), of(0, 0, 1), { [option]: 0 })).toThrow(
        new RegExp(`^FactorVAE score, ${option}: 0 is not an integer of at least`),
      );
    }
    for (const activeStandardDeviation of [Number.NaN, -1]) {
      expect(() => factorVaeScore(code(1, 2, 3), of(0, 0, 1), { activeStandardDeviation })).toThrow(
        /^FactorVAE score, activeStandardDeviation: .* is not a number of at least 0/,
      );
    }
    expect(() => factorVaeScore(code(1, 2, 3), of(0, 0, 1), { seed: -1 })).toThrow(UserError);
  });
});

test("property: any codes and integers are scored from 0 to 1, or refused in one line", () => {
  const orRefusal = <Result>(measure: () => Result): Result | undefined => {
    try {
      return measure();
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).message).not.toContain("\n");
      return undefined;
    }
  };
  const value = fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, 1e-320, 1e100, -1e100, 1e-90));
  const input = fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 }))
    .chain(([count, dimension, width]) =>
      fc.tuple(
        fc.constant([count, dimension, width] as const),
        fc.array(value, { minLength: count * dimension, maxLength: count * dimension }),
        fc.array(fc.integer({ min: -2, max: 2 }), { minLength: count * width, maxLength: count * width }),
      ),
    );
  fc.assert(
    fc.property(input, ([[count, dimension, width], codes, causes]) => {
      const points: Points | undefined = orRefusal(() =>
        toPoints({ shape: [count, dimension], data: Float64Array.from(codes) }),
      );
      const factors = orRefusal(() => toFactors({ shape: [count, width], data: Int32Array.from(causes) }));
      if (!points || !factors) return;
      const votes = { trainingVotes: 20, evaluationVotes: 10, rowsPerVote: 4 };
      for (const score of [
        orRefusal(() => factorVaeScore(points, factors, votes))?.score ?? 0,
        orRefusal(() => mutualInformationGap(points, factors))?.mig ?? 0,
      ]) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1 + 1e-12);
      }
    }),
    { numRuns: 500 },
  );
});
