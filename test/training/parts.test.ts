import { afterAll, describe, expect, test } from "vitest";
import { PhiloxStream } from "../../src/random/stream.js";
import { trainLoop } from "../../src/training/loop.js";
import type { Trainer } from "../../src/training/trainer.js";
import { TINY, tinyConfiguration, tinyTraining } from "./tiny.js";

// Every part of the Echo paper's nine methods in a whole training of a tiny model.
const trainers: Trainer[] = [];
afterAll(async () => {
  for (const trainer of trainers) await trainer.release();
});

const D = 4;
const flow = { steps: 2, hidden: [8] };
const gaussian = { type: "gaussian", dimensions: D };
const echo = { type: "echo", dimensions: D, terms: 19 };
const iaf = { type: "iaf", dimensions: D, flow };
const maf = { type: "maf", ...flow };
const vamp = { type: "vamp", pseudoInputs: 5 };
const mmd = [{ type: "mmd", weight: 10 }];

const METHODS = {
  Echo: { channel: echo },
  VAE: { channel: gaussian },
  InfoVAE: { channel: gaussian, regularizers: mmd },
  "VAE-MAF": { channel: gaussian, marginal: maf },
  "VAE-Vamp": { channel: gaussian, marginal: vamp },
  "IAF-Prior": { channel: iaf },
  "IAF+MMD": { channel: iaf, regularizers: mmd },
  "IAF-MAF": { channel: iaf, marginal: maf },
  "IAF-Vamp": { channel: iaf, marginal: vamp },
};

function configurationOf(parts: object, changes: object = {}) {
  return tinyConfiguration({
    model: {
      encoder: TINY.model.encoder,
      decoder: TINY.model.decoder,
      likelihood: { type: "bernoulli" },
      objective: { type: "beta" },
      initialisation: "glorot",
      ...parts,
    },
    optimizer: { learningRate: 3e-3, schedule: { type: "hold-then-linear" } },
    training: { ...TINY.training, epochs: 8, ...changes },
  });
}

async function train(parts: object, changes: object = {}) {
  const { experiment, device, trainer, settings } = await tinyTraining(configurationOf(parts, changes));
  trainers.push(trainer);
  const evaluations: Record<string, unknown>[] = [];
  const before = trainer.state.parameters.slice();
  await trainLoop(trainer, experiment.split, settings, device, {
    onEvaluation: (evaluation) => evaluations.push({ ...evaluation }),
  });
  return { experiment, trainer, before, evaluations };
}

describe.each(Object.entries(METHODS))("%s", (_, parts) => {
  test("trains, and -ELBO is the rate and the distortion", async () => {
    const { evaluations, trainer } = await train(parts);
    const [first, last] = [evaluations[0]!, evaluations.at(-1)!];
    const { distortion, rateNats, negativeElboNats } = last as Record<string, number>;
    expect(negativeElboNats).toBe(distortion! + rateNats!);
    expect(last.distortion as number).toBeLessThan(first.distortion as number);
    expect(trainer.state.parameters.every(Number.isFinite)).toBe(true);
    // Every parameter has been moved: none of them is cut off from the loss.
    const { layout } = trainer;
    const moments = layout.views(trainer.state.squareSum);
    for (const { name } of layout.specs)
      expect([name, moments[name]!.some((v) => v > 0)]).toEqual([name, true]);
  });
});

describe("Echo", () => {
  test("the rate is never below the limit of its clip factor", async () => {
    const { experiment, evaluations } = await train(METHODS.Echo);
    const limit = experiment.model.channel.minRateNats;
    expect(limit).toBeGreaterThan(1);
    for (const { rateNats } of evaluations) expect(rateNats as number).toBeGreaterThan(limit);
  });
});

describe("total correlation with its discriminator", () => {
  const parts = {
    channel: gaussian,
    regularizers: [{ type: "total-correlation", weight: 2, hidden: [16], learningRate: 1e-3 }],
  };

  test("the discriminator learns by its own loss, and the model by its own", async () => {
    const { trainer, evaluations, experiment } = await train(parts);
    const { adversary } = experiment.model;
    const own = trainer.layout.specs.filter(({ name }) => adversary!.owns(name)).map(({ name }) => name);
    expect(own).toEqual([
      "regularizers.total-correlation.0.weight",
      "regularizers.total-correlation.0.bias",
      "regularizers.total-correlation.1.weight",
      "regularizers.total-correlation.1.bias",
    ]);
    for (const { adversaryLoss, penalty } of evaluations as Record<string, number>[]) {
      // Guessing costs ln 2 nats; it can hardly do worse.
      expect(adversaryLoss!).toBeGreaterThan(0);
      expect(adversaryLoss!).toBeLessThan(Math.LN2 + 0.1);
      expect(Number.isFinite(penalty)).toBe(true);
    }
    const moments = trainer.layout.views(trainer.state.squareSum);
    for (const { name } of trainer.layout.specs) expect(moments[name]!.some((v) => v > 0)).toBe(true);
  });

  test("with weight 0 the model learns what it learns alone, to the last bit", async () => {
    const off = { ...parts, regularizers: [{ ...parts.regularizers[0], weight: 0 }] };
    const [withAdversary, alone] = [await train(off), await train(METHODS.VAE)];
    const count = alone.trainer.layout.size;
    expect(withAdversary.trainer.state.parameters.subarray(0, count)).toEqual(alone.trainer.state.parameters);
  });
});

describe("batches", () => {
  test("those that are not full are dropped where told", async () => {
    const { trainer, experiment } = await train(METHODS.Echo, { lastBatch: "drop", epochs: 2 });
    expect(experiment.split.train.count).toBe(340);
    expect(trainer.state.step).toBe(20);
  });

  test("too small ones, one image left over and a target below the minimum rate are refused in one line", () => {
    const refused = (parts: object, changes: object, message: RegExp) =>
      expect(tinyTraining(configurationOf(parts, changes))).rejects.toThrow(message);
    return Promise.all([
      refused({ channel: { ...echo, terms: 99 } }, {}, /training.batchSize: .* holds 32/),
      refused(METHODS.Echo, { batchSize: 1 }, /training.batchSize: .* holds 1/),
      refused(METHODS.Echo, { metricBatchSize: 8 }, /training.metricBatchSize: .* holds 8/),
      refused(METHODS.Echo, { batchSize: 113 }, /training.lastBatch: one image is left over/),
      refused(
        { ...METHODS.Echo, objective: { type: "capacity", capacity: 1 } },
        {},
        /model.objective.capacity: 1 nats are below the minimum rate of the channel, \d/,
      ),
    ]);
  });
});

test("rows of distinct numbers are permutations, every place as likely", () => {
  const rows = 6000;
  const drawn = new PhiloxStream(0, "test of distinct numbers").fillDistinct(
    new Float32Array(rows * 3),
    4,
    3,
  );
  const counts = new Float64Array(12);
  for (let row = 0; row < rows; row++) {
    const own = [...drawn.subarray(3 * row, 3 * row + 3)];
    expect(new Set(own).size).toBe(3);
    own.forEach((value, place) => {
      counts[place * 4 + value]!++;
    });
  }
  for (const count of counts) expect(Math.abs(count - rows / 4)).toBeLessThan(5 * Math.sqrt(rows / 4));
});
