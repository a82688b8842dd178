import { describe, expect, it } from "vitest";
import { type AdamSettings, adam, adamStepNumbers } from "../../src/nn/adam.js";
import { input } from "../../src/tensor/tensor.js";
import { openProgram, parameter } from "../tensor/evaluate.js";
import golden from "./adam.golden.json" with { type: "json" };
import keras from "./adam-keras.golden.json" with { type: "json" };

const size = golden.start.length;
const shape = [size];

/** The parameters after each step of our Adam on the golden gradients, times a factor. */
async function trace(settings: AdamSettings & { learningRate: number }, factor = 1): Promise<Float32Array[]> {
  const parameters = parameter("parameters", shape);
  const gradient = parameter("gradient", shape);
  const state = {
    gradientSum: parameter("gradientSum", shape),
    squareSum: parameter("squareSum", shape),
  };
  const step = {
    stepSize: input("stepSize", [], { kind: "scalar" }),
    epsilon: input("epsilon", [], { kind: "scalar" }),
    shrink: input("shrink", [], { kind: "scalar" }),
  };
  const next = adam(parameters, gradient, state, step, settings);
  const program = await openProgram({
    nextParameters: next.parameters,
    nextGradientSum: next.gradientSum,
    nextSquareSum: next.squareSum,
  });
  let now = {
    nextParameters: Float32Array.from(golden.start) as Float32Array,
    nextGradientSum: new Float32Array(size) as Float32Array,
    nextSquareSum: new Float32Array(size) as Float32Array,
  };
  const after: Float32Array[] = [];
  for (const [index, numbers] of golden.gradients.entries()) {
    const scalars = adamStepNumbers(index + 1, settings.learningRate, settings);
    now = await program.run(
      new Map([
        [parameters, now.nextParameters],
        [gradient, Float32Array.from(numbers, (number) => factor * number)],
        [state.gradientSum, now.nextGradientSum],
        [state.squareSum, now.nextSquareSum],
        [step.stepSize, Float32Array.of(scalars.stepSize)],
        [step.epsilon, Float32Array.of(scalars.epsilon)],
        [step.shrink, Float32Array.of(scalars.shrink)],
      ]),
    );
    after.push(now.nextParameters);
  }
  await program.release();
  return after;
}

describe("Adam (rules A1 to A3)", () => {
  for (const { settings, parametersAfterEachStep } of golden.cases) {
    const { learningRate, epsilon, weightDecay, decoupledWeightDecay } = settings;
    const decay = weightDecay === 0 ? "none" : `${weightDecay}${decoupledWeightDecay ? ", decoupled" : ""}`;
    it(`is PyTorch's: rate ${learningRate}, epsilon ${epsilon}, weight decay ${decay}`, async () => {
      const after = await trace(settings);
      const worst = after.flatMap((parameters, step) =>
        [...parameters].map((value, i) => Math.abs(value - parametersAfterEachStep[step]![i]!)),
      );
      expect(Math.max(...worst)).toBeLessThan(1e-6);
    });
  }

  it("moves every parameter by the learning rate in the first step, whatever the gradient's size (A1)", async () => {
    const settings = { ...golden.cases[0]!.settings, learningRate: 0.25 };
    const [first] = await trace(settings);
    const moved = golden.start.map((value, i) => first![i]! - value);
    moved.forEach((distance, i) => {
      expect(distance).toBeCloseTo(-0.25 * Math.sign(golden.gradients[0]![i]!), 4);
    });
  });
});

describe("epsilon as in Keras (rule A12)", () => {
  const plain = { weightDecay: 0, decoupledWeightDecay: false };
  for (const { settings, gradientFactor, parametersAfterEachStep } of keras.cases) {
    const { learningRate, epsilon } = settings;
    it(`is Keras': rate ${learningRate}, epsilon ${epsilon}, gradients times ${gradientFactor}`, async () => {
      const after = await trace({ ...settings, ...plain, epsilonForm: "keras" }, gradientFactor);
      const differences = after.flatMap((parameters, step) =>
        [...parameters].map((value, i) => Math.abs(value - parametersAfterEachStep[step]![i]!)),
      );
      expect(Math.max(...differences)).toBeLessThan(1e-6);
      // Where epsilon is of the gradients' size, PyTorch's form is far from it.
      const pytorch = await trace({ ...settings, ...plain, epsilonForm: "pytorch" }, gradientFactor);
      const apart = Math.abs(pytorch[0]![0]! - parametersAfterEachStep[0]![0]!);
      expect(apart > 1e-3).toBe(gradientFactor < 1);
    });
  }

  it("moves a parameter by lr / (1 + 1 / sqrt(1 - beta2^t)) where its gradient stays as large as epsilon", () => {
    const settings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, ...plain, epsilonForm: "keras" as const };
    for (const t of [1, 2, 10, 100, 1000, 20_000]) {
      const { stepSize, epsilon } = adamStepNumbers(t, 1, settings);
      // Sums of t equal gradients.
      const gradientSum = (1e-7 * (1 - 0.9 ** t)) / (1 - 0.9);
      const squareSum = (1e-14 * (1 - 0.999 ** t)) / (1 - 0.999);
      const moved = (stepSize * gradientSum) / (Math.sqrt(squareSum) + epsilon);
      expect(moved).toBeCloseTo(1 / (1 + 1 / Math.sqrt(1 - 0.999 ** t)), 10);
    }
  });

  it("is not what stands where nothing is said, which stays as it was", () => {
    const settings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, ...plain };
    expect(adamStepNumbers(3, 1, settings)).toEqual(
      adamStepNumbers(3, 1, { ...settings, epsilonForm: "pytorch" }),
    );
  });
});
