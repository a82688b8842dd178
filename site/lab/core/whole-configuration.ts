import { writtenConfiguration } from "../../../src/lab/configuration.js";
import type { Experiment } from "../../../src/lab/experiment.js";
import { NARROWS_MODELS } from "../../../src/model/schema.js";
import { optimizerSchema } from "../../../src/nn/optimizer-schema.js";

/** The whole configuration, every default filled in: what a run's manifest holds. */
export function wholeConfiguration(experiment: Experiment) {
  const { name, seed, data, model, optimizer, training } = writtenConfiguration(experiment);
  return {
    name,
    seed,
    data: { corridors: { seed: 0, size: 13, sigma: 1.2, ...data.corridors } },
    model: NARROWS_MODELS.autoencoder.parse(model),
    optimizer: optimizerSchema.parse(optimizer),
    training: {
      evaluationBatchSize: 256,
      metricBatchSize: 256,
      checkpointEverySteps: 1000,
      logEverySteps: 50,
      stopAboveRateNats: 10_000,
      ...training,
    },
  };
}

export type WholeConfiguration = ReturnType<typeof wholeConfiguration>;
