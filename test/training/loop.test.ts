import { afterAll, describe, expect, test } from "vitest";
import type { Model } from "../../src/model/model.js";
import { type Trainable, wholePass } from "../../src/model/trainable.js";
import { reshape } from "../../src/tensor/operations/layout.js";
import { sumOver } from "../../src/tensor/operations/reduce.js";
import { sizeOf } from "../../src/tensor/shape.js";
import { checkpointContent, stateFromCheckpoint } from "../../src/training/checkpoint-content.js";
import type { Evaluation } from "../../src/training/evaluate.js";
import { type TrainingLine, trainLoop } from "../../src/training/loop.js";
import type { TrainingState } from "../../src/training/state.js";
import { Trainer } from "../../src/training/trainer.js";
import { TINY, tinyConfiguration, tinyTraining } from "./tiny.js";

const trainers: Trainer[] = [];
afterAll(async () => {
  for (const trainer of trainers) await trainer.release();
});

/** Trains the tiny model and keeps all that was told. */
async function train(
  configuration = tinyConfiguration(),
  from?: TrainingState,
  stopAt = Number.POSITIVE_INFINITY,
) {
  const { experiment, device, settings, ...rest } = await tinyTraining(configuration);
  const { seed, optimizer } = configuration;
  const trainer = from ? new Trainer(experiment.model, device, { seed, optimizer }, from) : rest.trainer;
  trainers.push(trainer);
  const lines: TrainingLine[] = [];
  const evaluations: (Evaluation & { step: number })[] = [];
  const checkpoints: number[] = [];
  const snapshots: { step: number; parameters: Float32Array }[] = [];
  const finished = await trainLoop(trainer, experiment.split, settings, device, {
    onLog: (line) => lines.push(line),
    onEvaluation: (evaluation, { step }) => evaluations.push({ ...evaluation, step }),
    onCheckpoint: ({ step }) => checkpoints.push(step),
    onSnapshot: ({ step, parameters }) => snapshots.push({ step, parameters: parameters.slice() }),
    shouldStop: () => trainer.state.step >= stopAt,
  });
  return { trainer, lines, evaluations, checkpoints, snapshots, finished };
}

/** A trainer's state as it comes back from a checkpoint. */
function checkpointed({ state, layout }: Trainer): TrainingState {
  const { tensors, metadata } = checkpointContent(state, layout);
  const copied = new Map(
    [...tensors].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
  );
  const checkpoint = { path: "memory", step: state.step, tensors: copied, metadata: { ...metadata } };
  return stateFromCheckpoint(checkpoint, layout);
}

const bytes = (array: Float32Array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

describe("the training loop", () => {
  test("logs, evaluates and saves when its settings say so: 340 images in batches of 32 are 11 steps an epoch", async () => {
    const { lines, evaluations, checkpoints, finished, trainer } = await train();
    expect(finished).toBe(true);
    expect(trainer.state.step).toBe(33);
    expect(lines.map(({ step }) => step)).toEqual([5, 10, 15, 20, 25, 30, 33]);
    expect(evaluations.map(({ step }) => step)).toEqual([11, 22, 33]);
    expect(checkpoints).toEqual([7, 14, 21, 28, 33]);
    // 30 validation images in batches of 20 are two batches an evaluation.
    expect(trainer.state.evaluations).toBe(6);
    for (const { gapNats, rateNats, targetRateNats, rateBits } of evaluations) {
      expect(gapNats).toBeCloseTo(rateNats! - targetRateNats!, 12);
      expect(rateBits).toBeCloseTo(rateNats! / Math.log(2), 12);
    }
    expect(evaluations.map(({ targetRateNats }) => targetRateNats)).toEqual([11 / 40 / 4, 22 / 40, 33 / 40]);
  });

  test("the next step begins when what the listener promised after a step has come", async () => {
    const { experiment, device, settings, trainer } = await tinyTraining();
    trainers.push(trainer);
    const steps: number[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const training = trainLoop(trainer, experiment.split, settings, device, {
      onStep({ step }) {
        steps.push(step);
        // A promise after the second step alone.
        return step === 2 ? held : undefined;
      },
      shouldStop: () => trainer.state.step >= 3,
    });
    while (trainer.state.step < 2) await new Promise((resolve) => setImmediate(resolve));
    // As many turns of the event loop as a hundred steps of this model take.
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(steps).toEqual([1, 2]);
    release();
    await training;
    expect(steps).toEqual([1, 2, 3]);
  });

  test("same seed, same bytes; another seed, others", async () => {
    const [a, b, c] = [await train(), await train(), await train(tinyConfiguration({ seed: 1 }))];
    expect(bytes(a.trainer.state.parameters).equals(bytes(b.trainer.state.parameters))).toBe(true);
    expect(a.lines).toEqual(b.lines);
    expect(bytes(a.trainer.state.parameters).equals(bytes(c.trainer.state.parameters))).toBe(false);
  });

  test.each([1, 7, 11, 12, 32])(
    "stopped at step %i and resumed from its checkpoint it ends with the same bytes",
    async (stopAt) => {
      const whole = await train();
      const first = await train(tinyConfiguration(), undefined, stopAt);
      expect(first.finished).toBe(false);
      const second = await train(tinyConfiguration(), checkpointed(first.trainer));
      for (const vector of ["parameters", "gradientSum", "squareSum"] as const) {
        expect(bytes(second.trainer.state[vector]).equals(bytes(whole.trainer.state[vector]))).toBe(true);
      }
      expect([...first.lines, ...second.lines]).toEqual(whole.lines);
      expect([...first.evaluations, ...second.evaluations]).toEqual(whole.evaluations);
    },
  );

  test("what a model measures is kept from its checkpoint on, whatever it is called", async () => {
    const withMetric = async (stopAt?: number, from?: TrainingState) => {
      const { experiment, device, settings } = await tinyTraining();
      const { model } = experiment;
      const measure: Model["measure"] = (scope, images, phase) => {
        const made = model.measure(scope, images, phase);
        const brightness = sumOver(reshape(images, [images.shape[0]!, sizeOf(model.imageShape)]), [1]);
        return { ...made, measures: { ...made.measures, brightness } };
      };
      const run: Trainable["run"] = (scope, images, phase) =>
        wholePass(model, scope, measure(scope, images, phase), phase);
      const trainer = new Trainer({ ...model, measure, run }, device, settings, from);
      trainers.push(trainer);
      const lines: TrainingLine[] = [];
      await trainLoop(trainer, experiment.split, settings, device, {
        onLog: (line) => lines.push(line),
        shouldStop: () => trainer.state.step === stopAt,
      });
      return { trainer, lines };
    };
    const whole = await withMetric();
    const first = await withMetric(7);
    const second = await withMetric(undefined, checkpointed(first.trainer));
    expect(whole.lines).toHaveLength(7);
    for (const line of whole.lines) expect(line).toHaveProperty("brightness", expect.any(Number));
    expect([...first.lines, ...second.lines]).toEqual(whole.lines);
  });

  test("statistics of batches follow training, are evaluated with, and go through a checkpoint", async () => {
    const layers = [{ channels: 4, kernel: 4 }];
    const normalised = tinyConfiguration({
      model: { ...TINY.model, encoder: { type: "convolutional", layers, normalise: "batch" } },
    });
    const whole = await train(normalised);
    const { layout, state } = whole.trainer;
    const statistics = Object.entries(layout.views(state.parameters)).filter(([name]) =>
      name.includes("running"),
    );
    expect(statistics.map(([name]) => name)).toEqual([
      "encoder.0.normalisation.runningMean",
      "encoder.0.normalisation.runningVariance",
    ]);
    // 33 steps at a tenth each: what the batches say, not where they began.
    expect(statistics.flatMap(([, values]) => [...values]).some((value) => value === 0 || value === 1)).toBe(
      false,
    );
    const first = await train(normalised, undefined, 12);
    const second = await train(normalised, checkpointed(first.trainer));
    expect(bytes(second.trainer.state.parameters).equals(bytes(state.parameters))).toBe(true);
    expect([...first.evaluations, ...second.evaluations]).toEqual(whole.evaluations);
  });

  test("snapshots are the parameters after the epochs asked for", async () => {
    const { snapshots, trainer } = await train(
      tinyConfiguration({ training: { ...TINY.training, snapshotEpochs: [0, 1, 3, 99] } }),
    );
    expect(snapshots.map(({ step }) => step)).toEqual([0, 11, 33]);
    const [untrained, , last] = snapshots;
    expect(bytes(untrained!.parameters).equals(bytes(trainer.layout.initialise(0)))).toBe(true);
    expect(bytes(last!.parameters).equals(bytes(trainer.state.parameters))).toBe(true);
  });

  test("frozen noise: every epoch repeats the first, so that without learning its numbers do too", async () => {
    const still = (noise: "fresh" | "frozen") =>
      tinyConfiguration({
        training: { ...TINY.training, logEverySteps: 11, noise },
        optimizer: { learningRate: 1e-30 },
      });
    const [frozen, fresh] = [await train(still("frozen")), await train(still("fresh"))];
    const distortions = ({ lines }: typeof frozen) => lines.map(({ distortion }) => distortion);
    expect(new Set(distortions(frozen)).size).toBe(1);
    expect(new Set(distortions(fresh)).size).toBe(3);
  });

  test("learns: the distortion falls and the rate follows its target", async () => {
    const configuration = tinyConfiguration({
      training: { epochs: 40, batchSize: 32, evaluateEverySteps: 1000 },
      optimizer: { learningRate: 5e-3, schedule: { type: "constant" } },
    });
    const { lines, evaluations } = await train(configuration);
    expect(evaluations.at(-1)!.squaredErrorPerPixel).toBeLessThan(0.16);
    expect(lines[0]!.squaredErrorPerPixel).toBeGreaterThan(0.2);
    expect(Math.abs(evaluations.at(-1)!.gapNats!)).toBeLessThan(0.3);
  });
});

test("a model that asks for a field that no batch has is refused", async () => {
  const { experiment, device, settings } = await tinyTraining();
  const { model } = experiment;
  const run: Trainable["run"] = (scope, images, phase) => {
    const made = model.run(scope, images, phase);
    const asked = sumOver(scope.batch("weather", [images.shape[0]!]), [0]);
    return { ...made, metrics: { ...made.metrics, penalty: asked } };
  };
  const trainer = new Trainer({ ...model, run }, device, settings);
  trainers.push(trainer);
  await expect(trainLoop(trainer, experiment.split, settings, device)).rejects.toThrow(
    "the field weather of a batch, which nothing fills",
  );
});

describe("numbers that go bad", () => {
  test("a parameter that is not finite is named with the step, and the step is taken back", async () => {
    const { experiment, device, trainer, settings } = await tinyTraining();
    trainers.push(trainer);
    const poisoned = trainLoop(trainer, experiment.split, settings, device, {
      onStep: ({ step }) => {
        if (step === 4) trainer.layout.views(trainer.state.parameters)["decoder.0.weight"]![3] = Number.NaN;
      },
    });
    await expect(poisoned).rejects.toThrow(
      /^step 5: a number is not finite in decoder\.0\.weight\. Try a lower/,
    );
    expect(trainer.state.step).toBe(4);
  });

  test("an overflow inside the step is traced to the tensor where it began", async () => {
    const { experiment, device, trainer, settings } = await tinyTraining();
    trainers.push(trainer);
    // A log-variance of 200 overflows in its exponential, not before.
    trainer.layout.views(trainer.state.parameters)["channel.posterior.bias"]!.fill(200, 2);
    await expect(trainLoop(trainer, experiment.split, settings, device)).rejects.toThrow(
      /^step 1: a number is not finite in exp of logVariance/,
    );
  });

  test("an exploded rate stops the run with its value and the limit", async () => {
    const { experiment, device, trainer, settings } = await tinyTraining();
    trainers.push(trainer);
    trainer.layout.views(trainer.state.parameters)["channel.posterior.bias"]!.fill(1000, 0, 2);
    await expect(trainLoop(trainer, experiment.split, settings, device)).rejects.toThrow(
      /^step 1: the rate exploded to (9\.9\d+e\+5|1\.0\d+e\+6) nats \(the limit is 10000\) in rateNats/,
    );
  });
});
