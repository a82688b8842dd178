import type { ImageTable } from "../data/dataset.js";
import type { ScheduleProgress } from "../model/parts.js";
import type { Trainable } from "../model/trainable.js";
import { adamStepNumbers } from "../nn/adam.js";
import { learningRateSchedule, type OptimizerSettings } from "../nn/optimizer-schema.js";
import type { ParameterLayout } from "../nn/parameters.js";
import { compileProgram } from "../onnx/compile.js";
import type { Device } from "../onnx/devices.js";
import type { Buffers, Session } from "../onnx/session.js";
import { fillField } from "./batch-fields.js";
import { Evaluator } from "./evaluator.js";
import { Feeder } from "./feeder.js";
import { type BatchMetrics, metricBuffers, readBatchMetrics } from "./metric-sums.js";
import { modelStretches, NEXT, parameterLayout, trainingProgram } from "./programs.js";
import { freshState, STATE_VECTORS, type StateVector, type TrainingState } from "./state.js";
import { type Stretch, stretchName } from "./stretches.js";

/** A program ready to run on batches of one size. */
interface Stepper {
  readonly session: Session;
  readonly feeder: Feeder;
}

/** The vectors of a training state. */
type StateVectors = Pick<TrainingState, StateVector>;

/** Pieces of state vectors: stretches as the step takes them and as it gives them, parameters by name. */
interface Views {
  readonly inputs: Buffers;
  readonly outputs: Buffers;
  readonly parameters: Buffers;
}

/** What a trainer needs to know besides the model. */
export interface TrainerSettings {
  readonly seed: number;
  readonly optimizer: OptimizerSettings;
}

/**
 * Runs a model's training program on a device, one batch at a time, and keeps what evaluates it. State vectors are double-buffered:
 * a step reads one set and writes the other, so that nothing is copied and the state before a bad step is still there.
 */
export class Trainer {
  readonly model: Trainable;
  readonly layout: ParameterLayout;
  readonly state: TrainingState;
  readonly evaluator: Evaluator;
  readonly #device: Device;
  readonly #settings: TrainerSettings;
  readonly #learningRate: ReturnType<typeof learningRateSchedule>;
  readonly #steppers = new Map<number, Promise<Stepper>>();
  readonly #metrics: Record<string, Float32Array>;
  readonly #stretches: readonly Stretch[];
  readonly #spare: StateVectors;
  readonly #viewsOf = new WeakMap<Float32Array, Views>();

  constructor(model: Trainable, device: Device, settings: TrainerSettings, state?: TrainingState) {
    this.model = model;
    this.layout = parameterLayout(model);
    this.#stretches = modelStretches(model, this.layout);
    this.state = state ?? freshState(this.layout.initialise(settings.seed));
    this.#spare = freshState(new Float32Array(this.layout.size));
    this.#device = device;
    this.#settings = settings;
    this.#learningRate = learningRateSchedule(settings.optimizer);
    this.#metrics = metricBuffers(model);
    this.evaluator = new Evaluator(model, device, settings.seed);
  }

  /** The learning rate of the next step. */
  learningRate(progress: ScheduleProgress): number {
    return this.#learningRate(progress);
  }

  /**
   * One optimizer step on the images of these rows. The state advances even when the numbers are not finite: see {@link undo}.
   * @param noiseStep keys the noise: steps with the same number see the same.
   */
  async step(
    table: ImageTable,
    rows: Uint32Array,
    progress: ScheduleProgress,
    noiseStep = this.state.step,
  ): Promise<BatchMetrics> {
    const { session, feeder } = await this.#stepper(rows.length);
    this.#feed(feeder, table, rows, progress, noiseStep);
    const next = { ...this.#metrics, ...this.#views(this.#spare).outputs };
    await session.run({ ...this.#stateFeeds(), ...feeder.buffers }, next);
    this.#swap();
    this.state.step++;
    return readBatchMetrics(this.#metrics, this.model);
  }

  /** Takes the last step back. Valid once, right after {@link step}. */
  undo(): void {
    this.#swap();
    this.state.step--;
  }

  /** The present parameters, by name; views that the next step but one overwrites. */
  get parameters(): Buffers {
    return this.#views(this.state).parameters;
  }

  /** Feeds of the training program for a batch at the present state, for a diagnosis. */
  async feedsForDiagnosis(
    table: ImageTable,
    rows: Uint32Array,
    progress: ScheduleProgress,
    noiseStep = this.state.step,
  ): Promise<Buffers> {
    const { feeder } = await this.#stepper(rows.length);
    this.#feed(feeder, table, rows, progress, noiseStep);
    return { ...this.#stateFeeds(), ...feeder.buffers };
  }

  async release(): Promise<void> {
    for (const stepper of this.#steppers.values()) await (await stepper).session.release();
    this.#steppers.clear();
    await this.evaluator.release();
  }

  #feed(
    feeder: Feeder,
    table: ImageTable,
    rows: Uint32Array,
    progress: ScheduleProgress,
    noiseStep: number,
  ): void {
    const { seed, optimizer } = this.#settings;
    const numbers = adamStepNumbers(this.state.step + 1, this.#learningRate(progress), optimizer);
    feeder.fill({
      seed,
      noisePurpose: "training",
      noise: noiseStep,
      fillBatch: (field, into) => fillField(this.model, field, table, rows, into),
      scalars: {
        ...this.model.scalars(progress),
        "optimizer.stepSize": numbers.stepSize,
        "optimizer.epsilon": numbers.epsilon,
        "optimizer.shrink": numbers.shrink,
        ...this.#adversaryNumbers(),
      },
    });
  }

  /** The optimizer's numbers for a network that learns beside the model. */
  #adversaryNumbers(): Record<string, number> {
    const { adversary } = this.model;
    if (!adversary) return {};
    const numbers = adamStepNumbers(this.state.step + 1, adversary.learningRate, adversary.optimizer);
    return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [`adversary.${name}`, value]));
  }

  #stateFeeds(): Buffers {
    const { inputs, parameters } = this.#views(this.state);
    return { ...inputs, ...parameters };
  }

  /** Pieces of state vectors as programs take and give them; made once for each of the two sets. */
  #views(vectors: StateVectors): Views {
    const known = this.#viewsOf.get(vectors.parameters);
    if (known) return known;
    const inputs: Record<string, Float32Array> = {};
    const outputs: Record<string, Float32Array> = {};
    for (const stretch of this.#stretches) {
      for (const vector of STATE_VECTORS) {
        const piece = vectors[vector].subarray(stretch.start, stretch.end);
        inputs[stretchName(vector, stretch)] = piece;
        outputs[stretchName(vector, stretch) + NEXT] = piece;
      }
    }
    const views = { inputs, outputs, parameters: this.layout.views(vectors.parameters) };
    this.#viewsOf.set(vectors.parameters, views);
    return views;
  }

  #swap(): void {
    for (const name of STATE_VECTORS) {
      const present = this.state[name];
      this.state[name] = this.#spare[name];
      this.#spare[name] = present;
    }
  }

  #stepper(batchSize: number): Promise<Stepper> {
    const known = this.#steppers.get(batchSize);
    if (known) return known;
    const outputs = trainingProgram(this.model, this.#settings.optimizer, batchSize);
    const program = compileProgram(outputs, { mostOperands: this.#device.mostOperands });
    const stepper = this.#device
      .open(program)
      .then((session) => ({ session, feeder: new Feeder(program.inputs) }));
    this.#steppers.set(batchSize, stepper);
    return stepper;
  }
}
