import { describe, expect, test } from "vitest";
import { largestVariance } from "../../src/data/largest-variance.js";
import { pixelMoments } from "../../src/data/pixel-moments.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { prepareExperiment } from "../../src/training/experiment.js";
import { predictTraining } from "../../src/training/forecast.js";
import { planTraining } from "../../src/training/schedule.js";
import { TINY, tinyConfiguration } from "./tiny.js";

const sayOf = (objective: object, more: object = {}, training: object = {}) =>
  predictTraining(
    prepareExperiment(
      tinyConfiguration({
        model: { encoder: TINY.model.encoder, decoder: TINY.model.decoder, objective, ...more },
        training: { batchSize: 32, ...training },
      }),
    ),
  );

describe("what is said before training", () => {
  test("defaults have nothing to warn of, whatever the scale of the loss", () => {
    for (const likelihood of [{ type: "mse" }, { type: "mse", pixels: "mean" }, { type: "bernoulli" }]) {
      const { aim, warnings } = sayOf({ type: "capacity", capacity: 3 }, { likelihood });
      expect(warnings).toEqual([]);
      // 340 images in batches of 32: 11 steps an epoch, 273 epochs, C from 40 % of 3,003 steps on.
      expect(aim).toMatch(
        /^target C = 3 nats, from step 1202 of 3003 on; objective\.gamma \S+, a nat off costs/,
      );
    }
  });

  test("the default price of a nat follows from what the first one saves, and falls with C (O7)", () => {
    const channel = { channel: TINY.model.channel };
    const priceAt = (capacity: number) => {
      const { aim } = sayOf({ type: "capacity", capacity }, channel);
      return Number(/a nat off costs (\S+) \(squared error per image\)/.exec(aim!)![1]);
    };
    const { aim } = sayOf({ type: "beta" }, channel);
    const criticalPricePerNat = Number(/the first one saves about (\S+)$/.exec(aim!)![1]);
    expect(priceAt(0.5)).toBeCloseTo(1.5 * criticalPricePerNat, 1);
    expect(priceAt(1)).toBeCloseTo(3 * Math.exp(-1) * criticalPricePerNat, 1);
    expect(priceAt(5)).toBeCloseTo(criticalPricePerNat / 4, 1);
  });

  test("a target that the planned steps do not reach, and one beyond what the images can tell", () => {
    const slow = { type: "capacity", capacity: 3, schedule: { warmup: 2500, quarteredUntil: 1500 } };
    expect(sayOf(slow, {}, { epochs: 6 }).warnings).toEqual([
      "C rises to 0.020 of 3 nats in the 66 steps planned; give --set objective.schedule.warmup=40%, or more steps: --set training.epochs=1137",
    ]);
    expect(sayOf({ type: "capacity", capacity: 8 }).warnings).toEqual([
      "C = 8 nats is more than is needed to distinguish 340 training images, ln 340 = 5.83; give more images, or --set objective.capacity=5.8 at most",
    ]);
  });

  test("epochs that end before the steps that are asked for", () => {
    const of = (training: object) => sayOf({ type: "beta" }, {}, training).warnings;
    expect(of({ epochs: 6, steps: 100 })).toEqual([
      "training.epochs=6 ends the training at step 66, before training.steps=100; give --set training.epochs=10 for more",
    ]);
    expect(of({ epochs: 6, steps: 66 })).toEqual([]);
    expect(of({ epochs: 6, steps: 10 })).toEqual([]);
    expect(of({ steps: 100 })).toEqual([]);
  });

  test("steps that do not bring C up to its target are told by the key that ends them", () => {
    const slow = { type: "capacity", capacity: 3, schedule: { warmup: 2500, quarteredUntil: 1500 } };
    expect(sayOf(slow, {}, { steps: 66 }).warnings[0]).toMatch(
      /or more steps: --set training\.steps=12\d\d\d$/,
    );
  });

  test("a beta at which no nat pays is named with one at which they do (L10)", () => {
    expect(sayOf({ type: "beta", beta: 1 }).warnings).toEqual([]);
    const averaged = { likelihood: { type: "mse", pixels: "mean" } };
    const [warning] = sayOf({ type: "beta", beta: 4 }, averaged).warnings;
    expect(warning).toMatch(
      /^the code will be dead: a nat costs 4 \(squared error per pixel\), and no nat saves more than about 0\.0\d+; give --set objective\.beta=0\.0\d+ or --set likelihood\.pixels=sum$/,
    );
  });
});

test("the largest variance is that of the direction in which images vary most", () => {
  // Two pixels that go together with variance 2 x 0.04, and one of variance 0.01 that goes its own way.
  const stream = new PhiloxStream(1, "test of the largest variance");
  const images = new Float32Array(3000 * 3);
  for (let i = 0; i < 3000; i++) {
    const together = 0.2 * stream.normal();
    images.set([0.5 + together, 0.5 + together, 0.5 + 0.1 * stream.normal()], i * 3);
  }
  const table = {
    count: 3000,
    imageShape: [1, 3, 1] as const,
    images,
    scale: 1,
    labels: undefined,
    labelNames: [],
  };
  const { mean, meanSquare } = pixelMoments(table);
  expect(meanSquare[2]! - mean[2]! ** 2).toBeCloseTo(0.01, 3);
  expect(largestVariance(table, mean, new Float64Array(3).fill(1))).toBeCloseTo(0.08, 2);
  expect(largestVariance(table, mean, Float64Array.of(0, 0, 1))).toBeCloseTo(0.01, 3);
});

test("S13: a training has six epochs and 3,000 steps at least where neither is given", () => {
  expect(planTraining(2550, { batchSize: 64 })).toEqual({ stepsPerEpoch: 40, totalSteps: 3000 });
  expect(planTraining(170_000, { batchSize: 64 }).totalSteps).toBe(6 * 2657);
  expect(planTraining(2550, { batchSize: 64, epochs: 2 }).totalSteps).toBe(80);
  expect(planTraining(2550, { batchSize: 64, steps: 5000 }).totalSteps).toBe(5000);
});
