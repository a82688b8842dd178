import type { Manifest } from "../../src/runs/manifest-text.js";
import type { TrainedRun } from "../../src/training/trained-run.js";
import { tinyConfiguration, tinyTraining } from "../training/tiny.js";

/** An untrained run, without a folder: enough for figures that read the model and the images. */
export async function untrainedRun(name: string, model: Record<string, unknown> = {}): Promise<TrainedRun> {
  const { model: tiny } = tinyConfiguration();
  const configuration = tinyConfiguration({ model: { ...tiny, ...model } });
  const { experiment, trainer } = await tinyTraining(configuration);
  const { state } = trainer;
  await trainer.release();
  return {
    run: { name, path: name, manifest: {} as Manifest },
    experiment,
    state,
    warnings: [],
    model: experiment.model,
    layout: experiment.layout,
    parameters: state.parameters,
    seed: configuration.seed,
  };
}
