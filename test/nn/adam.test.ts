import { describe, expect, it } from "vitest";
import { type AdamSettings, adam, adamStepNumbers } from "../../src/nn/adam.js";
import { input } from "../../src/tensor/tensor.js";
import { openProgram, parameter } from "../tensor/evaluate.js";
import golden from "./adam.golden.json" with { type: "json" };

const size = golden.start.length;
const shape = [size];

/** The parameters after each step of our Adam on the golden gradients. */
async function trace(settings: AdamSettings & { learningRate: number }): Promise<Float32Array[]> {
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
        [gradient, Float32Array.from(numbers)],
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
