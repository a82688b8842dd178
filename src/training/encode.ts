import { fillBatch, orderedBatches } from "../data/batches.js";
import { bytesPerImage, type ImageTable } from "../data/dataset.js";
import type { Model } from "../model/model.js";
import type { ParameterLayout } from "../nn/parameters.js";
import type { NumericArray } from "../numeric-array.js";
import { compileProgram, type ProgramOutputs } from "../onnx/compile.js";
import type { Device } from "../onnx/devices.js";
import { sizeOf } from "../tensor/shape.js";
import { Feeder } from "./feeder.js";
import { encodingProgram, reconstructionProgram } from "./programs.js";

/** A model with its parameters: what is needed to use it. */
export interface TrainedModel {
  readonly model: Model;
  readonly layout: ParameterLayout;
  readonly parameters: Float32Array;
  readonly seed: number;
}

/** Codes of a table of images. */
export interface Encoding {
  /** The code's centre for each image [N, D]: what the geometry is measured on. */
  readonly mean: NumericArray<Float32Array>;
  /** One sample of the code [N, D]. */
  readonly code: NumericArray<Float32Array>;
  /** Nats spent on each image [N]. */
  readonly rateNats: NumericArray<Float32Array>;
  /** Nats spent in each dimension on each image [N, D]; undefined where the channel cannot tell them apart. */
  readonly dimensionRateNats: NumericArray<Float32Array> | undefined;
}

const BATCH_SIZE = 256;

/** Encodes every image of a table. The sampled codes depend on the seed and the image's row alone, batch by batch. */
export async function encodeTable(
  trained: TrainedModel,
  device: Device,
  table: ImageTable,
  onBatch?: (done: number, of: number) => void,
): Promise<Encoding> {
  const results = await mapTable(trained, device, table, encodingProgram, onBatch);
  return {
    mean: results.mean!,
    code: results.code!,
    rateNats: results.rateNats!,
    dimensionRateNats: results.dimensionRateNats,
  };
}

/** Reconstructs every image of a table through a sampled code: pixel values [N, pixels]. */
export async function reconstructTable(
  trained: TrainedModel,
  device: Device,
  table: ImageTable,
): Promise<NumericArray<Float32Array>> {
  return (await mapTable(trained, device, table, reconstructionProgram)).reconstruction!;
}

/** Runs a program whose outputs have a row an image over a table, batch by batch. */
async function mapTable(
  { model, layout, parameters, seed }: TrainedModel,
  device: Device,
  table: ImageTable,
  build: (model: Model, batchSize: number) => ProgramOutputs,
  onBatch?: (done: number, of: number) => void,
): Promise<Record<string, NumericArray<Float32Array>>> {
  const batchSize = Math.min(BATCH_SIZE, table.count);
  const program = compileProgram(build(model, batchSize), { mostOperands: device.mostOperands });
  const session = await device.open(program);
  const feeder = new Feeder(program.inputs);
  const views = layout.views(parameters);
  const batches = orderedBatches(table.count, batchSize);
  const outputs = Object.entries(program.outputs).map(([name, { shape }]) => ({
    name,
    rowSize: sizeOf(shape.slice(1)),
    array: new Float32Array(sizeOf(shape)),
    whole: {
      shape: [table.count, ...shape.slice(1)],
      data: new Float32Array(table.count * sizeOf(shape.slice(1))),
    },
  }));
  const into = Object.fromEntries(outputs.map(({ name, array }) => [name, array]));
  try {
    for (let batch = 0; batch < batches.batchCount; batch++) {
      const rows = batches.at(batch);
      feeder.fill({
        seed,
        noisePurpose: "encoding",
        noiseStep: batch,
        // A last batch that is not full leaves old images behind it: they are computed and dropped.
        fillBatch: (_, array) =>
          fillBatch(table, rows, array.subarray(0, rows.length * bytesPerImage(table))),
        scalars: model.scalars({ step: 0, epoch: 0, totalSteps: 1, evaluations: 0 }),
      });
      await session.run({ ...views, ...feeder.buffers }, into);
      for (const { rowSize, array, whole } of outputs) {
        whole.data.set(array.subarray(0, rows.length * rowSize), batch * batchSize * rowSize);
      }
      onBatch?.(batch + 1, batches.batchCount);
    }
  } finally {
    await session.release();
  }
  return Object.fromEntries(outputs.map(({ name, whole }) => [name, whole]));
}
