import type { ImageTable } from "../../../src/data/dataset.js";
import type { TrainingState } from "../../../src/training/state.js";
import type { CodeFrame } from "../core/contract.js";
import type { WayName } from "../core/ways.js";
import type { Prepared } from "../training/prepared.js";
import { Training } from "../training/training.js";
import type { Computing } from "./computing.js";
import { DeviceFailure } from "./guarded-device.js";

/** What hears of it when the training is another one, or computed elsewhere. */
interface Hears {
  /** The same training continues from this step where it is computed now. */
  readonly moved: (step: number) => void;
  /** The code of the stimuli as the training begins there. */
  readonly placed: (frame: CodeFrame) => void;
}

/** The present training where it is computed: when a way to compute fails, another takes over with the state that there is. */
export class PlacedTraining {
  readonly #computing: Computing;
  readonly #stimuli: ImageTable;
  readonly #hears: Hears;
  #training: Training | undefined;
  #way: WayName = "own";

  constructor(computing: Computing, stimuli: ImageTable, hears: Hears) {
    this.#computing = computing;
    this.#stimuli = stimuli;
    this.#hears = hears;
  }

  /** Undefined until the first is placed. */
  get training(): Training | undefined {
    return this.#training;
  }

  get way(): WayName {
    return this.#way;
  }

  /**
   * Puts a training in place of the one before, which is left as it is where that fails.
   * @param state To begin with; undefined for new weights.
   * @param announce Called before the page sees the code.
   */
  async place(prepared: Prepared, state: TrainingState | undefined, announce: () => void): Promise<void> {
    const before = this.#training;
    const { training, way, frame } = await this.#opened(prepared, state);
    [this.#training, this.#way] = [training, way];
    announce();
    this.#hears.placed(frame);
    await before?.release();
  }

  /** Continues where it is to be computed now, from the latest state that is whole. */
  async move(): Promise<void> {
    const { prepared, wholeState } = this.#training!;
    if (this.#computing.wayFor(prepared.experiment.network) === this.#way) return;
    await this.place(prepared, wholeState, () => this.#hears.moved(wholeState.step));
  }

  /** Computes something of the training, and once more on the way that takes over where the device has failed. */
  async computed<Result>(work: (training: Training) => Promise<Result>): Promise<Result> {
    try {
      return await work(this.#training!);
    } catch (error) {
      if (!(error instanceof DeviceFailure)) throw error;
      await this.leave(error);
      return work(this.#training!);
    }
  }

  /** Leaves a way that has failed, unless that was done. */
  async leave(failure: DeviceFailure): Promise<void> {
    if (failure.way !== this.#way) return;
    this.#computing.fail(failure, this.#training!.wholeState.step);
    await this.move();
  }

  /** Opens a training where it is to be computed; where that fails, on the way that is left. */
  async #opened(
    prepared: Prepared,
    state: TrainingState | undefined,
  ): Promise<{ readonly training: Training; readonly way: WayName; readonly frame: CodeFrame }> {
    const way = this.#computing.wayFor(prepared.experiment.network);
    try {
      const device = await this.#computing.device(way);
      // The training before keeps its own.
      const training = new Training(prepared, device, state && { ...state });
      return { training, way, frame: await training.frame(this.#stimuli) };
    } catch (error) {
      if (!(error instanceof DeviceFailure)) throw error;
      this.#computing.fail(error, undefined);
      return this.#opened(prepared, state);
    }
  }
}
