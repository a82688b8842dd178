import type { ScheduleProgress } from "../model/parts.js";
import type { TrainingState } from "./state.js";

/** How the steps of a training are laid out over its data. */
export interface TrainingPlan {
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
}

/** The plan for so many images; the last batch of an epoch holds what is left over, unless such batches are dropped. */
export function planTraining(
  images: number,
  {
    epochs,
    batchSize,
    steps,
    lastBatch = "keep",
  }: {
    epochs: number;
    batchSize: number;
    steps?: number | undefined;
    lastBatch?: "keep" | "drop" | undefined;
  },
): TrainingPlan {
  const stepsPerEpoch = lastBatch === "keep" ? Math.ceil(images / batchSize) : Math.floor(images / batchSize);
  return { stepsPerEpoch, totalSteps: Math.min(epochs * stepsPerEpoch, steps ?? Number.POSITIVE_INFINITY) };
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
  };
}
