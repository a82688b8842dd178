/** A training as the files of a run's folder, which `narrows resume`, `show` and `report` take. */

import { defaultSplit } from "../../../src/data/split.js";
import { checkpointChunks } from "../../../src/runs/checkpoint-bytes.js";
import { manifestText } from "../../../src/runs/manifest-text.js";
import { addToSum, NOTHING, recipeSum, withSeal } from "../../../src/runs/sums.js";
import { ARITHMETIC } from "../../../src/training/arithmetic.js";
import { checkpointContent } from "../../../src/training/checkpoint-content.js";
import type { Evaluation } from "../../../src/training/evaluate.js";
import { flatMetrics } from "../../../src/training/flat-metrics.js";
import { planTraining } from "../../../src/training/schedule.js";
import type { TrainingState } from "../../../src/training/state.js";
import type { TrainingPoint } from "../core/contract.js";
import type { Prepared } from "../training/prepared.js";

/** What is known of a training that is written. */
export interface WrittenTraining {
  readonly prepared: Prepared;
  /** As last fetched from the device. */
  readonly state: TrainingState;
  readonly history: readonly TrainingPoint[];
  /** On the validation images, at the state's step. */
  readonly evaluation: Evaluation;
  readonly device: { readonly device: string; readonly threads: number };
  readonly versions: { readonly narrows: string; readonly onnxruntime: string };
  /** Now, as ISO 8601 has it. */
  readonly time: string;
}

const text = (content: string) => new TextEncoder().encode(content);

/** Name of the run's folder. */
export function runName({ state }: Pick<WrittenTraining, "state">): string {
  return `lab-step-${state.step}`;
}

/** The files of the run, by their paths in its folder. */
export function runFolder(training: WrittenTraining): Record<string, Uint8Array> {
  const { prepared, state, device, versions, time } = training;
  const { configuration, images, train, layout } = prepared;
  const recipe: Record<string, unknown> = JSON.parse(JSON.stringify(configuration));
  const lines = metricsLines(training);
  const metricsBytes = text(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const metrics = { ...addToSum(NOTHING, metricsBytes), lines: lines.length };
  const content = withSeal(checkpointContent(state, layout), { metrics, recipe: recipeSum(recipe) });
  const plan = planTraining(train.count, configuration.training);
  const { name, fingerprint, labelNames } = images;
  const split = defaultSplit(images.count);
  const manifest = manifestText({
    format: 1,
    name: runName(training),
    status: "interrupted",
    reason: "downloaded from the lab",
    createdAt: time,
    startedAt: time,
    wallTimeSeconds: 0,
    configuration: recipe as Parameters<typeof manifestText>[0]["configuration"],
    seed: configuration.seed,
    dataset: { name, fingerprint, labelNames: [...labelNames] },
    split: {
      order: "given",
      train: [...split.train],
      validation: [...split.validation],
      test: [...split.test],
    },
    device: device.device,
    threads: device.threads,
    totalSteps: plan.totalSteps,
    totalEpochs: Math.ceil(plan.totalSteps / plan.stepsPerEpoch),
    parameterCount: layout.size,
    versions: { ...versions, node: "none", platform: "browser", arithmetic: ARITHMETIC },
    integrity: { step: state.step, metrics, complete: true, snapshots: [], files: {} },
  });
  const checkpoint = `checkpoints/step-${String(state.step).padStart(8, "0")}.safetensors`;
  return {
    "manifest.json": text(manifest),
    "metrics.jsonl": metricsBytes,
    [checkpoint]: joined(checkpointChunks(content)),
  };
}

function metricsLines({ history, evaluation, state, prepared }: WrittenTraining) {
  const { configuration, train } = prepared;
  const { stepsPerEpoch } = planTraining(train.count, configuration.training);
  // As the loop counts: the epoch of the step that was just made.
  const epochOf = (step: number) => Math.floor(Math.max(0, step - 1) / stepsPerEpoch);
  const lines = history.map(({ step, loss, distortion, rateNats, targetRateNats }) => ({
    step,
    epoch: epochOf(step),
    split: "train",
    loss,
    distortion,
    rateNats,
    ...(targetRateNats !== undefined && { targetRateNats }),
  }));
  const { step } = state;
  const { rateEstimator } = evaluation;
  const validation = {
    step,
    epoch: epochOf(step),
    split: "validation",
    ...flatMetrics(evaluation),
    ...(rateEstimator && { rateEstimator }),
  };
  return [...lines, validation];
}

/** Chunks one after the other. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((bytes, chunk) => bytes + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
