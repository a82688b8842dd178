import { describe, expect, test } from "vitest";
import {
  differentiableImbalance,
  fitFeatureWeights,
  informationImbalance,
  rankTable,
} from "../../../src/geometry/index.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { moved, pointsOf } from "../arbitrary.js";
import golden from "./differentiable.golden.json" with { type: "json" };
import { normalPoints, pointsOfRows } from "./golden.js";

const a = pointsOfRows(golden.A, "A");
const b = pointsOfRows(golden.B, "B");
const ranks = rankTable(b);
const relativeDifference = (value: number, expected: number) => Math.abs(value / expected - 1);

test("J9: ranks from 1, one's own 0", () => {
  // DADApy ranks a point itself N.
  const expected = golden.rank_matrix_B_row0_dadapy_featureweighting.map((rank) => (rank === 100 ? 0 : rank));
  expect([...ranks.ranks.subarray(0, 100)]).toEqual(expected);
  const some = rankTable(b, Int32Array.of(7, 3));
  expect([...some.ranks]).toEqual([...ranks.ranks.subarray(700, 800), ...ranks.ranks.subarray(300, 400)]);
});

describe.each(golden.cases)("golden values, weights $weights", ({ weights: given, ...expected }) => {
  const weights = Float64Array.from(given);
  test.each([
    ["J10: the automatic lambda", undefined, expected.lambda_auto],
    ["J9: lambda 0.1", 0.1, expected["lambda_0.1"]],
  ] as const)("%s", (_, lambda, { dii, gradient_dadapy, ...known }) => {
    const result = differentiableImbalance(a, ranks, weights, lambda);
    expect(relativeDifference(result.lambda, known.lambda)).toBeLessThan(1e-12);
    expect(relativeDifference(result.value, dii)).toBeLessThan(1e-12);
    for (const [c, half] of gradient_dadapy.entries()) {
      expect(relativeDifference(result.gradient[c], 2 * half)).toBeLessThan(1e-9);
      expect(Math.abs(result.gradient[c] - known.gradient_finite_difference[c])).toBeLessThan(1e-8);
      // The slope of the value itself, at the same lambda.
      const at = (step: number) =>
        differentiableImbalance(
          a,
          ranks,
          weights.map((weight, d) => (d === c ? weight + step : weight)),
          result.lambda,
        ).value;
      const step = 1e-5;
      expect(Math.abs((at(step) - at(-step)) / (2 * step) - result.gradient[c])).toBeLessThan(1e-8);
    }
  });

  test("J9: where lambda goes to 0 it is the information imbalance", () => {
    const scaled = moved(a, (row) => row.map((value, c) => value * weights[c]));
    const { imbalance } = informationImbalance(scaled, b).aToB;
    expect(relativeDifference(imbalance, expected.classic_II_A_to_B)).toBeLessThan(1e-13);
    expect(differentiableImbalance(a, ranks, weights, 1e-9).value).toBeCloseTo(imbalance, 6);
  });
});

test("J10: neither the value at the automatic lambda nor its weights' signs know a scale", () => {
  const { value } = differentiableImbalance(a, ranks, Float64Array.of(1, 0.5, 2));
  expect(differentiableImbalance(a, ranks, Float64Array.of(-4, 2, 8)).value).toBeCloseTo(value, 12);
});

test("J9: from some rows, the mean over all is that over all rows", () => {
  const weights = Float64Array.of(1, 0.5, 2);
  const whole = differentiableImbalance(a, ranks, weights, 0.1);
  const halves = [0, 50].map((first) => {
    const queries = Int32Array.from({ length: 50 }, (_, m) => first + m);
    return differentiableImbalance(a, rankTable(b, queries), weights, 0.1);
  });
  expect((halves[0].value + halves[1].value) / 2).toBeCloseTo(whole.value, 13);
  for (const c of [0, 1, 2]) {
    expect((halves[0].gradient[c] + halves[1].gradient[c]) / 2).toBeCloseTo(whole.gradient[c], 13);
  }
});

describe("weights by descent (J11)", () => {
  // B is (A_0, A_1 / 2, 0): the weights looked for are 1 : 1/2 : 0.
  const fit = fitFeatureWeights(a, b);

  test("finds what made the other space", () => {
    const [first, second, idle] = fit.weights;
    expect(second / first).toBeGreaterThan(0.4);
    expect(second / first).toBeLessThan(0.6);
    expect(idle / first).toBeLessThan(0.05);
    expect(Math.max(...fit.importance)).toBe(1);
    expect(fit.imbalance).toBeLessThan(fit.startImbalance / 2);
    expect(fit.trace).toHaveLength(101);
    expect(Math.min(...fit.trace)).toBe(fit.imbalance);
  });

  test("reports the imbalance of the weights it returns", () => {
    const again = differentiableImbalance(a, ranks, fit.weights);
    expect(again.value).toBeCloseTo(fit.imbalance, 10);
    expect(again.lambda).toBeCloseTo(fit.lambda, 10);
  });

  test("does not know the features' units, and weighs a feature that does not vary by 0", () => {
    const units = [1000, 0.01, 1];
    const other = fitFeatureWeights(
      moved(a, (row) => [...row.map((value, c) => value * units[c]), 5]),
      b,
      { steps: 20 },
    );
    const plain = fitFeatureWeights(a, b, { steps: 20 });
    expect(other.importance[3]).toBe(0);
    expect(other.weights[3]).toBe(0);
    for (const c of [0, 1, 2]) {
      expect(other.importance[c]).toBeCloseTo(plain.importance[c], 6);
      expect(other.weights[c] * units[c]).toBeCloseTo(plain.weights[c], 6);
    }
  });

  test("of many features, finds those that matter from some of the rows; l1 sets others to 0", () => {
    const stream = new PhiloxStream(5, "feature weights test");
    const code = normalPoints(400, 8, () => stream.normal());
    const result = moved(code, (row) => [row[2], row[5]]);
    const plain = fitFeatureWeights(code, result, { rows: 100 });
    expect(plain.rows).toBe(100);
    const sparse = fitFeatureWeights(code, result, { rows: 100, l1: 0.01 });
    for (const { importance } of [plain, sparse]) {
      for (const c of [2, 5]) expect(importance[c]).toBeGreaterThan(0.7);
      for (const c of [0, 1, 3, 4, 6, 7]) expect(importance[c]).toBeLessThan(0.15);
    }
    const zeros = (values: Float64Array) => values.filter((value) => value === 0).length;
    expect(zeros(plain.weights)).toBe(0);
    expect(zeros(sparse.weights)).toBe(6);
    expect(fitFeatureWeights(code, result, { rows: 100, steps: 5 })).toEqual(
      fitFeatureWeights(code, result, { rows: 100, steps: 5 }),
    );
  });

  test.each([
    ["steps", { steps: 0 }, /feature weights, steps: 0 is not an integer of at least 1/],
    ["rows", { rows: 101 }, /feature weights, rows: 101 is not an integer from 1 to 100/],
    ["l1", { l1: Number.NaN }, /feature weights, l1: NaN/],
    ["learning rate", { learningRate: 1 }, /between 0 and 1/],
  ])("refused: %s", (_, options, message) => {
    expect(() => fitFeatureWeights(a, b, options)).toThrow(message);
  });
});

describe("what is refused of a differentiable imbalance", () => {
  const weights = Float64Array.of(1, 1, 1);
  const square = pointsOf([0, 0, 0, 1, 1, 0, 1, 1], 2, "square");
  test.each([
    [
      "a weight too few",
      () => differentiableImbalance(a, ranks, weights.subarray(1)),
      /A, weights: 2 weights \[1, 1\] for 3/,
    ],
    ["a NaN", () => differentiableImbalance(a, ranks, Float64Array.of(1, Number.NaN, 1)), /\[1, NaN, 1\]/],
    [
      "lambda 0",
      () => differentiableImbalance(a, ranks, weights, 0),
      /A, lambda: 0 is not a finite number above 0/,
    ],
    [
      "ranks of other samples",
      () => differentiableImbalance(square, ranks, Float64Array.of(1, 1)),
      /100 samples, but square holds 4/,
    ],
    [
      "ties everywhere",
      () => differentiableImbalance(square, rankTable(square), Float64Array.of(1, 1)),
      /square, lambda: every sample has two nearest/,
    ],
  ])("%s", (_, act, message) => expect(act).toThrow(message));
});
