import { shuffledBatches } from "../data/batches.js";
import type { ImageTable } from "../data/dataset.js";
import type { OptimizerSettings } from "../nn/optimizer-schema.js";
import type { Device } from "../onnx/devices.js";
import { firstNonFinite, hasNonFinite } from "./diagnosis.js";
import { type Evaluation, type EvaluationSizes, evaluateTable } from "./evaluate.js";
import { addBatch, type BatchMetrics, emptySums, means } from "./metric-sums.js";
import { planTraining, progressOf, type TrainingLength, type TrainingPlan } from "./schedule.js";
import { STATE_VECTORS, type TrainingState } from "./state.js";
import type { Trainer } from "./trainer.js";

/**
 * How long, in what portions, and how often to look and to save: `training` of a configuration, with its seed
 * and optimizer.
 */
export interface LoopSettings extends TrainingLength, EvaluationSizes {
  /** Key of every random number of the training. */
  readonly seed: number;
  readonly optimizer: OptimizerSettings;
  /** Steps between two evaluations of the validation images; after each epoch where it is undefined. */
  readonly evaluateEverySteps?: number | undefined;
  /** Steps between two calls of `onCheckpoint`, which the end and a stop have too. */
  readonly checkpointEverySteps: number;
  /** Epochs, counted as done, after which `onSnapshot` is called. */
  readonly snapshotEpochs?: readonly number[] | undefined;
  /** `frozen`: every epoch repeats the batches and the noise of the first; `fresh` by default. */
  readonly noise?: "fresh" | "frozen" | undefined;
  /** Steps between two lines of training metrics. */
  readonly logEverySteps: number;
  /** The rate of a batch, in nats per image, above which the training is given up. */
  readonly stopAboveRateNats: number;
}

/** Means over the batches since the line before. */
export interface TrainingLine extends BatchMetrics {
  /** Steps made. */
  readonly step: number;
  /** Epochs begun, counted from 0. */
  readonly epoch: number;
  /** Of the last of these steps. */
  readonly learningRate: number;
  /** The rate aimed at, in nats; undefined where none is. */
  readonly targetRateNats: number | undefined;
}

/** What the loop reports while it runs. None of it feeds back into the numbers. */
export interface LoopListener {
  /**
   * A step has been made. If it returns a promise, the next step begins when that has settled: in a browser, the place to let the page draw, or a worker
   * read its messages. Where none is returned nothing is waited for.
   */
  onStep?(state: TrainingState, plan: TrainingPlan, batch: BatchMetrics): void | Promise<void>;
  onLog?(line: TrainingLine): void;
  onEvaluation?(evaluation: Evaluation, at: { step: number; epoch: number }): void;
  /** The state is whole: the place to save it. */
  onCheckpoint?(state: TrainingState): void;
  /** The parameters are those after an epoch that was asked for. */
  onSnapshot?(state: TrainingState): void;
  /** Asked after each step; true ends the training, with a checkpoint. */
  shouldStop?(): boolean;
}

/**
 * Trains from the trainer's state to the end of the plan, or until it is asked to stop. Which lines, evaluations and
 * checkpoints appear, and every number in them, depends on the settings and the data alone, so that a training that
 * was stopped and resumed gives the same as one that was not.
 * @returns whether the plan was finished.
 * @throws TrainingFailure when a number is not finite or the rate explodes; the state is then that before the step.
 */
export async function trainLoop(
  trainer: Trainer,
  data: { readonly train: ImageTable; readonly validation: ImageTable },
  settings: LoopSettings,
  device: Device,
  listener: LoopListener = {},
): Promise<boolean> {
  const plan = planTraining(data.train.count, settings);
  const { state } = trainer;
  const isFrozen = settings.noise === "frozen";
  const inOrderOf = (epoch: number) => {
    const batches = shuffledBatches(data.train.count, settings.batchSize, { seed: settings.seed, epoch });
    return { epoch, batches };
  };
  let order: ReturnType<typeof inOrderOf> | undefined;
  const snapshotSteps = new Set(settings.snapshotEpochs?.map((epoch) => epoch * plan.stepsPerEpoch));
  if (state.step === 0 && snapshotSteps.has(0)) listener.onSnapshot?.(state);
  while (state.step < plan.totalSteps) {
    const progress = progressOf(state, plan);
    const { epoch } = progress;
    const orderOf = isFrozen ? 0 : epoch;
    if (order?.epoch !== orderOf) order = inOrderOf(orderOf);
    const inEpoch = state.step % plan.stepsPerEpoch;
    const rows = order.batches.at(inEpoch);
    const noiseStep = isFrozen ? inEpoch : state.step;
    const batch = await trainer.step(data.train, rows, progress, noiseStep);
    if (!isSound(batch, settings))
      throw await explain({ trainer, train: data.train, rows, plan, settings, device, batch, noiseStep });
    addBatch(state.sinceLog, batch, rows.length);
    const pause = listener.onStep?.(state, plan, batch);
    if (pause) await pause;

    const last = state.step === plan.totalSteps;
    const { step } = state;
    if (last || step % settings.logEverySteps === 0) {
      const targetRateNats = trainer.model.targetRateNats(progress);
      const learningRate = trainer.learningRate(progress);
      listener.onLog?.({ step, epoch, ...means(state.sinceLog), learningRate, targetRateNats });
      state.sinceLog = emptySums();
    }
    const evaluationDue = settings.evaluateEverySteps
      ? step % settings.evaluateEverySteps === 0
      : step % plan.stepsPerEpoch === 0;
    if (last || evaluationDue) {
      // Judged by the target of the step just made.
      const evaluation = await evaluateTable(trainer, data.validation, settings, progress);
      state.evaluations += evaluation.batches;
      listener.onEvaluation?.(evaluation, { step, epoch });
    }
    const stopping = !last && (listener.shouldStop?.() ?? false);
    const checkpointDue = last || stopping || step % settings.checkpointEverySteps === 0;
    if (checkpointDue || snapshotSteps.has(step)) await trainer.fetchState();
    if (snapshotSteps.has(step)) listener.onSnapshot?.(state);
    if (checkpointDue) {
      checkFinite(state);
      listener.onCheckpoint?.(state);
    }
    if (stopping) return false;
  }
  return true;
}

function isSound(batch: BatchMetrics, { stopAboveRateNats }: LoopSettings): boolean {
  const { headLosses, ...scalars } = batch;
  const numbers = [...Object.values(scalars), ...Object.values(headLosses)];
  return numbers.every(Number.isFinite) && (batch.rateNats ?? 0) <= stopAboveRateNats;
}

/** A step whose numbers are not sound, and what it was made of. */
interface BadStep {
  readonly trainer: Trainer;
  readonly train: ImageTable;
  readonly rows: Uint32Array;
  readonly plan: TrainingPlan;
  readonly settings: LoopSettings;
  readonly device: Device;
  readonly batch: BatchMetrics;
  readonly noiseStep: number;
}

/** Takes the bad step back and finds out where it went wrong. */
async function explain(bad: BadStep): Promise<TrainingFailure> {
  const { trainer, rows, batch } = bad;
  const { optimizer, stopAboveRateNats } = bad.settings;
  trainer.undo();
  await trainer.fetchState();
  const { step } = trainer.state;
  const { rateNats } = batch;
  if (rateNats !== undefined && rateNats > stopAboveRateNats && Number.isFinite(rateNats)) {
    const what = `the rate exploded to ${rateNats.toPrecision(4)} nats (the limit is ${stopAboveRateNats})`;
    return new TrainingFailure(step, "rateNats", what);
  }
  const progress = progressOf(trainer.state, bad.plan);
  const feeds = await trainer.feedsForDiagnosis(bad.train, rows, progress, bad.noiseStep);
  const tensor = await firstNonFinite(trainer.model, optimizer, rows.length, feeds, bad.device);
  return new TrainingFailure(step, tensor ?? "loss", "a number is not finite");
}

/** Training must be able to continue from a checkpoint. */
function checkFinite(state: TrainingState): void {
  for (const name of STATE_VECTORS) {
    if (hasNonFinite(state[name])) throw new TrainingFailure(state.step - 1, name, "a number is not finite");
  }
}

/** Training that cannot continue: numbers that are not finite, or a rate that exploded. */
export class TrainingFailure extends Error {
  override readonly name = "TrainingFailure";
  /** Steps made before the bad one. */
  readonly step: number;
  /** The first tensor that went wrong. */
  readonly tensor: string;

  constructor(step: number, tensor: string, what: string) {
    super(`step ${step + 1}: ${what} in ${tensor}. ${ADVICE}`);
    this.step = step;
    this.tensor = tensor;
  }
}

const ADVICE =
  "Try a lower optimizer.learningRate, a smaller gamma or beta, or a longer warmup; the last good checkpoint is kept";
