import { afterAll, describe, expect, test } from "vitest";
import { compareConfigurations, fromEarlierVersion } from "../../src/configuration/compare.js";
import { type Evaluation, evaluateTable } from "../../src/training/evaluate.js";
import { flatMetrics } from "../../src/training/flat-metrics.js";
import { trainLoop } from "../../src/training/loop.js";
import { progressOf } from "../../src/training/schedule.js";
import type { Trainer } from "../../src/training/trainer.js";
import { TINY, tinyConfiguration, tinyTraining } from "./tiny.js";

// Rule R3: evaluationBatchSize is memory and speed, and no number depends on it.
const trainers: Trainer[] = [];
afterAll(async () => {
  for (const trainer of trainers) await trainer.release();
});

const flow = { steps: 1, hidden: [8] };
const beta = { objective: { type: "beta" } };
const counting = {
  ...TINY.model.objective,
  evaluationRateWeight: 1,
  schedule: { warmup: 40, quarteredUntil: 20, countEvaluations: true },
};
const heads = [
  { name: "below", task: "E2M1", network: { type: "linear" } },
  { name: "place", task: "E2M4", loss: "double-softmax", network: { type: "linear" } },
];

// Every place where a number of an evaluation comes from noise, from other images of a batch, or from how batches are counted.
const MODELS = {
  "gaussian noise, the batch's gap, evaluations that count": { objective: counting, heads },
  "Echo noise": { channel: { type: "echo", dimensions: 2, terms: 9 }, ...beta },
  "Echo noise with replacement, centred": {
    channel: { type: "echo", dimensions: 2, terms: 9, sampling: "with-replacement", centred: true },
    ...beta,
  },
  "a flow and the discrepancy": {
    channel: { type: "iaf", dimensions: 2, flow },
    regularizers: [{ type: "mmd", weight: 10 }],
    ...beta,
  },
  "a mixture and the total correlation": {
    marginal: { type: "vamp", pseudoInputs: 3 },
    regularizers: [{ type: "total-correlation", weight: 2, hidden: [8] }],
    ...beta,
  },
};

async function train(model: object, sizes: object) {
  const training = { ...TINY.training, epochs: 2, ...sizes };
  const { experiment, device, trainer, settings } = await tinyTraining(
    tinyConfiguration({ model: { ...TINY.model, ...model }, training }),
  );
  trainers.push(trainer);
  // Rows that make neither 7 nor 16 nor 50 whole.
  const evaluations: Evaluation[] = [];
  await trainLoop(trainer, experiment.split, settings, device, {
    onEvaluation: (evaluation) => evaluations.push(evaluation),
  });
  return { state: trainer.state, metrics: evaluations.map(flatMetrics) };
}

describe.each(Object.entries(MODELS))("%s", (_, model) => {
  test("evaluated by 7, by 16 or by all at a time: the same training, and the same numbers to rounding", async () => {
    const metricBatchSize = 16;
    const first = await train(model, { evaluationBatchSize: 7, metricBatchSize });
    for (const evaluationBatchSize of [16, 1000]) {
      const other = await train(model, { evaluationBatchSize, metricBatchSize });
      expect(other.state.parameters).toEqual(first.state.parameters);
      expect(other.state.evaluations).toBe(first.state.evaluations);
      other.metrics.forEach((metrics, i) => {
        expect(Object.keys(metrics)).toEqual(Object.keys(first.metrics[i]!));
        for (const [name, value] of Object.entries(metrics)) {
          const difference = Math.abs(value - first.metrics[i]![name]!);
          expect([name, difference < 1e-5 * Math.max(1, Math.abs(value))]).toEqual([name, true]);
        }
      });
    }
  });
});

test("what is measured by batches goes by metricBatchSize, and so does what counts", async () => {
  const { "a flow and the discrepancy": model } = MODELS;
  const [few, many] = [
    await train(model, { metricBatchSize: 10 }),
    await train(model, { metricBatchSize: 30 }),
  ];
  expect(few.metrics[0]!.batches).toBe(3);
  expect(many.metrics[0]!.batches).toBe(1);
  expect([few.state.evaluations, many.state.evaluations]).toEqual([6, 2]);
  // The biased estimate shrinks as the batch grows.
  expect(few.metrics[0]!.penalty).toBeGreaterThan(1.5 * many.metrics[0]!.penalty!);
});

test("an image's noise is its own: rows in front of another row change nothing of it", async () => {
  const { experiment, trainer, settings } = await tinyTraining(
    tinyConfiguration({ training: { ...TINY.training, metricBatchSize: 8 } }),
  );
  trainers.push(trainer);
  const { train: table } = experiment.split;
  const progress = progressOf(trainer.state, { stepsPerEpoch: 10, totalSteps: 10 });
  const rows = (...numbers: number[]) => Uint32Array.from(numbers);
  const measured = async (asked: Uint32Array) => {
    const noise = { rows: asked, rowsPerStep: settings.metricBatchSize };
    const { distortion } = await trainer.evaluator.measure(trainer.parameters, table, asked, noise, progress);
    return [...distortion!];
  };
  const [a, b, c] = await measured(rows(5, 8, 13));
  const others = await measured(rows(13, 4, 5, 6, 7, 8));
  expect([others[2], others[5], others[0]].map((x) => x!.toFixed(6))).toEqual(
    [a, b, c].map((x) => x!.toFixed(6)),
  );
  const whole = await evaluateTable(trainer, table, settings, progress);
  expect(whole.images).toBe(table.count);
});

test("a manifest of the time of one batch size means that size, for the metrics too", () => {
  const now = tinyConfiguration({ training: { ...TINY.training, metricBatchSize: 20 } });
  const { metricBatchSize: _, ...training } = now.training;
  const before = { ...now, training };
  expect(fromEarlierVersion(before)).toEqual(now);
  expect(compareConfigurations(before, now)).toEqual([]);
  expect(fromEarlierVersion(now)).toEqual(now);
  expect(
    compareConfigurations(before, tinyConfiguration({ training: { ...TINY.training, metricBatchSize: 30 } })),
  ).toMatchObject([{ key: "training.metricBatchSize" }]);
});
