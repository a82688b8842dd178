import { describe, expect, it } from "vitest";
import { logDensityUnder } from "../../../src/model/channels/gaussian-posterior.js";
import { createModel } from "../../../src/model/model.js";
import type { Gaussian, MarginalView } from "../../../src/model/parts.js";
import { modelSchema } from "../../../src/model/schema.js";
import { NARROWS_PARTS } from "../../../src/model/slots.js";
import { ParameterLayout } from "../../../src/nn/parameters.js";
import { Scope } from "../../../src/nn/scope.js";
import { reshape, slice, type Tensor } from "../../../src/tensor/index.js";
import { evaluate, normals, parameter } from "../../tensor/evaluate.js";

const marginals = NARROWS_PARTS.marginal;

const D = 3;

const logNormal = (z: ArrayLike<number>, mean: ArrayLike<number>, logVariance: ArrayLike<number>) =>
  Array.from(z).reduce(
    (sum, value, i) =>
      sum -
      (Math.log(2 * Math.PI) + logVariance[i]! + (value - mean[i]!) ** 2 / Math.exp(logVariance[i]!)) / 2,
    0,
  );

/** Pseudo-inputs of 2 D pixels whose posterior they spell out. */
const view: MarginalView = {
  imageShape: [1, 2 * D, 1],
  meanImage: new Float32Array(2 * D).fill(0.25),
  posteriorOf(images): Gaussian {
    const flat = reshape(images, [images.shape[0]!, 2 * D]);
    return { mean: slice(flat, 1, 0, D), logVariance: slice(flat, 1, D, 2 * D) };
  },
};

function vampOf(count: number) {
  const marginal = marginals.make(marginals.schema.parse({ type: "vamp", pseudoInputs: count }));
  const scope = new Scope();
  const code = parameter("code", [2, D]);
  const density = marginal.logDensity(scope, code, view);
  return { scope, code, density, pseudoInputs: scope.requests.parameters.get("pseudoInputs")! };
}

describe("the VampPrior", () => {
  const points = normals(2 * D, "test codes");

  it("of one pseudo-input is a normal density", async () => {
    const { code, density, pseudoInputs } = vampOf(1);
    const given = normals(2 * D, "test pseudo-input");
    const values = new Map<Tensor, Float32Array>([
      [code, points],
      [pseudoInputs.tensor, given],
    ]);
    const { density: found } = await evaluate({ density }, values);
    for (let i = 0; i < 2; i++) {
      const expected = logNormal(
        points.subarray(i * D, (i + 1) * D),
        given.subarray(0, D),
        given.subarray(D),
      );
      expect(found[i]).toBeCloseTo(expected, 4);
    }
  });

  it("is the log of the mean of densities, above the mean of their logs", async () => {
    const count = 6;
    const { code, density, pseudoInputs } = vampOf(count);
    const given = normals(count * 2 * D, "test pseudo-inputs").map((x) => 2 * x);
    const { density: found } = await evaluate(
      { density },
      new Map([
        [code, points],
        [pseudoInputs.tensor, given],
      ]),
    );
    for (let i = 0; i < 2; i++) {
      const logs = Array.from({ length: count }, (_, k) => {
        const own = given.subarray(k * 2 * D, (k + 1) * 2 * D);
        return logNormal(points.subarray(i * D, (i + 1) * D), own.subarray(0, D), own.subarray(D));
      });
      const expected = Math.log(logs.reduce((sum, value) => sum + Math.exp(value), 0) / count);
      expect(found[i]).toBeCloseTo(expected, 4);
      expect(found[i]).toBeGreaterThan(logs.reduce((sum, value) => sum + value, 0) / count);
    }
  });

  it("begins near the mean image, and its pseudo-inputs differ", () => {
    const { pseudoInputs } = vampOf(5);
    const values = new ParameterLayout([pseudoInputs]).initialise(0);
    expect(values.every((value) => Math.abs(value - 0.25) < 0.06)).toBe(true);
    expect(new Set(values).size).toBe(values.length);
  });

  it("is refused to a channel without a density", () => {
    const settings = modelSchema.parse({
      encoder: { type: "dense" },
      decoder: { type: "dense" },
      channel: { type: "gaussian", dimensions: 4 },
      marginal: { type: "vamp", pseudoInputs: 3 },
    });
    const echo = modelSchema.parse({
      encoder: { type: "dense" },
      decoder: { type: "dense" },
      channel: { type: "echo", dimensions: 4, terms: 3 },
      marginal: { type: "vamp", pseudoInputs: 3 },
    });
    const scope = new Scope();
    const sampled = createModel(settings, [4, 4, 1]).sampleMarginal(scope, 5);
    expect(sampled.shape).toEqual([5, 4]);
    expect(() => createModel(echo, [4, 4, 1]).sampleMarginal(new Scope(), 5)).toThrow(/only images can show/);
  });
});

describe("log densities under many normal distributions", () => {
  it("are exact for narrow ones far from zero", async () => {
    const code = parameter("code", [1, 1]);
    const mean = parameter("mean", [1, 1]);
    const logVariance = parameter("logVariance", [1, 1]);
    const { density } = await evaluate(
      { density: logDensityUnder(code, { mean, logVariance }) },
      new Map([
        [code, Float32Array.of(5.001)],
        [mean, Float32Array.of(5)],
        [logVariance, Float32Array.of(-12)],
      ]),
    );
    expect(density[0]).toBeCloseTo(logNormal([Math.fround(5.001)], [5], [-12]), 3);
  });
});

describe("the autoregressive flow as a marginal", () => {
  it("is a normal density of what the flow makes, and draws from it", async () => {
    const marginal = marginals.make(marginals.schema.parse({ type: "maf", steps: 2, hidden: [6] }));
    const scope = new Scope();
    const drawn = marginal.sample(scope, 4, D, view);
    const density = marginal.logDensity(scope, drawn, view);
    const layout = new ParameterLayout(scope.requests.parameters.values());
    const views = layout.views(layout.initialise(1));
    const noise = normals(4 * D, "test noise");
    const values = new Map<Tensor, Float32Array>([
      ...layout.specs.map(({ name, tensor }) => [tensor, views[name]!] as const),
      [scope.requests.others.get("sample")!, noise],
    ]);
    const found = await evaluate({ density }, values);
    for (let i = 0; i < 4; i++) {
      const own = noise.subarray(i * D, (i + 1) * D);
      expect(found.density[i]).toBeCloseTo(logNormal(own, [0, 0, 0], [0, 0, 0]), 4);
    }
  });
});
