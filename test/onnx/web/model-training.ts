import { generateCorridors } from "../../../src/data/corridors.js";
import { createModel, type ModelSettings } from "../../../src/model/model.js";
import type { OptimizerSettings } from "../../../src/nn/optimizer-schema.js";
import type { Device } from "../../../src/onnx/devices.js";
import { Trainer } from "../../../src/training/trainer.js";

/** A model and how it learns. */
export interface ModelTraining {
  readonly model: ModelSettings;
  readonly optimizer: OptimizerSettings;
  readonly seed: number;
}

const BATCH = 64;

/** Trains a model for some steps on images that are the same everywhere. @returns the loss of every step. */
export async function trainModel(
  device: Device,
  { model, optimizer, seed }: ModelTraining,
  steps: number,
): Promise<number[]> {
  const images = generateCorridors({ samples: BATCH * steps });
  const trainer = new Trainer(createModel(model, images.imageShape), device, { seed, optimizer });
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const rows = Uint32Array.from({ length: BATCH }, (_, i) => BATCH * step + i);
    const progress = { step, epoch: 0, totalSteps: 100, totalEpochs: 1, evaluations: 0 };
    losses.push((await trainer.step(images, rows, progress)).loss);
  }
  await trainer.release();
  return losses;
}
