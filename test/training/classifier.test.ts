import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as ort from "onnxruntime-node";
import { afterAll, describe, expect, test } from "vitest";
import { configurationSchema } from "../../src/configuration/schema.js";
import { writeCodes } from "../../src/data/codes/write.js";
import { UserError } from "../../src/errors.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { encodeRun } from "../../src/training/encode-run.js";
import type { Evaluation } from "../../src/training/evaluate.js";
import { prepareExperiment, requireAutoencoder } from "../../src/training/experiment.js";
import { exportParts } from "../../src/training/export.js";
import { flatMetrics } from "../../src/training/flat-metrics.js";
import { type TrainingLine, trainLoop } from "../../src/training/loop.js";
import { Trainer } from "../../src/training/trainer.js";
import { untrainedRun } from "../run-figures/untrained.js";

const folder = mkdtempSync(join(tmpdir(), "narrows-classifier-"));
afterAll(() => rmSync(folder, { recursive: true }));

// The two columns in a code of three numbers, one of them noise.
const COUNT = 400;
const stream = new PhiloxStream(0, "test codes");
const columns = Int32Array.from({ length: 2 * COUNT }, () => stream.integer(13));
const code = Float32Array.from({ length: 3 * COUNT }, (_, k) =>
  k % 3 === 2 ? stream.normal() : (columns[2 * Math.floor(k / 3) + (k % 3)]! - 6) / 4,
);
const file = join(folder, "codes.npz");
writeCodes(file, {
  codes: { shape: [COUNT, 3], data: code },
  labels: { shape: [COUNT, 2], data: columns },
});

const LINEAR = { name: "E2M1", task: "E2M1", network: { type: "hidden", units: 8, slope: 1, dropout: 0 } };
const PLACE = { name: "E2M4", task: "E2M4", network: { type: "hidden", units: 16, dropout: 0.25 } };
const SAME = { name: "E2M3", task: "E2M3", network: { type: "linear" } };

const classifier = (heads: readonly object[], changes: object = {}) =>
  configurationSchema.parse({
    data: { codes: { file } },
    model: { type: "classifier", heads },
    optimizer: { learningRate: 0.01 },
    training: { epochs: 3, batchSize: 32, logEverySteps: 5, checkpointEverySteps: 7 },
    ...changes,
  });

async function train(configuration: ReturnType<typeof classifier>) {
  const experiment = prepareExperiment(configuration);
  const device = await nodeDevice("cpu", 1);
  const { seed, optimizer, training } = configuration;
  const trainer = new Trainer(experiment.model, device, { seed, optimizer });
  const lines: TrainingLine[] = [];
  const evaluations: Evaluation[] = [];
  await trainLoop(trainer, experiment.split, { seed, optimizer, ...training }, device, {
    onLog: (line) => lines.push(line),
    onEvaluation: (evaluation) => evaluations.push(evaluation),
  });
  await trainer.release();
  const parameters = experiment.layout.views(trainer.state.parameters);
  return { experiment, trainer, lines, last: evaluations.at(-1)!, parameters };
}

describe("L8: classifiers of given codes", () => {
  test("a head beside others learns to the last bit what it learns alone", async () => {
    const together = await train(classifier([SAME, PLACE, LINEAR]));
    for (const head of [LINEAR, PLACE, SAME]) {
      const alone = await train(classifier([head]));
      expect(Object.keys(alone.parameters).length).toBeGreaterThan(0);
      for (const [name, values] of Object.entries(alone.parameters)) {
        expect(together.parameters[name], name).toEqual(values);
      }
      expect(together.last.tasks[head.name]).toEqual(alone.last.tasks[head.name]);
      expect(together.last.headLosses[head.name]).toBe(alone.last.headLosses[head.name]);
    }
  });

  test("have a loss, the sum of their heads', and neither rate nor distortion", async () => {
    const { last, lines } = await train(classifier([LINEAR, SAME]));
    expect(last.loss).toBeCloseTo(last.headLosses.E2M1! + last.headLosses.E2M3!, 6);
    for (const numbers of [flatMetrics(last), flatMetrics(lines[0]!)]) {
      expect(Object.values(numbers).every(Number.isFinite)).toBe(true);
      const names = Object.keys(numbers).filter((name) =>
        /rate(Nats|Bits)|distortion|squaredError|gap/i.test(name),
      );
      expect(names).toEqual([]);
    }
  });

  test("learn what a line can tell, and nothing of what it cannot (E2M3)", async () => {
    const { last } = await train(classifier([LINEAR, SAME], { training: { epochs: 40, batchSize: 32 } }));
    expect(last.tasks.E2M1!.f1).toBeGreaterThan(0.9);
    expect(last.tasks.E2M3!.f1).toBeLessThan(0.2);
  });

  test("heads.onnx gives for codes of any number what the model gives", async () => {
    const { experiment, trainer, parameters } = await train(classifier([SAME, PLACE]));
    const parts = exportParts(experiment.model, experiment.layout, trainer.state.parameters);
    expect(Object.keys(parts)).toEqual(["heads"]);
    const session = await ort.InferenceSession.create(parts.heads!);
    const results = await session.run({ codes: new ort.Tensor("float32", code.slice(0, 15), [5, 3]) });
    expect(results.E2M4!.dims).toEqual([5, 25]);
    const [weight, bias] = [parameters["heads.E2M3.0.weight"]!, parameters["heads.E2M3.0.bias"]!];
    const expected = code[3]! * weight[0]! + code[4]! * weight[1]! + code[5]! * weight[2]! + bias[0]!;
    expect(results.E2M3!.data[1]).toBeCloseTo(expected, 5);
  });

  test("are refused where an autoencoder is needed, in one line", () => {
    const experiment = prepareExperiment(classifier([LINEAR]));
    expect(() => requireAutoencoder(experiment, "runs/mine")).toThrow(UserError);
    expect(() => requireAutoencoder(experiment, "runs/mine")).toThrow(
      /^runs\/mine: it is a classifier of given codes, which has no encoder and no decoder\. [^\n]*$/,
    );
  });

  test("a rule with one class is refused with the head's place", () => {
    expect(() => prepareExperiment(classifier([{ ...LINEAR, task: "xU >= 0" }]))).toThrow(
      /^model\.heads\.0 \(E2M1\)/,
    );
  });
});

describe("the codes of a run", () => {
  test("are as many as its rows, the same every time, and noisy unless the centre is asked for", async () => {
    const trained = await untrainedRun("tiny");
    const device = await nodeDevice("cpu", 1);
    const all = await encodeRun(trained, device);
    expect(all.codes.shape).toEqual([400, 2]);
    expect(all.labels).toEqual({ shape: [400, 2], data: trained.experiment.dataset.labels });
    expect(await encodeRun(trained, device)).toEqual(all);
    const mean = await encodeRun(trained, device, { as: "mean" });
    expect(mean.codes.data).not.toEqual(all.codes.data);
    const { codes, labels } = await encodeRun(trained, device, { rows: "validation", as: "mean" });
    const [start, count] = [340, 30];
    expect(codes.shape).toEqual([count, 2]);
    codes.data.forEach((value, k) => {
      expect(value).toBeCloseTo(mean.codes.data[2 * start + k]!, 6);
    });
    expect(labels!.data).toEqual(all.labels!.data.subarray(2 * start, 2 * (start + count)));
  });
});
