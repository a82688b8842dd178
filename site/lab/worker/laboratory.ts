import type { ImageTable } from "../../../src/data/dataset.js";
import { UserError } from "../../../src/errors.js";
import { type Experiment, FIRST_EXPERIMENT, sharesWeights } from "../../../src/lab/experiment.js";
import { stateFromCheckpoint } from "../../../src/training/checkpoint-content.js";
import type { TrainingState } from "../../../src/training/state.js";
import type { Message, Request } from "../core/contract.js";
import { sameExperiment } from "../core/experiment-words.js";
import type { ComputeChoice } from "../core/ways.js";
import { type ExportKind, exported } from "../files/exported.js";
import { type DroppedFile, readRun } from "../files/read-run.js";
import { experimentIn, shownRun } from "../files/shown-run.js";
import { type Prepared, prepare } from "../training/prepared.js";
import { stimuliOf, stimulusTable } from "../training/stimuli.js";
import type { Training } from "../training/training.js";
import { sameLayout, transferred } from "../training/transfer.js";
import { Computing, type Host } from "./computing.js";
import { Keeper } from "./keeper.js";
import { PlacedTraining } from "./placed-training.js";
import { Running } from "./running.js";
import type { SavedTraining } from "./saved.js";
import { type Past, TrainingRecord } from "./training-record.js";
import { Turns } from "./turns.js";
import { versions } from "./versions.js";

/** After a change the model is built for it once nothing has been changed for so long. */
const SETTLE_MS = 400;

/** What the laboratory needs of its surroundings: a browser's worker, or a test. */
export interface Surroundings {
  readonly send: (message: Message, transfer?: Transferable[]) => void;
  readonly host: Host;
  /** Keeps a training for the next time. */
  readonly save: (training: SavedTraining) => Promise<void>;
  readonly saved: () => Promise<SavedTraining | undefined>;
}

/** What a training begins with: nothing, what the one before has learned as far as it fits, or a state with what is known of it. */
type Beginning = "fresh" | "carried" | (Past & { readonly state: TrainingState });

/** The worker's side of the lab: one training at a time, steered by requests and watched by messages. */
export class Laboratory {
  readonly #around: Surroundings;
  readonly #send: Surroundings["send"];
  readonly #computing: Computing;
  readonly #keeper: Keeper;
  readonly #stimuli: ImageTable = stimulusTable();
  readonly #placed: PlacedTraining;
  readonly #running: Running;
  readonly #record: TrainingRecord;
  /** What the visitor has chosen; the training follows when it settles. */
  #wanted: Experiment = FIRST_EXPERIMENT;
  #settles = 0;
  /** Why what the visitor has chosen cannot be trained: nothing is, until it is changed. */
  #problem: string | undefined;
  /** One thing computes at a time: a device runs one program, and a state that is looked at stands still. */
  readonly #turns = new Turns();

  /** Requests are dealt with one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(around: Surroundings) {
    this.#around = around;
    this.#send = around.send;
    this.#record = new TrainingRecord(around.send);
    this.#computing = new Computing(around.host);
    this.#placed = new PlacedTraining(this.#computing, this.#stimuli, {
      moved: (step) => this.#movedAt(step),
      placed: (frame) => {
        this.#sendMachine();
        this.#send({ kind: "frame", frame });
      },
    });
    this.#keeper = new Keeper(around.save, (what) => this.#refuse(what));
    this.#running = new Running(this.#placed, this.#turns, this.#record, this.#stimuli, {
      send: around.send,
      keep: (training, wasTraining) => this.#keep(training, wasTraining),
      status: (status) => this.#status(status),
      fail: (error) => this.#fail(error),
    });
  }

  /** Deals with a request once those before it are dealt with; a training continues meanwhile, and its steps come in between. */
  handle(request: Request): Promise<void> {
    if (request.kind === "pause" || request.kind === "reset") this.#running.stop();
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
        return this.#open(request);
      case "change":
        return this.#change(request.experiment);
      case "train":
        return this.#begin(undefined);
      case "steps":
        return this.#begin(request.count);
      case "pause":
        return this.#running.pause();
      case "reset":
        return this.#reset();
      case "speed":
        this.#running.stepsPerSecondAtMost = request.stepsPerSecond;
        return;
      case "compute":
        return this.#computeOn(request.choice);
      case "look":
        return this.#computing.look().then(() => this.#sendMachine());
      case "decode":
        return this.#decode(request.id, request.codes);
      case "export":
        return this.#export(request.id, request.what);
      case "show":
        return this.#show(request.files);
    }
  }

  async #open(request: Extract<Request, { kind: "open" }>): Promise<void> {
    const { experiment, wasmPaths, choice, measured } = request;
    this.#computing.open(wasmPaths, choice, measured);
    this.#send({ kind: "stimuli", stimuli: stimuliOf(this.#stimuli) });
    const kept = await this.#kept();
    const isKept = kept && (!experiment || sameExperiment(kept.experiment, experiment));
    await this.#turns.run(() =>
      isKept ? this.#build(kept.experiment, kept) : this.#build(experiment ?? FIRST_EXPERIMENT, "fresh"),
    );
    if (isKept && kept.wasTraining) this.#running.begin(undefined);
  }

  #begin(steps: number | undefined): void {
    if (this.#problem === undefined) this.#running.begin(steps);
    else this.#refuse(this.#problem);
  }

  async #reset(): Promise<void> {
    await this.#running.pause();
    await this.#turns.run(() => this.#build(this.#wanted, "fresh"));
  }

  /** What was kept; a browser may have no place for it, or not give it. */
  async #kept(): Promise<SavedTraining | undefined> {
    try {
      return await this.#around.saved();
    } catch (error) {
      this.#refuse(`What was trained before could not be read (${String(error)}): this is a new training.`);
      return undefined;
    }
  }

  /** Its images are drawn once for all experiments that share them. */
  #prepare(experiment: Experiment): Prepared {
    return prepare(experiment, this.#training?.prepared);
  }

  /**
   * Builds the training of an experiment.
   * @returns whether it is there: where these settings cannot be trained, the one before stays as it is, and the visitor's choice stands.
   */
  async #build(experiment: Experiment, from: Beginning, known?: Prepared): Promise<boolean> {
    const before = this.#training;
    // A training that continues with other settings is one that the visitor can pause all the while.
    if (!this.#running.isInterrupted) this.#status("opening");
    try {
      const prepared = known ?? this.#prepare(experiment);
      await this.#computing.lookFor(experiment.network);
      await this.#placed.place(prepared, this.#firstState(prepared, from), () => {
        if (from !== "carried") this.#record.begin(from === "fresh" ? { history: [], path: [] } : from);
        this.#wanted = experiment;
        this.#problem = undefined;
        this.#sendOpened();
      });
    } catch (error) {
      if (!before || this.#training !== before) throw error;
      const problem = `These settings cannot be trained (${messageOf(error)}). What is shown is the training before them: change them to train.`;
      // A run that could not be opened changes no setting.
      if (typeof from === "string") this.#problem = problem;
      this.#refuse(problem);
      this.#status("paused");
      return false;
    }
    await this.#placed.computed((training) => this.#record.measurePlane(training));
    if (this.#computing.shouldMeasure(this.#training!.prepared.experiment.network)) await this.#measureWays();
    if (!this.#running.isInterrupted) this.#status("paused");
    return true;
  }

  /** The state that a model begins with; undefined for new weights. */
  #firstState({ layout, experiment }: Prepared, from: Beginning): TrainingState | undefined {
    if (from === "fresh") return undefined;
    if (from !== "carried") return from.state;
    if (!this.#training) return undefined;
    const { prepared, wholeState } = this.#training;
    return sameLayout(prepared.layout, layout)
      ? wholeState
      : transferred(wholeState, prepared.layout, layout, experiment.seed);
  }

  /** Looks for the fastest way to compute, and moves there. */
  async #measureWays(): Promise<void> {
    const training = this.#training!;
    this.#status("measuring");
    await training.fetchState();
    const { prepared, wholeState: state } = training;
    await this.#computing.measure({ prepared, state });
    await this.#placed.move();
    this.#sendMachine();
  }

  /** The same training is computed elsewhere; what a device took with it is trained again. */
  #movedAt(step: number): void {
    this.#record.cutAfter(step);
    const training = this.#training!;
    if (this.#wanted !== training.prepared.experiment) training.aimAt(this.#wanted);
    this.#sendOpened();
  }

  async #computeOn(choice: ComputeChoice): Promise<void> {
    this.#computing.choose(choice);
    const training = this.#training;
    if (!training) return;
    const { network } = training.prepared.experiment;
    await this.#running.interrupt(async () => {
      if (!this.#running.isInterrupted) this.#status("opening");
      await this.#computing.lookFor(network);
      await this.#placed.move();
      if (this.#computing.shouldMeasure(network)) await this.#measureWays();
      this.#sendMachine();
      return true;
    });
  }

  /** Takes settings on the fly: the target rate at once, the rest once nothing more is changed. */
  async #change(experiment: Experiment): Promise<void> {
    const training = this.#training;
    if (!training) return;
    this.#wanted = experiment;
    const rebuild = (from: "fresh" | "carried") =>
      this.#running.interrupt(() => this.#build(this.#wanted, from));
    if (!sharesWeights(experiment, training.prepared.experiment)) return rebuild("fresh");
    training.aimAt(experiment);
    const settles = performance.now() + SETTLE_MS;
    this.#settles = settles;
    setTimeout(() => {
      if (this.#settles === settles) void this.#inTurn(() => rebuild("carried"));
    }, SETTLE_MS);
  }

  /** Keeps a copy for the next time. */
  async #keep(training: Training, wasTraining: boolean): Promise<void> {
    await training.fetchState();
    const { state, prepared } = training;
    this.#keeper.keep({ experiment: prepared.experiment, state, ...this.#record.past, wasTraining }, () => {
      const again = this.#turns.run(() =>
        this.#placed.computed((present) => this.#keep(present, wasTraining)),
      );
      void again.catch((error: unknown) => this.#fail(error));
    });
  }

  async #decode(id: number, codes: Float32Array): Promise<void> {
    if (!this.#training) return;
    const images = await this.#turns.run(() => this.#placed.computed((training) => training.decode(codes)));
    this.#send({ kind: "decoded", id, images }, [images.buffer as ArrayBuffer]);
  }

  async #export(id: number, what: ExportKind): Promise<void> {
    if (!this.#training) return this.#refuse("There is no model yet: wait until the page has opened.", id);
    const file = await this.#turns.run(() =>
      this.#placed.computed(async (training) => {
        await training.fetchState();
        const { evaluation } = await training.planePoint();
        const { prepared, state } = training;
        const device = this.#computing.way(this.#placed.way);
        const { history } = this.#record.past;
        const time = new Date().toISOString();
        return exported(what, { prepared, state, history, evaluation, device, versions, time });
      }),
    );
    this.#send({ kind: "file", id, ...file });
  }

  /** A run of the lab is opened, to be trained further; another is shown beside the present code. */
  async #show(files: readonly DroppedFile[]): Promise<void> {
    try {
      const run = readRun(files);
      const { experiment, isOfTheLab } = experimentIn(run);
      if (isOfTheLab) {
        await this.#running.pause();
        const prepared = this.#prepare(experiment);
        const state = stateFromCheckpoint(run.checkpoint, prepared.layout);
        const beginning = { state, history: run.history, path: [] };
        await this.#turns.run(() => this.#build(experiment, beginning, prepared));
        return;
      }
      const device = await this.#computing.device("own");
      const snapshot = await this.#turns.run(() => shownRun(run, experiment, device, this.#stimuli));
      this.#send({ kind: "shown", snapshot });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#refuse(error.message);
    }
  }

  get #training(): Training | undefined {
    return this.#placed.training;
  }

  #sendOpened(): void {
    const { prepared, state } = this.#training!;
    const { experiment } = prepared;
    this.#send({ kind: "opened", experiment, step: state.step, ...this.#record.past });
  }

  #sendMachine(): void {
    this.#send({ kind: "machine", machine: this.#computing.machine(this.#placed.way) });
  }

  #status(status: "opening" | "measuring" | "paused" | "training"): void {
    const step = this.#training?.state.step ?? 0;
    this.#send({ kind: "status", status, step, stepsPerSecond: this.#running.stepsPerSecond });
  }

  #refuse(what: string, id?: number): void {
    this.#send({ kind: "refused", id, what });
  }

  #fail(error: unknown): void {
    this.#send({ kind: "failed", what: messageOf(error) });
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
