import { mapValues } from "../collections.js";
import { drawnBatches, orderedBatches, placeRows } from "../data/batches.js";
import { UserError } from "../errors.js";
import type { Model } from "../model/model.js";
import type { Trainable } from "../model/trainable.js";
import type { NumericArray } from "../numeric-array.js";
import { compileProgram, type ProgramOutputs } from "../onnx/compile.js";
import type { Device } from "../onnx/devices.js";
import { sizeOf } from "../tensor/shape.js";
import { Feeder } from "./feeder.js";
import type { TrainedModel } from "./state.js";

/** Work that is done row by row: on images, on codes, or on nothing but noise. */
export interface RowWork<Kind extends Trainable = Model> {
  /** Number of rows. */
  readonly count: number;
  /** The program for batches of a size; the first axis of each of its outputs is the batch's. */
  readonly build: (model: Kind, batchSize: number) => ProgramOutputs;
  /** Keys the noise, together with the model's seed and the number of the batch. */
  readonly noisePurpose: string;
  /** Writes what the program reads of these rows, where it reads any, into the beginning of an array. */
  readonly fillRows?: (rows: Uint32Array, into: Float32Array) => void;
  /** Whether images go through the model's channel, where those of a batch may meet. */
  readonly isOfImages?: boolean;
}

const BATCH_SIZE = 256;

/**
 * Runs a trained model's program over rows, batch by batch: each output with all rows on its first axis. What a row
 * gives depends on the rows before it in no way but by its place, so that fewer rows are the beginning of more. (Not so where
 * images meet in the channel: there it depends on the other rows of its batch too, which are drawn from all.)
 * @throws UserError when there are no rows.
 */
export async function mapRows<Kind extends Trainable = Model>(
  { model, layout, parameters, seed }: TrainedModel<Kind>,
  device: Device,
  { count, build, noisePurpose, fillRows, isOfImages = false }: RowWork<Kind>,
  onBatch?: (done: number, of: number) => void,
): Promise<Record<string, NumericArray<Float32Array>>> {
  const { minBatch } = model;
  if (minBatch > 1 && count === 1) {
    throw new UserError({
      where: "images to encode",
      what: "the noise of this channel is made of other images, and there is one image",
      remedy: "Give more images at a time",
    });
  }
  const batchSize = Math.max(Math.min(BATCH_SIZE, count), minBatch);
  const batches = (isOfImages && model.mixesImages ? drawnBatches : orderedBatches)(count, batchSize);
  const program = compileProgram(build(model, batchSize), device.limits);
  const session = await device.open(program);
  const feeder = new Feeder(program.inputs);
  const views = layout.views(parameters);
  const into = mapValues(program.outputs, ({ shape }) => new Float32Array(sizeOf(shape)));
  const whole = mapValues(program.outputs, ({ shape: [, ...row] }) => {
    return { shape: [count, ...row], data: new Float32Array(count * sizeOf(row)) };
  });
  try {
    for (let batch = 0; batch < batches.batchCount; batch++) {
      const rows = batches.at(batch);
      // Too few rows keep each other company; later ones have those of the batch before behind them.
      const filled =
        batch === 0 ? Uint32Array.from({ length: batchSize }, (_, i) => rows[i % rows.length]!) : rows;
      feeder.fill({
        seed,
        noisePurpose,
        noise: batch,
        // A last batch that is not full leaves old rows behind it: they are computed and dropped.
        fillBatch: (_, array) => fillRows?.(filled, array),
        scalars: model.scalars({ step: 0, epoch: 0, totalSteps: 1, totalEpochs: 1, evaluations: 0 }),
      });
      await session.run({ ...views, ...feeder.buffers }, into);
      for (const [name, { data }] of Object.entries(whole)) {
        placeRows(into[name]!.subarray(0, (rows.length * data.length) / count), rows, data);
      }
      onBatch?.(batch + 1, batches.batchCount);
    }
  } finally {
    await session.release();
  }
  return whole;
}
