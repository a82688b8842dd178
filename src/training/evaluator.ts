import { getOrMake, mapValues } from "../collections.js";
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
export type Evaluator = ReturnType<typeof openEvaluator>;

/** The evaluation of a model on a device; its programs are opened when they are first needed. */
export function openEvaluator(model: Trainable, device: Device, seed: number) {
  const opened = new Map<string, Promise<Opened>>();

  const open = async (kind: keyof typeof PROGRAMS, batchSize: number): Promise<Opened> => {
    const program = compileProgram(PROGRAMS[kind](model, batchSize), device.limits);
    const outputs = mapValues(program.outputs, ({ shape }) => new Float32Array(sizeOf(shape)));
    return { session: await device.open(program), feeder: new Feeder(program.inputs), outputs };
  };

  const run = async (
    kind: keyof typeof PROGRAMS,
    batchSize: number,
    parameters: Feeds,
    noise: NoiseKey,
    fillBatch: (field: string, into: Float32Array) => void,
    progress: ScheduleProgress,
  ): Promise<Buffers> => {
    const ready = getOrMake(opened, `${kind} ${batchSize}`, () => open(kind, batchSize));
    const { session, feeder, outputs } = await ready;
    feeder.fill({ seed, noisePurpose: "evaluation", noise, fillBatch, scalars: model.scalars(progress) });
    await session.run({ ...parameters, ...feeder.buffers }, outputs);
    return outputs;
  };

  return {
    /**
     * What images come to, by the names of `imagesProgram`'s outputs, an image after the other.
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
      const fill = (field: string, into: Float32Array) => fillField(model, field, table, rows, into);
      return run("images", rows.length, parameters, noise, fill, progress);
    },

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
      const outputs = await run("judgement", size, parameters, batch, fill, progress);
      return mapValues(outputs, (array) => array[0]!);
    },

    async release(): Promise<void> {
      for (const one of opened.values()) await (await one).session.release();
      opened.clear();
    },
  };
}
