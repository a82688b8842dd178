import { isAutoencoderSettings } from "../model/kinds.js";
import { versions } from "./about-run.js";
import type { Experiment } from "./experiment.js";
import type { ExportOptions } from "./export.js";

/**
 * What the files of an experiment's model say besides: where it comes from. Nothing of it is about this very process, so that the same training
 * writes the same bytes.
 * @param step at which the parameters stand.
 */
export function aboutExport(
  { configuration, dataset }: Experiment,
  step: number,
): Pick<ExportOptions, "metadata" | "version"> {
  const { model, name, seed } = configuration;
  const { narrows } = versions();
  return {
    version: narrows,
    metadata: {
      narrows_version: narrows,
      name,
      seed: String(seed),
      step: String(step),
      dataset: dataset.name,
      dataset_fingerprint: dataset.fingerprint,
      label_names: JSON.stringify(dataset.labelNames),
      model: isAutoencoderSettings(model) ? "autoencoder" : "classifier",
      ...(isAutoencoderSettings(model) && {
        channel: model.channel.type,
        marginal: model.marginal.type,
        likelihood: model.likelihood.type,
        objective: model.objective.type,
      }),
    },
  };
}
