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
