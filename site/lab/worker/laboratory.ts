import type { ImageTable } from "../../../src/data/dataset.js";
import { UserError } from "../../../src/errors.js";
import { type Experiment, FIRST_EXPERIMENT, sharesWeights } from "../../../src/lab/experiment.js";
import { stateFromCheckpoint } from "../../../src/training/checkpoint-content.js";
import { type LoopListener, TrainingFailure } from "../../../src/training/loop.js";
import type { TrainingState } from "../../../src/training/state.js";
import type { Message, PlanePoint, Request, TrainingPoint } from "../core/contract.js";
import { sameExperiment } from "../core/experiment-words.js";
import { withPoint } from "../core/points.js";
import { type ExportKind, exported } from "../files/exported.js";
import { type DroppedFile, readRun } from "../files/read-run.js";
import { experimentIn, shownRun } from "../files/shown-run.js";
import { prepare } from "../training/prepared.js";
import { stimuliOf, stimulusTable } from "../training/stimuli.js";
import { Training } from "../training/training.js";
import { sameLayout, transferred } from "../training/transfer.js";
import type { openDevice } from "./device.js";
import { Pace, Sometimes, Speedometer } from "./pace.js";
import type { SavedTraining } from "./saved.js";
import { versions } from "./versions.js";

/** After a change the model is built for it once nothing has been changed for so long. */
const SETTLE_MS = 400;
const SAVE_EVERY_MS = 4000;

/** What the laboratory needs of its surroundings: a browser's worker, or a test. */
export interface Surroundings {
  readonly send: (message: Message, transfer?: Transferable[]) => void;
  readonly openDevice: typeof openDevice;
  /** Keeps a training for the next time. */
  readonly save: (training: SavedTraining) => Promise<void>;
  readonly saved: () => Promise<SavedTraining | undefined>;
}

/** The worker's side of the lab: one training at a time, steered by requests and watched by messages. */
export class Laboratory {
  readonly #around: Surroundings;
  readonly #send: Surroundings["send"];
  readonly #pace = new Pace();
  readonly #speed = new Speedometer();
  readonly #frames = new Sometimes(100, 0.25);
  readonly #planes = new Sometimes(700, 0.15);
  readonly #saves = new Sometimes(SAVE_EVERY_MS, 0.05);
  readonly #stimuli: ImageTable = stimulusTable();
  #opened: Awaited<ReturnType<typeof openDevice>> | undefined;
  #training: Training | undefined;
  #history: readonly TrainingPoint[] = [];
  #path: readonly PlanePoint[] = [];
  #accuracy: number | undefined;
  /** What the visitor has chosen; the training follows when it settles. */
  #wanted: Experiment = FIRST_EXPERIMENT;
  #settles = 0;
  /** Steps until it pauses by itself; undefined: none are counted. */
  #left: number | undefined;
  #isTraining = false;
  /** It pauses to be built for other settings, and trains on with them. */
  #goesOn = false;
  #shouldStop = false;
  #isSaving = false;
  /** A copy that was due while another was written. */
  #saveNext: (() => Promise<void>) | undefined;
  /** The training that runs now ends before anything else is done to it. */
  #running: Promise<void> = Promise.resolve();

  /** Requests are dealt with one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(around: Surroundings) {
    this.#around = around;
    this.#send = around.send;
  }

  /** Deals with a request once those before it are dealt with; a training goes on meanwhile, and its steps come in between. */
  handle(request: Request): Promise<void> {
    if (request.kind === "pause" || request.kind === "reset") this.#shouldStop = true;
    return this.#inTurn(() => this.#answer(request));
  }

  /** What went wrong is reported, and the next request is dealt with all the same. */
  #inTurn(work: () => Promise<void> | void): Promise<void> {
    this.#queue = this.#queue.then(work).catch((error: unknown) => this.#fail(error));
    return this.#queue;
  }

  #answer(request: Request): Promise<void> | void {
    switch (request.kind) {
      case "open":
        return this.#open(request.experiment, request.wasmPaths);
      case "change":
        return this.#change(request.experiment);
      case "train":
        return this.#begin(undefined);
      case "steps":
        return this.#begin(request.count);
      case "pause":
        return this.#pause();
      case "reset":
        return this.#pause().then(() => this.#build(this.#wanted, "fresh"));
      case "speed":
        this.#pace.limit = request.stepsPerSecond;
        return;
      case "decode":
        return this.#decode(request.id, request.codes);
      case "export":
        return this.#export(request.id, request.what);
      case "show":
        return this.#show(request.files);
    }
  }

  async #open(experiment: Experiment | undefined, wasmPaths: string): Promise<void> {
    this.#opened = await this.#around.openDevice(wasmPaths);
    const kept = await this.#kept();
    const goesOn = kept && (!experiment || sameExperiment(kept.experiment, experiment));
    if (!goesOn) return this.#build(experiment ?? FIRST_EXPERIMENT, "fresh");
    await this.#build(kept.experiment, kept.state);
    if (kept.wasTraining) this.#begin(undefined);
  }

  /** What was kept; a browser may have no place for it, or not give it. */
  async #kept(): Promise<SavedTraining | undefined> {
    try {
      const kept = await this.#around.saved();
      if (kept) [this.#history, this.#path] = [kept.history, kept.path];
      return kept;
    } catch (error) {
      this.#refuse(`What was trained before could not be read (${String(error)}): this is a new training.`);
      return undefined;
    }
  }

  /** Builds the model of an experiment, with a state of its own, that of before as far as it fits, or a given one. */
  async #build(experiment: Experiment, from: "fresh" | "carried" | TrainingState): Promise<void> {
    const begin = performance.now();
    const before = this.#training;
    // A training that continues with other settings is one that the visitor can pause all the while.
    if (!this.#goesOn) this.#status("opening");
    try {
      const prepared = prepare(experiment, before?.prepared);
      let state = typeof from === "string" ? undefined : from;
      if (from === "carried" && before) {
        const { layout } = before.prepared;
        state = sameLayout(layout, prepared.layout)
          ? before.state
          : transferred(before.state, layout, prepared.layout, experiment.seed);
      }
      if (from === "fresh") [this.#history, this.#path, this.#accuracy] = [[], [], undefined];
      const { device, machine } = this.#opened!;
      const training = new Training(prepared, device, state);
      this.#training = training;
      this.#wanted = experiment;
      const frame = await training.frame(this.#stimuli);
      const { history, path } = { history: this.#history, path: this.#path };
      const opened = { ...machine, openMilliseconds: performance.now() - begin };
      const { step } = training.state;
      this.#send({
        kind: "opened",
        experiment,
        step,
        machine: opened,
        stimuli: stimuliOf(this.#stimuli),
        history,
        path,
      });
      this.#send({ kind: "frame", frame });
      await this.#measurePlane(training);
    } finally {
      await before?.release();
    }
    if (!this.#goesOn) this.#status("paused");
  }

  /** Takes settings on the fly: the target rate at once, the rest once nothing more is changed. */
  async #change(experiment: Experiment): Promise<void> {
    const training = this.#training;
    if (!training) return;
    this.#wanted = experiment;
    if (!sharesWeights(experiment, training.prepared.experiment)) return this.#rebuild("fresh");
    training.aimAt(experiment);
    const settles = performance.now() + SETTLE_MS;
    this.#settles = settles;
    setTimeout(() => {
      if (this.#settles === settles) void this.#inTurn(() => this.#rebuild("carried"));
    }, SETTLE_MS);
  }

  async #rebuild(from: "fresh" | "carried"): Promise<void> {
    const isTraining = this.#isTraining;
    const left = this.#left;
    this.#goesOn = isTraining;
    try {
      await this.#pause();
      await this.#build(this.#wanted, from);
    } finally {
      this.#goesOn = false;
    }
    if (isTraining) this.#begin(left);
  }

  #begin(steps: number | undefined): void {
    const training = this.#training;
    if (!training || this.#isTraining) return;
    this.#isTraining = true;
    this.#shouldStop = false;
    this.#left = steps;
    this.#speed.clear();
    this.#status("training");
    this.#running = this.#train(training).catch((error: unknown) => this.#fail(error));
  }

  async #train(training: Training): Promise<void> {
    try {
      await training.train(this.#listenerOf(training));
      this.#send({ kind: "frame", frame: await training.frame(this.#stimuli) });
      await this.#measurePlane(training);
    } catch (error) {
      // The state is that before the step: the visitor may change what made it so.
      if (!(error instanceof TrainingFailure)) throw error;
      this.#send({
        kind: "failed",
        what: `Step ${error.step}: ${error.message}. Begin anew, or lower the price of the rate.`,
      });
    } finally {
      this.#isTraining = false;
      this.#left = undefined;
    }
    await this.#save(training, this.#goesOn);
    if (!this.#goesOn) this.#status("paused");
  }

  #listenerOf(training: Training): LoopListener {
    return {
      onStep: ({ step }) => {
        const now = performance.now();
        this.#speed.mark(now, step);
        if (this.#left !== undefined && --this.#left <= 0) this.#shouldStop = true;
        const turn = this.#pace.afterStep(now);
        return turn && this.#look(training, turn);
      },
      onLog: ({ step, loss, rateNats, distortion, targetRateNats }) => {
        const point = {
          step,
          loss,
          rateNats: rateNats!,
          distortion: distortion!,
          targetRateNats,
          accuracy: this.#accuracy,
        };
        this.#history = withPoint(this.#history, point);
        this.#send({ kind: "point", point });
      },
      shouldStop: () => this.#shouldStop,
    };
  }

  /** In between steps: what is due is looked at, and messages come in. */
  async #look(training: Training, turn: Promise<void>): Promise<void> {
    await turn;
    if (this.#shouldStop) return;
    await this.#frames.ifDue(async () => {
      this.#send({ kind: "frame", frame: await training.frame(this.#stimuli) });
      this.#status("training");
    });
    await this.#planes.ifDue(() => this.#measurePlane(training));
    await this.#saves.ifDue(() => this.#save(training, true));
  }

  async #measurePlane(training: Training): Promise<void> {
    const { point, accuracy } = await training.planePoint();
    this.#accuracy = accuracy;
    this.#path = withPoint(this.#path, point);
    this.#send({ kind: "plane", point });
  }

  /** Keeps a copy for the next time; neither the training nor a request waits for the disk. */
  async #save(training: Training, wasTraining: boolean): Promise<void> {
    await training.trainer.fetchState();
    if (this.#isSaving) {
      this.#saveNext = () => this.#save(training, wasTraining);
      return;
    }
    const { state, prepared } = training;
    const { experiment } = prepared;
    this.#isSaving = true;
    this.#around
      .save({ experiment, state, history: this.#history, path: this.#path, wasTraining })
      .catch((error: unknown) => {
        // Private windows may have no database: the training continues, and is gone with the page.
        this.#refuse(
          `This browser keeps no copy of the training (${String(error)}): download it before you close the page.`,
        );
      })
      .finally(() => {
        this.#isSaving = false;
        const next = this.#saveNext;
        this.#saveNext = undefined;
        void next?.().catch((error: unknown) => this.#fail(error));
      });
  }

  async #pause(): Promise<void> {
    this.#shouldStop = true;
    await this.#running;
  }

  async #decode(id: number, codes: Float32Array): Promise<void> {
    const training = this.#training;
    if (!training) return;
    const images = await training.decode(codes);
    this.#send({ kind: "decoded", id, images }, [images.buffer as ArrayBuffer]);
  }

  async #export(id: number, what: ExportKind): Promise<void> {
    const training = this.#training;
    if (!training) return this.#refuse("There is no model yet: wait until the page has opened.", id);
    await training.trainer.fetchState();
    const { evaluation } = await training.planePoint();
    const { prepared, state } = training;
    const { machine: device } = this.#opened!;
    const history = this.#history;
    const time = new Date().toISOString();
    const file = exported(what, { prepared, state, history, evaluation, device, versions, time });
    this.#send({ kind: "file", id, ...file });
  }

  /** A run of the lab is opened, to be trained further; another is shown beside the present code. */
  async #show(files: readonly DroppedFile[]): Promise<void> {
    try {
      const run = readRun(files);
      const { experiment, isOfTheLab } = experimentIn(run);
      if (isOfTheLab) {
        await this.#pause();
        const state = stateFromCheckpoint(run.checkpoint, prepare(experiment).layout);
        [this.#history, this.#path, this.#accuracy] = [run.history, [], undefined];
        return await this.#build(experiment, state);
      }
      const snapshot = await shownRun(run, experiment, this.#opened!.device, this.#stimuli);
      this.#send({ kind: "shown", snapshot });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#refuse(error.message);
    }
  }

  #status(status: "opening" | "paused" | "training"): void {
    const step = this.#training?.state.step ?? 0;
    this.#send({ kind: "status", status, step, stepsPerSecond: this.#speed.stepsPerSecond });
  }

  #refuse(what: string, id?: number): void {
    this.#send({ kind: "refused", id, what });
  }

  #fail(error: unknown): void {
    this.#send({ kind: "failed", what: error instanceof Error ? error.message : String(error) });
  }
}
