import { expect, test } from "vitest";
import { classScores } from "../../../src/model/heads/scores.js";
import { PhiloxStream } from "../../../src/random/stream.js";

const of = (...values: number[]) => Uint32Array.from(values);

test("C1, C2: two classes by hand: 2 hits, 1 false alarm, 1 miss", () => {
  const { accuracy, f1 } = classScores(of(1, 1, 1, 0, 0), of(1, 1, 0, 1, 0), 2);
  expect(accuracy).toBeCloseTo(3 / 5, 12);
  expect(f1).toBeCloseTo(4 / 6, 12);
});

test("C2: more classes are averaged where they are there or predicted, and only there", () => {
  // Class 0: F1 1; class 1: 2 * 1 / (1 + 2); class 2: predicted once, never right; class 3: nowhere.
  const { f1 } = classScores(of(0, 1, 2), of(0, 1, 1), 4);
  expect(f1).toBeCloseTo((1 + 2 / 3 + 0) / 3, 12);
});

test("C3: a perfect head on a class of one in 13 reaches 1 - (12/13)^32, since batches without it count 0", () => {
  const stream = new PhiloxStream(0, "labels of a rare class");
  const truth = Uint32Array.from({ length: 32 * 20_000 }, () => Number(stream.integer(13) === 0));
  const { f1, f1BatchMean } = classScores(truth, truth, 2);
  expect(f1).toBe(1);
  expect(f1BatchMean).toBeCloseTo(1 - (12 / 13) ** 32, 2);
});

test("C3: always answering yes gives the published 0.6956 for E2M1's 91 of 169 and 0.8559 for E2M2's 127 of 169", () => {
  for (const [positives, published] of [
    [91, 0.6956],
    [127, 0.8559],
  ] as const) {
    const stream = new PhiloxStream(1, "labels of a frequent class");
    const truth = Uint32Array.from({ length: 32 * 20_000 }, () => Number(stream.integer(169) < positives));
    const { f1BatchMean } = classScores(new Uint32Array(truth.length).fill(1), truth, 2);
    expect(f1BatchMean).toBeCloseTo(published, 2);
  }
});

test("C3: a last batch that is not full weighs by its images", () => {
  const truth = Uint32Array.from({ length: 33 }, () => 1);
  const predicted = truth.map((_, i) => (i === 32 ? 0 : 1));
  expect(classScores(predicted, truth, 2).f1BatchMean).toBeCloseTo(32 / 33, 12);
});

test("lists that do not belong together, or a class that there is not, are refused", () => {
  expect(() => classScores(of(1), of(1, 0), 2)).toThrow(/1 predictions for 2 true classes/);
  expect(() => classScores(of(), of(), 2)).toThrow(/0 predictions for 0 true classes/);
  expect(() => classScores(of(1, 0), of(1, 2), 2)).toThrow(/class 2 is none of 2/);
  expect(() => classScores(of(3, 0), of(1, 0), 2)).toThrow(/class 3 is none of 2/);
});
