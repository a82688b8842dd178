import { resolveConfiguration } from "../src/configuration/resolve.js";
import type { Configuration } from "../src/configuration/schema.js";
import { shuffledBatches } from "../src/data/batches.js";
import { generateCorridors } from "../src/data/corridors.js";
import type { ImageTable } from "../src/data/dataset.js";
import { isAutoencoderSettings } from "../src/model/kinds.js";
import { createModel, type Model, type ModelSettings } from "../src/model/model.js";
import type { ScheduleProgress } from "../src/model/parts.js";
import { nodeDevice } from "../src/onnx/node.js";
import { Trainer } from "../src/training/trainer.js";

/** Images per step, in every measurement here. */
export const BATCH_SIZE = 64;

/** The experiment that the speed is measured on: the Corridors baseline, which is what an empty configuration says. */
export interface Baseline {
  readonly configuration: Configuration;
  /** Of the model. */
  readonly settings: ModelSettings;
  readonly model: Model;
  readonly images: ImageTable;
}

/** The baseline with so many images. */
export function baseline(samples = 8192): Baseline {
  const configuration = resolveConfiguration([]);
  const { model } = configuration;
  if (!isAutoencoderSettings(model)) throw new Error("the defaults are no autoencoder");
  const images = generateCorridors({ samples, seed: 0 });
  return { configuration, settings: model, images, model: createModel(model, images.imageShape) };
}

/** Training of the baseline on the processor, a step a call. */
export interface Stepping {
  step(): Promise<void>;
  release(): Promise<void>;
}

/** Training with the trainer that `narrows train` uses: feeding included, logging and checkpoints not. */
export async function openStepping(
  { configuration, model, images }: Baseline,
  threads: number,
): Promise<Stepping> {
  const { seed, optimizer } = configuration;
  const trainer = new Trainer(model, await nodeDevice("cpu", threads), { seed, optimizer });
  const batches = shuffledBatches(images.count, BATCH_SIZE, { seed, epoch: 0 });
  return {
    async step() {
      const { step } = trainer.state;
      await trainer.step(images, batches.at(step % batches.batchCount), progressAt(step));
    },
    release: () => trainer.release(),
  };
}

/** A point of training, as the schedules see it. */
export function progressAt(step: number): ScheduleProgress {
  return { step, epoch: 0, totalSteps: 1_000_000, totalEpochs: 1000, evaluations: 0 };
}
