import type { Model } from "../model/model.js";
import type { Trainable } from "../model/trainable.js";
import type { ParameterLayout } from "../nn/parameters.js";
import { emptySums, type MetricSums } from "./metric-sums.js";

/** Everything that training carries from one step to the next: with the configuration and the data it determines how training continues. */
export interface TrainingState {
  /** Optimizer steps made. */
  step: number;
  /** Evaluation batches of `metricBatchSize` images so far (schedules may count them, rule S3). */
  evaluations: number;
  /** Sums of the batch metrics since the last line of the log, and how many batches they hold. */
  sinceLog: MetricSums;
  /** All parameters, one vector in the order of the model's {@link ParameterLayout}. */
  parameters: Float32Array;
  /** Adam's discounted sums of gradients and of their squares; same order. */
  gradientSum: Float32Array;
  /** Same order and length. */
  squareSum: Float32Array;
}

/** The vectors of a state, by the name they have in programs and checkpoints. */
export const STATE_VECTORS = ["parameters", "gradientSum", "squareSum"] as const;

export type StateVector = (typeof STATE_VECTORS)[number];

/**
 * The state before the first step.
 * @param parameters initial values, one vector in the order of the model's {@link ParameterLayout}; taken,
 * not copied.
 */
export function freshState(parameters: Float32Array): TrainingState {
  return {
    step: 0,
    evaluations: 0,
    sinceLog: emptySums(),
    parameters,
    gradientSum: new Float32Array(parameters.length),
    squareSum: new Float32Array(parameters.length),
  };
}

/** A model with its parameters: what is needed to use it. */
export interface TrainedModel<Kind extends Trainable = Model> {
  readonly model: Kind;
  readonly layout: ParameterLayout;
  /** One vector, in the order of the layout. */
  readonly parameters: Float32Array;
  /** Key of the noise of its codes. */
  readonly seed: number;
}
