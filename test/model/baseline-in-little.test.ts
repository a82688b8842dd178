import { beforeAll, describe, expect, it } from "vitest";
import { createModel } from "../../src/model/model.js";
import { modelSchema } from "../../src/model/schema.js";
import { ParameterLayout } from "../../src/nn/parameters.js";
import { Scope } from "../../src/nn/scope.js";
import { gradients } from "../../src/tensor/gradient.js";
import { evaluate } from "../tensor/evaluate.js";
import golden from "./baseline-in-little.golden.json" with { type: "json" };

// The whole model with 3, 4 and 5 channels and a code of 2, against the numbers of PyTorch (see the file's origin).

const BATCH = 2;
const layers = golden.channels.map((channels, i) => ({ channels, kernel: i === 0 ? 4 : 3 }));

async function run(likelihood: { type: string }) {
  const settings = modelSchema.parse({
    encoder: { type: "convolutional", layers },
    decoder: { type: "convolutional", layers },
    channel: { type: "gaussian", dimensions: golden.dimensions },
    likelihood: { pixels: likelihood.type === "mse" ? "mean" : "sum", ...likelihood },
    objective: { type: "capacity", gamma: 300, rateWeight: 0.0003 },
  });
  const model = createModel(settings, [13, 13, 1]);
  const scope = new Scope();
  const pass = model.run(scope, scope.batch("images", [BATCH, 13, 13, 1]), "training");
  const { specs } = new ParameterLayout(scope.requests.parameters.values());
  const numbers: Readonly<Record<string, readonly number[]>> = golden.parameters;
  const fed: Readonly<Record<string, readonly number[]>> = {
    images: golden.images,
    "channel.noise": golden.noise,
    "objective.targetRateNats": [golden.targetRateNats],
  };
  const values = new Map([
    ...specs.map(({ name, tensor }) => [tensor, Float32Array.from(numbers[name]!)] as const),
    ...[...scope.requests.others].map(([name, tensor]) => [tensor, Float32Array.from(fed[name]!)] as const),
  ]);
  const tensors = specs.map(({ tensor }) => tensor);
  const slopes = gradients(pass.loss, tensors);
  const { mean, code, rateNats } = pass.transmission;
  const { reconstruction, metrics } = pass;
  const { loss, distortion, squaredErrorPerPixel, rateNats: meanRateNats } = metrics;
  const scalars = { loss, distortion, squaredErrorPerPixel, meanRateNats };
  const results = await evaluate({ mean, code, rateNats, reconstruction, ...scalars }, values);
  const gradient = await evaluate(
    Object.fromEntries(specs.map(({ name }, i) => [`gradient of ${name}`, slopes[i]!])),
    values,
  );
  return { ...results, names: specs.map(({ name }) => name), gradient };
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  const errors = expected.map((value, i) => Math.abs(actual[i]! - value) / Math.max(1, Math.abs(value)));
  expect(Math.max(...errors)).toBeLessThan(tolerance);
}

describe("the baseline in little is PyTorch's", () => {
  let ours: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    ours = await run({ type: "mse" });
  });

  it("in the parameters it has", () => {
    expect([...ours.names].sort()).toEqual(Object.keys(golden.parameters).sort());
  });

  it("in the code and its centre", () => {
    expectClose(ours.mean, golden.mean, 1e-5);
    expectClose(ours.code, golden.code, 1e-5);
  });

  it("in the rate of each image (R1)", () => {
    expectClose(ours.rateNats, golden.rateNats, 1e-5);
    expectClose(ours.meanRateNats, [(golden.rateNats[0]! + golden.rateNats[1]!) / BATCH], 1e-5);
  });

  it("in every reconstructed pixel", () => {
    expectClose(ours.reconstruction, golden.reconstruction, 1e-5);
  });

  it("in the squared error, also as the metric that every run logs (L1)", () => {
    expectClose(ours.distortion, [golden.meanSquaredError], 1e-6);
    expectClose(ours.squaredErrorPerPixel, [golden.meanSquaredError], 1e-6);
  });

  it("in the loss (O2)", () => {
    expectClose(ours.loss, [golden.loss], 1e-5);
  });

  it("in the gradient of every parameter", () => {
    for (const [name, norm] of Object.entries(golden.gradientNorms)) {
      expect(Math.abs(Math.hypot(...ours.gradient[`gradient of ${name}`]!) / norm - 1), name).toBeLessThan(
        1e-4,
      );
    }
  });

  it("in the nats of binary pixels (L3)", async () => {
    const { distortion } = await run({ type: "bernoulli" });
    const mean = golden.bernoulliNats.reduce((sum, nats) => sum + nats, 0) / BATCH;
    expectClose(distortion, [mean], 1e-5);
  });
});
