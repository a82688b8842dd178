/** How far training is, for schedules. */
export interface Progress {
  /** Optimizer steps made before this one. */
  readonly step: number;
  /** Whole epochs made before this one. */
  readonly epoch: number;
  /** Steps of the whole training. */
  readonly totalSteps: number;
}

/** A learning rate that shrinks by a factor after each epoch: rate * factor^epoch. */
export function exponentialRate(rate: number, factor: number): (progress: Progress) => number {
  return ({ epoch }) => rate * factor ** epoch;
}

/** A learning rate that goes in a straight line from `rate` at the first step to `rate * finalFactor` at the last. */
export function linearRate(rate: number, finalFactor: number): (progress: Progress) => number {
  return ({ step, totalSteps }) =>
    rate * (1 + (finalFactor - 1) * Math.min(1, step / Math.max(1, totalSteps - 1)));
}

/** A learning rate that stays. */
export function constantRate(rate: number): (progress: Progress) => number {
  return () => rate;
}
