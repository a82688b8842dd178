import type { ScheduleProgress } from "../model/parts.js";
import type { TrainingState } from "./state.js";

/** How long a training is, in which portions (rule S13). */
export interface TrainingLength {
  /** Passes through the images; where it and `steps` are undefined 6, or as many more as make 3,000 steps. */
  readonly epochs?: number | undefined;
  /** Steps after which it ends at the latest. */
  readonly steps?: number | undefined;
  /** Steps that shares of the planned ones are taken of (rule S12); all of them by default. */
  readonly scheduledSteps?: number | undefined;
  /** Images in a batch. */
  readonly batchSize: number;
  /** Whether the batch of fewer images that ends an epoch is trained on; `keep` by default. */
  readonly lastBatch?: "keep" | "drop" | undefined;
}

/** How the steps of a training are laid out over its data. */
export interface TrainingPlan {
  /** Batches of an epoch. */
  readonly stepsPerEpoch: number;
  /** Steps of the whole training. */
  readonly totalSteps: number;
  /** Steps that shares of the planned ones are taken of, where they are others. */
  readonly scheduledSteps?: number | undefined;
}

/** Epochs and steps that a training has at least where its length is not given. */
const MIN_EPOCHS = 6;
const MIN_STEPS = 3000;

/** The epochs that are trained where none are given (rule S13): six, and more where the images make few steps. */
function defaultEpochs(stepsPerEpoch: number): number {
  return Math.max(MIN_EPOCHS, Math.ceil(MIN_STEPS / Math.max(1, stepsPerEpoch)));
}

/**
 * The plan for a number of images; the last batch of an epoch is smaller, unless such batches are dropped.
 * @param images number of training images, at least a batch.
 * @param length how long, in which portions.
 */
export function planTraining(
  images: number,
  { epochs: given, batchSize, steps, scheduledSteps, lastBatch = "keep" }: TrainingLength,
): TrainingPlan {
  const stepsPerEpoch = lastBatch === "keep" ? Math.ceil(images / batchSize) : Math.floor(images / batchSize);
  // Where steps alone are given, they say how long.
  const epochs = given ?? (steps === undefined ? defaultEpochs(stepsPerEpoch) : Number.POSITIVE_INFINITY);
  const totalSteps = Math.min(epochs * stepsPerEpoch, steps ?? Number.POSITIVE_INFINITY);
  return { stepsPerEpoch, totalSteps, ...(scheduledSteps !== undefined && { scheduledSteps }) };
}

/** Where a state stands in its plan: what the next step sees. */
export function progressOf(
  state: Pick<TrainingState, "step" | "evaluations">,
  plan: TrainingPlan,
): ScheduleProgress {
  return {
    step: state.step,
    epoch: Math.floor(state.step / plan.stepsPerEpoch),
    totalSteps: plan.totalSteps,
    totalEpochs: Math.ceil(plan.totalSteps / plan.stepsPerEpoch),
    evaluations: state.evaluations,
    scheduledSteps: plan.scheduledSteps,
  };
}
