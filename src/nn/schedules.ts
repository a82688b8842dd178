/** How far training is, for schedules. */
export interface Progress {
  /** Optimizer steps made before this one. */
  readonly step: number;
  /** Whole epochs made before this one. */
  readonly epoch: number;
  /** Steps of the whole training. */
  readonly totalSteps: number;
  /** Epochs of the whole training, the last one perhaps not whole. */
  readonly totalEpochs: number;
}

/** A learning rate that shrinks by a factor after each epoch (rule S5): rate * factor^epoch. */
export function exponentialRate(rate: number, factor: number): (progress: Progress) => number {
  return ({ epoch }) => rate * factor ** epoch;
}

/**
 * A learning rate that goes in a straight line from `rate` at the first step to `rate * finalFactor` at the
 * last (rule S6).
 */
export function linearRate(rate: number, finalFactor: number): (progress: Progress) => number {
  return ({ step, totalSteps }) =>
    rate * (1 + (finalFactor - 1) * Math.min(1, step / Math.max(1, totalSteps - 1)));
}

/**
 * A learning rate that stays for a share of the epochs and then goes to 0 in a straight line, changing
 * between epochs (rule S11).
 * @param hold share of the epochs, at least 0 and below 1.
 * @param turned takes 1 minus the factor after that point, so that the rate drops and climbs back: what the
 * code of "Exact rate-distortion in autoencoders via Echo noise" does.
 */
export function heldThenLinearRate(
  rate: number,
  hold: number,
  turned: boolean,
): (progress: Progress) => number {
  return ({ epoch, totalEpochs }) => {
    const left = (totalEpochs - epoch) / (totalEpochs * (1 - hold));
    return rate * (turned && left < 1 ? 1 - left : Math.min(1, left));
  };
}

/** A learning rate that stays (rule S7). */
export function constantRate(rate: number): (progress: Progress) => number {
  return () => rate;
}
