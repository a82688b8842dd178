import { corridorsCauses } from "../../../src/data/causes.js";
import { generateCorridors } from "../../../src/data/corridors.js";
import type { Dataset } from "../../../src/data/dataset.js";
import { asDataset } from "../../../src/data/fingerprint.js";
import { defaultSplit, sliceDataset } from "../../../src/data/split.js";
import type { Experiment } from "../../../src/lab/experiment.js";
import { createModel, type Model } from "../../../src/model/model.js";
import type { ParameterLayout } from "../../../src/nn/parameters.js";
import { once } from "../../../src/once.js";
import { modelData } from "../../../src/training/model-data.js";
import { parameterLayout } from "../../../src/training/programs.js";
import { type WholeConfiguration, wholeConfiguration } from "../core/whole-configuration.js";

/** An experiment with its images drawn and its model built. */
export interface Prepared {
  readonly experiment: Experiment;
  readonly configuration: WholeConfiguration;
  readonly images: Dataset;
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly model: Model;
  readonly layout: ParameterLayout;
}

/** Draws the images of an experiment, unless they are given because it shares them with another, and builds its model. */
export function prepare(experiment: Experiment, known?: Prepared): Prepared {
  return prepareAs(experiment, wholeConfiguration(experiment), known);
}

/** The same of a configuration whose model is another than the lab's, with the experiment that comes nearest. */
export function prepareAs(
  experiment: Experiment,
  configuration: WholeConfiguration,
  known?: Prepared,
): Prepared {
  const images = known && sameImages(known.configuration, configuration) ? known.images : draw(configuration);
  const split = defaultSplit(images.count);
  const part = (name: "train" | "validation") => sliceDataset(images, split[name], `split.${name}`);
  const [train, validation] = [part("train"), part("validation")];
  const model = createModel(
    configuration.model,
    images.imageShape,
    modelData(configuration.model.heads, images, train),
  );
  return { experiment, configuration, images, train, validation, model, layout: parameterLayout(model) };
}

function sameImages(a: WholeConfiguration, b: WholeConfiguration): boolean {
  return JSON.stringify(a.data) === JSON.stringify(b.data);
}

function draw({ data }: WholeConfiguration): Dataset {
  const causes = once(() => corridorsCauses(data.corridors));
  return asDataset("corridors", { ...generateCorridors(data.corridors), causes });
}
