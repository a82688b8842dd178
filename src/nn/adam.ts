import { add, clip, divide, multiply, sqrt, square, subtract } from "../tensor/operations/elementwise.js";
import { sumOver } from "../tensor/operations/reduce.js";
import type { Tensor } from "../tensor/tensor.js";

/** Names of the places where epsilon may be added (rule A12). */
export const EPSILON_FORMS = ["pytorch", "keras"] as const;
/** One of `EPSILON_FORMS`. */
export type EpsilonForm = (typeof EPSILON_FORMS)[number];

/** Settings of Adam (Kingma and Ba 2015), with PyTorch's names and defaults. */
export interface AdamSettings {
  /** Share of the sum of gradients that is kept at each step, from 0 to below 1. */
  readonly beta1: number;
  /** The same of the sum of squared gradients. */
  readonly beta2: number;
  /** Above 0; keeps steps finite where gradients vanish. */
  readonly epsilon: number;
  /** Whether epsilon is added to the corrected root of v, as PyTorch does (default), or to the root as it is, as Keras does (rule A12). */
  readonly epsilonForm?: EpsilonForm | undefined;
  /** Added to the gradient as weightDecay * parameter (L2), or, decoupled, taken off the parameter directly. */
  readonly weightDecay: number;
  readonly decoupledWeightDecay: boolean;
}

/** The vectors that Adam keeps in addition to the parameters: sums of past gradients and of their squares, discounted. */
export interface AdamState {
  /** [P]. */
  readonly gradientSum: Tensor;
  /** [P]. */
  readonly squareSum: Tensor;
}

/** The numbers of one step, computed on the host in float64. */
export interface AdamStep {
  /** A scalar: learning rate times the corrections of both sums. */
  readonly stepSize: Tensor;
  /** A scalar: epsilon, scaled as the sums are. */
  readonly epsilon: Tensor;
  /** 1 - learning rate * weight decay; used with decoupled decay. */
  readonly shrink: Tensor;
}

/**
 * One step of Adam on flat vectors (rule A1). The moments are kept as plain discounted sums, m / (1 - beta1)
 * and v / (1 - beta2), and every constant factor is folded into the step's size: ten passes over the vectors
 * instead of fourteen. The result is PyTorch's up to rounding. Source: Kingma and Ba 2015.
 * @param parameters [P].
 * @param gradient [P].
 * @param state the two sums, [P] each.
 * @param step scalars of the step, with the numbers of {@link adamStepNumbers}.
 * @returns parameters and sums after the step, [P] each.
 */
export function adam(
  parameters: Tensor,
  gradient: Tensor,
  state: AdamState,
  step: AdamStep,
  settings: AdamSettings,
): { parameters: Tensor } & AdamState {
  const { weightDecay, decoupledWeightDecay } = settings;
  const decayed =
    weightDecay > 0 && !decoupledWeightDecay ? add(gradient, multiply(parameters, weightDecay)) : gradient;
  const gradientSum = add(multiply(state.gradientSum, settings.beta1), decayed);
  const squareSum = add(multiply(state.squareSum, settings.beta2), square(decayed));
  const change = divide(multiply(gradientSum, step.stepSize), add(sqrt(squareSum), step.epsilon));
  const kept = weightDecay > 0 && decoupledWeightDecay ? multiply(parameters, step.shrink) : parameters;
  return { parameters: subtract(kept, change), gradientSum, squareSum };
}

/**
 * The numbers of a step for {@link adam}, in float64: with the sums M = m / (1 - beta1), V = v / (1 - beta2),
 * lr * mhat / (sqrt(vhat) + epsilon) = stepSize * M / (sqrt(V) + scaled epsilon). As in Keras epsilon is
 * added to sqrt(v) instead, so that it is scaled as v is and not as vhat (rule A12).
 * @param t the step, counted from 1.
 * @param learningRate of this step.
 * @param settings of Adam.
 */
export function adamStepNumbers(
  t: number,
  learningRate: number,
  { beta1, beta2, epsilon, epsilonForm, weightDecay }: AdamSettings,
): Record<keyof AdamStep, number> {
  const correction = Math.sqrt((1 - beta2 ** t) / (1 - beta2));
  return {
    stepSize: ((learningRate * (1 - beta1)) / (1 - beta1 ** t)) * correction,
    epsilon: epsilonForm === "keras" ? epsilon / Math.sqrt(1 - beta2) : epsilon * correction,
    shrink: 1 - learningRate * weightDecay,
  };
}

/**
 * Gradient clipping by the global norm: gradients of all parameters, each a row of numbers, scaled to a norm of at most `norm` (rule A9).
 * Source: Pascanu and others, "On the difficulty of training recurrent neural networks", 2013, algorithm 1.
 */
export function clipGradients(gradients: readonly Tensor[], norm: number): Tensor[] {
  const squares = gradients.map((part) => sumOver(square(part), [0]));
  const length = sqrt(squares.reduce((sum, part) => add(sum, part)));
  const share = clip(divide(norm, length), 0, 1);
  return gradients.map((part) => multiply(part, share));
}
