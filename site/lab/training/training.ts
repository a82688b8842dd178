import type { ImageTable } from "../../../src/data/dataset.js";
import type { Experiment } from "../../../src/lab/experiment.js";
import { capacityScheduleSchema, targetRateNats } from "../../../src/model/objectives/capacity-schedule.js";
import type { ScheduleProgress } from "../../../src/model/parts.js";
import type { Device } from "../../../src/onnx/devices.js";
import { type Evaluation, evaluateTable } from "../../../src/training/evaluate.js";
import { type LoopListener, trainLoop } from "../../../src/training/loop.js";
import { planTraining, progressOf } from "../../../src/training/schedule.js";
import type { TrainingState } from "../../../src/training/state.js";
import { Trainer } from "../../../src/training/trainer.js";
import type { CodeFrame, PlanePoint } from "../core/contract.js";
import { CodePrograms } from "./code-programs.js";
import type { Prepared } from "./prepared.js";

/** Name of the program's input that is the rate aimed at. */
const TARGET = "objective.targetRateNats";

/** A model in training on a device, with what looks at it on the way. */
export class Training {
  readonly prepared: Prepared;
  readonly #trainer: Trainer;
  readonly #device: Device;
  readonly #programs: CodePrograms;
  /** The rate aimed at, where the visitor has chosen another since the model was built, in nats. */
  #target: ((progress: ScheduleProgress) => number) | undefined;
  /** What belongs to the vectors that the host has: a device that keeps the state is ahead of them. */
  #fetched: Pick<TrainingState, "step" | "evaluations" | "sinceLog">;

  constructor(prepared: Prepared, device: Device, state?: TrainingState) {
    this.prepared = prepared;
    this.#device = device;
    const { configuration, model } = prepared;
    const { seed, optimizer } = configuration;
    // The rate aimed at is a number that the program is fed with: it can change from one step to the next.
    const steered = {
      ...model,
      targetRateNats: (progress: ScheduleProgress) =>
        this.#target ? this.#target(progress) : model.targetRateNats(progress),
      scalars: (progress: ScheduleProgress) => {
        const scalars = model.scalars(progress);
        return this.#target ? { ...scalars, [TARGET]: this.#target(progress) } : scalars;
      },
    };
    this.#trainer = new Trainer(steered, device, { seed, optimizer }, state);
    this.#fetched = countsOf(this.state);
    this.#programs = new CodePrograms(model, device, seed);
  }

  /** Its vectors are those of the last {@link fetchState}, where the device keeps the state. */
  get state(): TrainingState {
    return this.#trainer.state;
  }

  /** Brings the vectors of {@link state} up to date. */
  async fetchState(): Promise<void> {
    await this.#trainer.fetchState();
    this.#fetched = countsOf(this.state);
  }

  /** The latest state that is here whole, whatever becomes of the device. It shares the vectors of {@link state}. */
  get wholeState(): TrainingState {
    return this.#device.keepsOutputs ? { ...this.state, ...this.#fetched } : this.state;
  }

  /** Aims at the rate that an experiment asks for from the next step on, as far as its rise has come. */
  aimAt({ limit }: Experiment): void {
    const { objective } = this.prepared.configuration.model;
    if (objective.type !== "capacity" || limit.kind !== "capacity") return;
    const schedule = capacityScheduleSchema.parse(objective.schedule);
    this.#target = (progress) => targetRateNats(limit.nats, schedule, progress);
  }

  /** Trains until the listener stops it, or to the end. @returns whether that was reached. */
  train(listener: LoopListener): Promise<boolean> {
    const { configuration, train, validation } = this.prepared;
    const settings = { ...configuration.training, ...configuration, seed: configuration.seed };
    const noting: LoopListener = {
      ...listener,
      onCheckpoint: (state) => {
        this.#fetched = countsOf(state);
        listener.onCheckpoint?.(state);
      },
    };
    return trainLoop(this.#trainer, { train, validation }, settings, this.#device, noting);
  }

  /** The code of the stimuli at this moment. */
  async frame(stimuli: ImageTable): Promise<CodeFrame> {
    const { mean, code, dimensionRateNats } = await this.#programs.encode(this.#trainer.parameters, stimuli);
    const dimensions = this.prepared.model.codeDimensions;
    return {
      step: this.state.step,
      dimensions,
      means: Float32Array.from(mean!),
      samples: Float32Array.from(code!),
      dimensionRateNats: dimensionRateNats && columnMeans(dimensionRateNats, dimensions),
    };
  }

  /** Rate and position distortion of the validation images, as frequent as in training, and how many of them the classifier gets right. */
  async planePoint(): Promise<{
    readonly point: PlanePoint;
    readonly accuracy: number | undefined;
    readonly evaluation: Evaluation;
  }> {
    const { configuration, train, validation } = this.prepared;
    const plan = planTraining(train.count, configuration.training);
    const evaluation = await evaluateTable(
      this.#trainer,
      validation,
      configuration.training,
      progressOf(this.state, plan),
    );
    const { rateNats, positionDistortion, tasks } = evaluation;
    return {
      point: { step: this.state.step, rateNats: rateNats!, positionDistortion: positionDistortion! },
      accuracy: Object.values(tasks)[0]?.accuracy,
      evaluation,
    };
  }

  decode(codes: Float32Array): Promise<Float32Array> {
    return this.#programs.decode(this.#trainer.parameters, codes);
  }

  async release(): Promise<void> {
    await this.#programs.release();
    await this.#trainer.release();
  }
}

function countsOf({ step, evaluations, sinceLog }: TrainingState) {
  return { step, evaluations, sinceLog: structuredClone(sinceLog) };
}

function columnMeans(values: Float32Array, columns: number): Float32Array {
  const rows = values.length / columns;
  const means = new Float32Array(columns);
  values.forEach((value, place) => {
    means[place % columns]! += value / rows;
  });
  return means;
}
