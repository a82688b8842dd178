import { expect, test } from "vitest";
import { crossEntropy, doubleSoftmax } from "../../../src/model/heads/loss.js";
import { headWeight } from "../../../src/model/heads/weight.js";
import { mean } from "../../../src/tensor/operations/reduce.js";
import { constant, type Tensor } from "../../../src/tensor/tensor.js";
import { evaluate } from "../../tensor/evaluate.js";

const rows = (values: number[][]) =>
  constant(Float32Array.from(values.flat()), [values.length, values[0]!.length]);
const oneHot = (k: number, of: number) => Array.from({ length: of }, (_, i) => Number(i === k));
const lossOf = async (tensor: Tensor) => (await evaluate({ loss: mean(tensor) }, new Map())).loss[0];

test("L5: one output is the log-odds of class 1; large ones do not overflow", async () => {
  const loss = await lossOf(crossEntropy(rows([[0], [3], [-200], [200]]), rows([[1], [0], [0], [0]])));
  expect(loss).toBeCloseTo((Math.log(2) + Math.log(1 + Math.exp(3)) + 0 + 200) / 4, 4);
});

test("L6: a guess among K classes costs log K, a sure right answer nothing", async () => {
  expect(await lossOf(crossEntropy(rows([oneHot(0, 25).fill(0)]), rows([oneHot(7, 25)])))).toBeCloseTo(
    Math.log(25),
    5,
  );
  const sure = oneHot(7, 25).map((value) => 100 * value);
  expect(await lossOf(crossEntropy(rows([sure]), rows([oneHot(7, 25)])))).toBeCloseTo(0, 5);
});

test("L7: the double softmax lies between the published 2.285348 and 3.218876 for 25 classes", async () => {
  const sure = oneHot(7, 25).map((value) => 100 * value);
  expect(await lossOf(doubleSoftmax(rows([sure]), rows([oneHot(7, 25)])))).toBeCloseTo(2.285348, 5);
  expect(await lossOf(doubleSoftmax(rows([oneHot(0, 25).fill(0)]), rows([oneHot(7, 25)])))).toBeCloseTo(
    3.218876,
    5,
  );
});

const at = (step: number) => ({ step, epoch: 0, totalSteps: 10_000, totalEpochs: 6, evaluations: 0 });

test("S8 to S10: constant, immediate and delayed weights at their corners", () => {
  expect(headWeight({ type: "constant" }, at(0))).toBe(1);
  const immediate = {
    type: "immediate",
    warmup: 2500,
    quarteredUntil: 1500,
    countEvaluations: false,
  } as const;
  expect(headWeight(immediate, at(0))).toBeCloseTo(1 / 2500 / 4, 12);
  expect(headWeight(immediate, at(1498))).toBeCloseTo(1499 / 2500 / 4, 12);
  expect(headWeight(immediate, at(1499))).toBeCloseTo(0.6, 12);
  expect(headWeight(immediate, at(2499))).toBe(1);
  const delayed = { type: "delayed", warmup: 2500, countEvaluations: false } as const;
  expect(headWeight(delayed, at(2499))).toBe(0);
  expect(headWeight(delayed, at(3749))).toBeCloseTo(0.5, 12);
  expect(headWeight(delayed, at(9000))).toBe(1);
  expect(headWeight({ ...delayed, countEvaluations: true }, { ...at(2499), evaluations: 10 })).toBeCloseTo(
    12 / 2500,
    12,
  );
});
