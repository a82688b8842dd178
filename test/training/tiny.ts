import { type Configuration, configurationSchema } from "../../src/configuration/schema.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { prepareExperiment, requireAutoencoder } from "../../src/training/experiment.js";
import type { LoopSettings } from "../../src/training/loop.js";
import { Trainer } from "../../src/training/trainer.js";

/** A model of a few hundred parameters on a few hundred images: a whole training takes a blink. */
export const TINY = {
  name: "tiny",
  data: { corridors: { samples: 400 } },
  model: {
    encoder: { type: "dense", units: [8] },
    decoder: { type: "dense", units: [8] },
    channel: { type: "gaussian", dimensions: 2 },
    likelihood: { type: "mse", pixels: "mean" },
    objective: {
      type: "capacity",
      capacity: 1,
      gamma: 300,
      rateWeight: 0.0003,
      schedule: { warmup: 40, quarteredUntil: 20 },
    },
  },
  training: {
    epochs: 3,
    batchSize: 32,
    evaluationBatchSize: 20,
    metricBatchSize: 20,
    checkpointEverySteps: 7,
    logEverySteps: 5,
  },
};

/** The tiny configuration with some keys replaced, as a file would give it. */
export function tinyConfiguration(changes: { [key: string]: unknown } = {}): Configuration {
  return configurationSchema.parse({ ...TINY, ...changes });
}

/** A trainer of a configuration, with all that the loop needs. */
export async function tinyTraining(configuration = tinyConfiguration()) {
  const experiment = requireAutoencoder(prepareExperiment(configuration), "tiny");
  const device = await nodeDevice("cpu", 1);
  const { seed, optimizer, training } = configuration;
  const trainer = new Trainer(experiment.model, device, { seed, optimizer });
  const settings: LoopSettings = { seed, optimizer, ...training };
  return { experiment, device, trainer, settings };
}
