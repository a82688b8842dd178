import { getOrMake } from "../collections.js";
import type { ImageTable } from "../data/dataset.js";
import type { ScheduleProgress } from "../model/parts.js";
import type { Trainable } from "../model/trainable.js";
import { adamStepNumbers } from "../nn/adam.js";
import type { AdamNumbers } from "../nn/adam-memory.js";
import { learningRateSchedule, type OptimizerSettings } from "../nn/optimizer-schema.js";
import type { ParameterLayout } from "../nn/parameters.js";
import { compileProgram } from "../onnx/compile.js";
import type { Device } from "../onnx/devices.js";
import type { Buffers, Feeds, Session } from "../onnx/session.js";
import { type Evaluator, openEvaluator } from "./evaluator.js";
import { Feeder, fillField } from "./feeder.js";
import { type BatchMetrics, metricBuffers, readBatchMetrics } from "./metric-sums.js";
import { modelSegments, parameterLayout, trainingProgram } from "./programs.js";
import { freshState, type TrainingState } from "./state.js";
import type { OptimizerNumbers, StateHome } from "./state-home.js";
import { stateOnDevice } from "./state-on-device.js";
import { stateOnHost, viewsOf } from "./state-on-host.js";

/** A program ready to run on batches of one size. */
interface Stepper {
  readonly session: Session;
  readonly feeder: Feeder;
  /** Arrays for the batch's scalars. */
  readonly metrics: Buffers;
}

/** What a trainer needs to know besides the model. */
export interface TrainerSettings {
  /** Key of initial weights and noise. */
  readonly seed: number;
  readonly optimizer: OptimizerSettings;
  /**
   * Images of a batch whose gradient counts in full: that of a smaller one counts in proportion to its images (rule A10). Undefined: the
   * mean over the images of a batch counts, however many they are.
   */
  readonly fullBatch?: number | undefined;
}

/**
 * Runs a model's training program on a device, one batch at a time, and keeps what evaluates it. The vectors of the state stay where the
 * device computes; see {@link fetchState}.
 */
export class Trainer {
  readonly model: Trainable;
  readonly layout: ParameterLayout;
  /** Its vectors are those of the last {@link fetchState}, where the device keeps the state. */
  readonly state: TrainingState;
  readonly evaluator: Evaluator;
  readonly #device: Device;
  readonly #settings: TrainerSettings;
  readonly #learningRate: ReturnType<typeof learningRateSchedule>;
  readonly #steppers = new Map<number, Promise<Stepper>>();
  readonly #home: StateHome;

  constructor(model: Trainable, device: Device, settings: TrainerSettings, state?: TrainingState) {
    this.model = model;
    this.layout = parameterLayout(model);
    this.state = state ?? freshState(this.layout.initialise(settings.seed));
    const segments = modelSegments(model, this.layout);
    const optimizers = { model: settings.optimizer, adversary: model.adversary?.optimizer };
    this.#home = device.keepsOutputs
      ? stateOnDevice(this.state, segments, this.layout, device)
      : stateOnHost(this.state, segments, this.layout, optimizers);
    this.#device = device;
    this.#settings = settings;
    this.#learningRate = learningRateSchedule(settings.optimizer);
    this.evaluator = openEvaluator(model, device, settings.seed);
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
    const { session, feeder, metrics } = await this.#stepper(rows.length);
    const numbers = this.#numbers(progress);
    this.#feed(feeder, table, rows, progress, noiseStep, numbers);
    const into = { ...metrics, ...this.#home.into() };
    this.#home.advance(await session.run({ ...this.#home.feeds(), ...feeder.buffers }, into), numbers);
    this.state.step++;
    return readBatchMetrics(metrics);
  }

  /** Takes the last step back. Valid once, right after {@link step}. */
  undo(): void {
    this.#home.undo();
    this.state.step--;
  }

  /** The present parameters, by name; the next step but one overwrites them. */
  get parameters(): Feeds {
    return this.#home.parameters();
  }

  /** Brings the vectors of {@link state} up to date: before they are saved, looked at or changed. */
  fetchState(): Promise<void> {
    return this.#home.fetch();
  }

  /** Feeds of the training program for a batch at the state last fetched, for a diagnosis. */
  async feedsForDiagnosis(
    table: ImageTable,
    rows: Uint32Array,
    progress: ScheduleProgress,
    noiseStep = this.state.step,
  ): Promise<Buffers> {
    const program = trainingProgram(this.model, this.#settings.optimizer, rows.length);
    const feeder = new Feeder(compileProgram(program, this.#device.limits).inputs);
    this.#feed(feeder, table, rows, progress, noiseStep, this.#numbers(progress));
    const { inputs, parameters } = viewsOf(this.state, modelSegments(this.model, this.layout), this.layout);
    return { ...inputs, ...parameters, ...feeder.buffers };
  }

  async release(): Promise<void> {
    this.#home.release();
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
    numbers: OptimizerNumbers,
  ): void {
    feeder.fill({
      seed: this.#settings.seed,
      noisePurpose: "training",
      noise: noiseStep,
      fillBatch: (field, into) => fillField(this.model, field, table, rows, into),
      scalars: {
        ...this.model.scalars(progress),
        ...named("optimizer", numbers.model),
        ...named("adversary", numbers.adversary),
      },
    });
  }

  /** The optimizers' numbers for the next step. */
  #numbers(progress: ScheduleProgress): OptimizerNumbers {
    const { adversary } = this.model;
    const step = this.state.step + 1;
    return {
      model: adamStepNumbers(step, this.#learningRate(progress), this.#settings.optimizer),
      adversary: adversary && adamStepNumbers(step, adversary.learningRate, adversary.optimizer),
    };
  }

  #stepper(batchSize: number): Promise<Stepper> {
    return getOrMake(this.#steppers, batchSize, async () => {
      const { optimizer, fullBatch = batchSize } = this.#settings;
      const step = trainingProgram(this.model, optimizer, batchSize, batchSize / fullBatch);
      const outputs = this.#home.outputsOf(step);
      const metrics = metricBuffers(Object.keys(outputs));
      const program = compileProgram(outputs, this.#device.limits);
      const session = await this.#device.open(program, this.#home.keptOf(outputs));
      return { session, feeder: new Feeder(program.inputs), metrics };
    });
  }
}

/** An optimizer's numbers under the names of the program's inputs. */
function named(optimizer: string, numbers: AdamNumbers | undefined): Record<string, number> {
  return Object.fromEntries(
    Object.entries(numbers ?? {}).map(([name, value]) => [`${optimizer}.${name}`, value]),
  );
}
