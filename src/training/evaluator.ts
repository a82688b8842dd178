import type { ImageTable } from "../data/dataset.js";
import type { ScheduleProgress } from "../model/parts.js";
import type { Trainable } from "../model/trainable.js";
import { compileProgram } from "../onnx/compile.js";
import type { Device } from "../onnx/devices.js";
import type { Buffers, Feeds, Session } from "../onnx/session.js";
import { sizeOf } from "../tensor/shape.js";
import { Feeder, fillField } from "./feeder.js";
import type { NoiseKey } from "./noise.js";
import { imagesProgram, judgementProgram } from "./programs.js";

const PROGRAMS = { images: imagesProgram, judgement: judgementProgram } as const;

/** A program ready to run on batches of one size, with arrays for its inputs and outputs. */
interface Opened {
  readonly session: Session;
  readonly feeder: Feeder;
  readonly outputs: Buffers;
}

/** Runs a model's evaluation programs on a device: on images as many at a time as is fast, and on what a batch of them came to. */
export class Evaluator {
  readonly #model: Trainable;
  readonly #device: Device;
  readonly #seed: number;
  readonly #opened = new Map<string, Promise<Opened>>();

  constructor(model: Trainable, device: Device, seed: number) {
    this.#model = model;
    this.#device = device;
    this.#seed = seed;
  }

  /**
   * What images come to, by the names of {@link imagesProgram}'s outputs, an image after the other.
   * @param noise The same key gives the same noise in every evaluation.
   * @returns arrays that the next call overwrites.
   */
  measure(
    parameters: Feeds,
    table: ImageTable,
    rows: Uint32Array,
    noise: NoiseKey,
    progress: ScheduleProgress,
  ): Promise<Buffers> {
    const fill = (field: string, into: Float32Array) => fillField(this.#model, field, table, rows, into);
    return this.#run("images", rows.length, parameters, noise, fill, progress);
  }

  /**
   * What a batch of images comes to together: the loss, and what else the model measures of whole batches, by name.
   * @param fill Writes what the images of the batch came to, by name.
   * @param batch Keys the noise.
   */
  async judge(
    parameters: Feeds,
    size: number,
    batch: number,
    fill: (name: string, into: Float32Array) => void,
    progress: ScheduleProgress,
  ): Promise<Record<string, number>> {
    const outputs = await this.#run("judgement", size, parameters, batch, fill, progress);
    return Object.fromEntries(Object.entries(outputs).map(([name, array]) => [name, array[0]!]));
  }

  async release(): Promise<void> {
    for (const opened of this.#opened.values()) await (await opened).session.release();
    this.#opened.clear();
  }

  async #run(
    kind: keyof typeof PROGRAMS,
    batchSize: number,
    parameters: Feeds,
    noise: NoiseKey,
    fillBatch: (field: string, into: Float32Array) => void,
    progress: ScheduleProgress,
  ): Promise<Buffers> {
    const { session, feeder, outputs } = await this.#open(kind, batchSize);
    feeder.fill({
      seed: this.#seed,
      noisePurpose: "evaluation",
      noise,
      fillBatch,
      scalars: this.#model.scalars(progress),
    });
    await session.run({ ...parameters, ...feeder.buffers }, outputs);
    return outputs;
  }

  #open(kind: keyof typeof PROGRAMS, batchSize: number): Promise<Opened> {
    const key = `${kind} ${batchSize}`;
    const known = this.#opened.get(key);
    if (known) return known;
    const program = compileProgram(PROGRAMS[kind](this.#model, batchSize), this.#device.limits);
    const outputs = Object.fromEntries(
      Object.entries(program.outputs).map(([name, { shape }]) => [name, new Float32Array(sizeOf(shape))]),
    );
    const opened = this.#device
      .open(program)
      .then((session) => ({ session, feeder: new Feeder(program.inputs), outputs }));
    this.#opened.set(key, opened);
    return opened;
  }
}
