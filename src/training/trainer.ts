import { fillBatch, fillCauseMeans } from "../data/batches.js";
import { type ImageTable, valuesPerImage } from "../data/dataset.js";
import type { ScheduleProgress } from "../model/parts.js";
import { CAUSE_MEANS_FIELD, type Trainable, targetField } from "../model/trainable.js";
import { adamStepNumbers } from "../nn/adam.js";
import { learningRateSchedule, type OptimizerSettings } from "../nn/optimizer-schema.js";
import type { ParameterLayout } from "../nn/parameters.js";
import { compileProgram } from "../onnx/compile.js";
import type { Device } from "../onnx/devices.js";
import type { Buffers, Session } from "../onnx/session.js";
import { Feeder } from "./feeder.js";
import { type BatchMetrics, metricBuffers, readBatchMetrics } from "./metric-sums.js";
import {
  evaluationProgram,
  headOutput,
  modelStretches,
  NEXT,
  parameterLayout,
  trainingProgram,
} from "./programs.js";
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
 * Runs a model's training and evaluation programs on a device, one batch at a time. State vectors are double-buffered:
 * a step reads one set and writes the other, so that nothing is copied and the state before a bad step is still there.
 */
export class Trainer {
  readonly model: Trainable;
  readonly layout: ParameterLayout;
  readonly state: TrainingState;
  readonly #device: Device;
  readonly #settings: TrainerSettings;
  readonly #learningRate: ReturnType<typeof learningRateSchedule>;
  readonly #steppers = new Map<string, Promise<Stepper>>();
  readonly #metrics: Readonly<Record<"training" | "evaluation", Record<string, Float32Array>>>;
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
    this.#metrics = {
      training: metricBuffers(model, "training"),
      evaluation: metricBuffers(model, "evaluation"),
    };
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
    const { session, feeder } = await this.#stepper("training", rows.length);
    this.#feed(feeder, table, rows, progress, "training", noiseStep);
    const next = { ...this.#metrics.training, ...this.#views(this.#spare).outputs };
    await session.run({ ...this.#stateFeeds(), ...feeder.buffers }, next);
    this.#swap();
    this.state.step++;
    return readBatchMetrics(this.#metrics.training, this.model, "training");
  }

  /** Takes the last step back. Valid once, right after {@link step}. */
  undo(): void {
    this.#swap();
    this.state.step--;
  }

  /** The scalars of a batch without a step, and what each head gave, [rows, outputs]. `batch` keys the noise: the same batch sees the same noise in every evaluation. */
  async evaluate(
    table: ImageTable,
    rows: Uint32Array,
    batch: number,
    progress: ScheduleProgress,
  ): Promise<{ metrics: BatchMetrics; headOutputs: Readonly<Record<string, Float32Array>> }> {
    const { session, feeder } = await this.#stepper("evaluation", rows.length);
    this.#feed(feeder, table, rows, progress, "evaluation", batch);
    const headOutputs = Object.fromEntries(
      this.model.heads.map(({ name, outputs }) => [name, new Float32Array(rows.length * outputs)]),
    );
    const renamed = Object.entries(headOutputs).map(([name, array]) => [headOutput(name), array] as const);
    const into = { ...this.#metrics.evaluation, ...Object.fromEntries(renamed) };
    await session.run({ ...this.#views(this.state).parameters, ...feeder.buffers }, into);
    const metrics = readBatchMetrics(this.#metrics.evaluation, this.model, "evaluation");
    return { metrics, headOutputs };
  }

  /** Feeds of the training program for a batch at the present state, for a diagnosis. */
  async feedsForDiagnosis(
    table: ImageTable,
    rows: Uint32Array,
    progress: ScheduleProgress,
    noiseStep = this.state.step,
  ): Promise<Buffers> {
    const { feeder } = await this.#stepper("training", rows.length);
    this.#feed(feeder, table, rows, progress, "training", noiseStep);
    return { ...this.#stateFeeds(), ...feeder.buffers };
  }

  async release(): Promise<void> {
    for (const stepper of this.#steppers.values()) await (await stepper).session.release();
    this.#steppers.clear();
  }

  #feed(
    feeder: Feeder,
    table: ImageTable,
    rows: Uint32Array,
    progress: ScheduleProgress,
    noisePurpose: string,
    noiseStep: number,
  ): void {
    const { seed, optimizer } = this.#settings;
    const numbers = adamStepNumbers(this.state.step + 1, this.#learningRate(progress), optimizer);
    feeder.fill({
      seed,
      noisePurpose,
      noiseStep,
      fillBatch: (field, into) => this.#fillField(field, table, rows, into),
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

  #fillField(field: string, table: ImageTable, rows: Uint32Array, into: Float32Array): void {
    const head = this.model.heads.find((one) => targetField(one) === field);
    if (field === CAUSE_MEANS_FIELD) fillCauseMeans(table, rows, into);
    else if (!head) fillBatch(table, rows, into.subarray(0, rows.length * valuesPerImage(table)));
    else head.fillTargets(table.labels ?? [], table.labelNames.length, rows, into);
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

  #stepper(kind: "training" | "evaluation", batchSize: number): Promise<Stepper> {
    const key = `${kind} ${batchSize}`;
    const known = this.#steppers.get(key);
    if (known) return known;
    const outputs =
      kind === "training"
        ? trainingProgram(this.model, this.#settings.optimizer, batchSize)
        : evaluationProgram(this.model, batchSize);
    const program = compileProgram(outputs, { mostOperands: this.#device.mostOperands });
    const stepper = this.#device
      .open(program)
      .then((session) => ({ session, feeder: new Feeder(program.inputs) }));
    this.#steppers.set(key, stepper);
    return stepper;
  }
}
