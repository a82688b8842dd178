import type { ImageTable } from "../../../src/data/dataset.js";
import { type LoopListener, TrainingFailure } from "../../../src/training/loop.js";
import type { Message } from "../core/contract.js";
import type { Training } from "../training/training.js";
import { DeviceFailure } from "./guarded-device.js";
import { Pace, Sometimes, Speedometer } from "./pace.js";
import type { PlacedTraining } from "./placed-training.js";
import type { TrainingRecord } from "./training-record.js";
import type { Turn, Turns } from "./turns.js";

const SAVE_EVERY_MS = 4000;

/** What hears of a training that runs. */
interface Hears {
  readonly send: (message: Message) => void;
  /** Keeps a copy. */
  readonly keep: (training: Training, wasTraining: boolean) => Promise<void>;
  readonly status: (status: "paused" | "training") => void;
  readonly fail: (error: unknown) => void;
}

/** Trains until it is to pause; what is due is looked at in between steps. */
export class Running {
  readonly #placed: PlacedTraining;
  readonly #turns: Turns;
  readonly #record: TrainingRecord;
  readonly #stimuli: ImageTable;
  readonly #hears: Hears;
  readonly #pace = new Pace();
  readonly #speed = new Speedometer();
  readonly #frames = new Sometimes(100, 0.25);
  readonly #planes = new Sometimes(700, 0.15);
  readonly #saves = new Sometimes(SAVE_EVERY_MS, 0.05);
  #isTraining = false;
  #shouldStop = false;
  /** Steps until it pauses by itself; undefined: none are counted. */
  #left: number | undefined;
  /** The training that runs now ends before anything else is done to it. */
  #ended: Promise<void> = Promise.resolve();
  /** It pauses for something that is done to it, and trains on afterwards. */
  isInterrupted = false;

  constructor(
    placed: PlacedTraining,
    turns: Turns,
    record: TrainingRecord,
    stimuli: ImageTable,
    hears: Hears,
  ) {
    this.#placed = placed;
    this.#turns = turns;
    this.#record = record;
    this.#stimuli = stimuli;
    this.#hears = hears;
  }

  get stepsPerSecond(): number | undefined {
    return this.#speed.stepsPerSecond;
  }

  /** Undefined: as fast as possible. */
  set stepsPerSecondAtMost(limit: number | undefined) {
    this.#pace.limit = limit;
  }

  /** Pauses after the present step. */
  stop(): void {
    this.#shouldStop = true;
  }

  /** Pauses, and waits for it. */
  async pause(): Promise<void> {
    this.stop();
    await this.#ended;
  }

  /**
   * Does something to the training that it has to pause for; it trains on where it did before.
   * @param work Gives whether it can.
   */
  async interrupt(work: () => Promise<boolean>): Promise<void> {
    const isTraining = this.#isTraining;
    const left = this.#left;
    this.isInterrupted = isTraining;
    let canTrain = false;
    try {
      await this.pause();
      canTrain = await this.#turns.run(work);
    } finally {
      this.isInterrupted = false;
    }
    if (isTraining && canTrain) this.begin(left);
    else this.#hears.status("paused");
  }

  /** @param steps To make until it pauses by itself; undefined: none are counted. */
  begin(steps: number | undefined): void {
    if (!this.#placed.training || this.#isTraining) return;
    this.#isTraining = true;
    this.#shouldStop = false;
    this.#left = steps;
    this.#ended = this.#train().catch((error: unknown) => this.#hears.fail(error));
  }

  async #train(): Promise<void> {
    try {
      for (let isOver = false; !isOver; ) {
        this.#speed.clear();
        this.#hears.status("training");
        const turn = await this.#turns.take();
        try {
          isOver = await this.#trainIn(turn);
        } finally {
          turn.end();
        }
      }
    } finally {
      this.#isTraining = false;
      this.#left = undefined;
    }
    if (!this.isInterrupted) this.#hears.status("paused");
  }

  /** Trains until it is to pause. @returns whether that is so: not where a device has failed, and another is in its place. */
  async #trainIn(turn: Turn): Promise<boolean> {
    const training = this.#placed.training!;
    try {
      await training.train(this.#listenerOf(training, turn));
    } catch (error) {
      if (error instanceof DeviceFailure) {
        await this.#placed.leave(error);
        return this.#shouldStop;
      }
      // The state is that before the step: the visitor may change what made it so.
      if (!(error instanceof TrainingFailure)) throw error;
      const what = `Step ${error.step}: ${error.message}. Begin again, or lower the price of the rate.`;
      this.#hears.send({ kind: "failed", what });
    }
    await this.#placed.computed(async (present) => {
      this.#hears.send({ kind: "frame", frame: await present.frame(this.#stimuli) });
      await this.#record.measurePlane(present);
      await this.#hears.keep(present, this.isInterrupted);
    });
    return true;
  }

  #listenerOf(training: Training, turn: Turn): LoopListener {
    return {
      onStep: ({ step }) => {
        const now = performance.now();
        this.#speed.mark(now, step);
        if (this.#left !== undefined && --this.#left <= 0) this.#shouldStop = true;
        const pause = this.#pace.afterStep(now);
        return pause && turn.lendWhile(pause).then(() => this.#look(training));
      },
      onLog: (line) => this.#record.addLine(line),
      shouldStop: () => this.#shouldStop,
    };
  }

  /** In between steps, once others have had their turn: what is due is looked at. */
  async #look(training: Training): Promise<void> {
    if (this.#shouldStop) return;
    await this.#frames.ifDue(async () => {
      this.#hears.send({ kind: "frame", frame: await training.frame(this.#stimuli) });
      this.#hears.status("training");
    });
    await this.#planes.ifDue(() => this.#record.measurePlane(training));
    await this.#saves.ifDue(() => this.#hears.keep(training, true));
  }
}
