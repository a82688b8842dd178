import { describe, expect, it } from "vitest";
import type { Marginal, MarginalView, Price } from "../../src/model/parts.js";
import { NARROWS_PARTS } from "../../src/model/slots.js";
import { ParameterLayout } from "../../src/nn/parameters.js";
import { Scope } from "../../src/nn/scope.js";
import { evaluate, normals, parameter } from "../tensor/evaluate.js";

const channels = NARROWS_PARTS.channel;
const marginals = NARROWS_PARTS.marginal;

const marginal: Marginal = marginals.make(marginals.schema.parse({ type: "standard-normal" }));
const view: MarginalView = {
  imageShape: [1, 1, 1],
  meanImage: new Float32Array(1),
  posteriorOf() {
    throw new Error("the standard normal distribution needs no posterior");
  },
};

/** The standard normal distribution, with its closed form kept secret. */
const sampledOnly: Price = {
  prices: "code",
  logDensity: (code) => marginal.logDensity(new Scope(), code, view),
};
const { divergenceFromGaussian } = marginal;
const normal: Price = { ...sampledOnly, divergenceFromGaussian: divergenceFromGaussian! };

/** A channel of two dimensions whose posterior is given outright: features are means and log-variances. */
async function transmit(price: Price, posterior: readonly number[], rows: number, noise: Float32Array) {
  const channel = channels.make(channels.schema.parse({ type: "gaussian", dimensions: 2 }));
  const scope = new Scope();
  const features = parameter("features", [rows, 4]);
  const sent = channel.transmit(scope, features, price, "evaluation");
  const layout = new ParameterLayout(scope.requests.parameters.values());
  const identity = Float32Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 1 : 0));
  const values = new Map([
    [features, Float32Array.from({ length: rows * 4 }, (_, i) => posterior[i % posterior.length]!)],
    [scope.requests.others.get("noise")!, noise],
    ...layout.specs.map(
      ({ name, tensor }) => [tensor, name.endsWith("weight") ? identity : new Float32Array(4)] as const,
    ),
  ]);
  const { mean, code, rateNats, dimensionRateNats } = sent;
  const results = await evaluate(
    { mean, code, rateNats, ...(dimensionRateNats ? { dimensionRateNats } : {}) },
    values,
  );
  return { ...results, estimator: sent.rateEstimator };
}

/** D(N(mean, variance) || N(0, 1)) in nats. */
const divergence = (mean: number, logVariance: number) =>
  (mean ** 2 + Math.exp(logVariance) - 1 - logVariance) / 2;

describe("rates of the gaussian channel", () => {
  const MEANS = [0.5, -2, 0, 3];
  const LOG_VARIANCES = [0, -4, 1, -0.5];
  const posterior = [
    MEANS[0],
    MEANS[1],
    ...LOG_VARIANCES.slice(0, 2),
    MEANS[2],
    MEANS[3],
    ...LOG_VARIANCES.slice(2),
  ];

  it("R1: the divergence from the standard normal, by dimension and summed", async () => {
    const { rateNats, dimensionRateNats, estimator } = await transmit(
      normal,
      posterior as number[],
      2,
      new Float32Array(4),
    );
    const expected = MEANS.map((mean, i) => divergence(mean, LOG_VARIANCES[i]!));
    expected.forEach((value, i) => {
      expect(dimensionRateNats![i]).toBeCloseTo(value, 5);
    });
    expect(rateNats[0]).toBeCloseTo(expected[0]! + expected[1]!, 5);
    expect(rateNats[1]).toBeCloseTo(expected[2]! + expected[3]!, 5);
    expect(estimator).toBe("upper-bound");
  });

  it("R1: nothing is sent where the posterior is the marginal", async () => {
    const { rateNats } = await transmit(normal, [0, 0, 0, 0], 1, Float32Array.of(1, -1));
    expect(rateNats[0]).toBe(0);
  });

  it("the code is the mean plus the noise times the standard deviation", async () => {
    const { mean, code } = await transmit(normal, posterior as number[], 2, Float32Array.of(1, -1, 0.5, 2));
    const noise = [1, -1, 0.5, 2];
    MEANS.forEach((value, i) => {
      expect(mean[i]).toBeCloseTo(value, 6);
      expect(code[i]).toBeCloseTo(value + Math.exp(LOG_VARIANCES[i]! / 2) * noise[i]!, 5);
    });
  });

  it("R2 is log q - log m at the sample", async () => {
    const { rateNats, estimator } = await transmit(sampledOnly, [0.5, -2, 0, -4], 1, Float32Array.of(1, -2));
    const log = (x: number, mean: number, logVariance: number) =>
      -(Math.log(2 * Math.PI) + logVariance + (x - mean) ** 2 / Math.exp(logVariance)) / 2;
    const code = [0.5 + 1, -2 - 2 * Math.exp(-2)];
    const expected =
      log(code[0]!, 0.5, 0) + log(code[1]!, -2, -4) - log(code[0]!, 0, 0) - log(code[1]!, 0, 0);
    expect(rateNats[0]).toBeCloseTo(expected, 4);
    expect(estimator).toBe("monte-carlo");
  });

  it("R2 has R1 as its mean", async () => {
    const rows = 20_000;
    const given = [0.5, -1.2, -0.7, -2];
    const { rateNats } = await transmit(sampledOnly, given, rows, normals(2 * rows, "test noise of rates"));
    const mean = rateNats.reduce((sum, rate) => sum + rate, 0) / rows;
    const variance = rateNats.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / rows;
    const exact = divergence(0.5, -0.7) + divergence(-1.2, -2);
    expect(Math.abs(mean - exact)).toBeLessThan(5 * Math.sqrt(variance / rows));
    expect(variance).toBeGreaterThan(0.1);
  });
});
