import { fillBatch } from "../data/batches.js";
import { type ImageTable, valuesPerImage } from "../data/dataset.js";
import type { ScheduleProgress } from "../model/parts.js";
import { type Trainable, targetField } from "../model/trainable.js";
import { adamStepNumbers } from "../nn/adam.js";
import { learningRateSchedule, type OptimizerSettings } from "../nn/optimizer-schema.js";
import type { ParameterLayout } from "../nn/parameters.js";
import { compileProgram } from "../onnx/compile.js";
import type { Device } from "../onnx/devices.js";
import type { Buffers, Session } from "../onnx/session.js";
import { Feeder } from "./feeder.js";
import { type BatchMetrics, metricBuffers, readBatchMetrics } from "./metric-sums.js";
import { evaluationProgram, headOutput, NEXT, parameterLayout, trainingProgram } from "./programs.js";
import { freshState, STATE_VECTORS, type TrainingState } from "./state.js";

/** A program ready to run on batches of one size. */
interface Stepper {
  readonly session: Session;
  readonly feeder: Feeder;
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
  readonly #metrics: Record<string, Float32Array>;
  #spare: Pick<TrainingState, (typeof STATE_VECTORS)[number]>;
  readonly #feedsOf = new WeakMap<Float32Array, Buffers>();

  constructor(model: Trainable, device: Device, settings: TrainerSettings, state?: TrainingState) {
    this.model = model;
    this.layout = parameterLayout(model);
    this.state = state ?? freshState(this.layout.initialise(settings.seed));
    this.#spare = freshState(new Float32Array(this.layout.size));
    this.#device = device;
    this.#settings = settings;
    this.#learningRate = learningRateSchedule(settings.optimizer);
    this.#metrics = metricBuffers(model);
  }

  /** The learning rate of the next step. */
  learningRate(progress: ScheduleProgress): number {
    return this.#learningRate(progress);
  }

  /** One optimizer step on the images of these rows. The state advances even when the numbers are not finite: see {@link undo}. */
  async step(table: ImageTable, rows: Uint32Array, progress: ScheduleProgress): Promise<BatchMetrics> {
    const { session, feeder } = await this.#stepper("training", rows.length);
    this.#feed(feeder, table, rows, progress, "training", this.state.step);
    const next: Record<string, Float32Array> = { ...this.#metrics };
    for (const name of STATE_VECTORS) next[name + NEXT] = this.#spare[name];
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
    const into = { ...this.#metrics, ...Object.fromEntries(renamed) };
    await session.run({ ...this.#parameterFeeds(), ...feeder.buffers }, into);
    return { metrics: readBatchMetrics(this.#metrics, this.model), headOutputs };
  }

  /** Feeds of the training program for a batch at the present state, for a diagnosis. */
  async feedsForDiagnosis(
    table: ImageTable,
    rows: Uint32Array,
    progress: ScheduleProgress,
  ): Promise<Buffers> {
    const { feeder } = await this.#stepper("training", rows.length);
    this.#feed(feeder, table, rows, progress, "training", this.state.step);
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
      },
    });
  }

  #fillField(field: string, table: ImageTable, rows: Uint32Array, into: Float32Array): void {
    const head = this.model.heads.find((one) => targetField(one) === field);
    if (!head) fillBatch(table, rows, into.subarray(0, rows.length * valuesPerImage(table)));
    else head.fillTargets(table.labels ?? [], table.labelNames.length, rows, into);
  }

  #stateFeeds(): Buffers {
    const { parameters, gradientSum, squareSum } = this.state;
    return { parameters, gradientSum, squareSum, ...this.#parameterFeeds() };
  }

  /** Views of the present parameters by name; made once for each of the two buffers. */
  #parameterFeeds(): Buffers {
    const { parameters } = this.state;
    const known = this.#feedsOf.get(parameters);
    if (known) return known;
    const views = this.layout.views(parameters);
    this.#feedsOf.set(parameters, views);
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
