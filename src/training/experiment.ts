import { ownPartsOf } from "../configuration/own-parts.js";
import type { Configuration } from "../configuration/schema.js";
import { arrangementOf, chosenSplit } from "../configuration/split.js";
import type { Dataset, Split } from "../data/dataset.js";
import { areAllEqual } from "../data/pixel-moments.js";
import { loadDataset } from "../data/sources/index.js";
import { sharedRowWarnings, sliceDataset } from "../data/split.js";
import { UserError } from "../errors.js";
import { memoryBytes } from "../files/memory.js";
import type { Classifier } from "../model/classifier.js";
import { createTrainable, isAutoencoder, isClassifier } from "../model/kinds.js";
import type { Model } from "../model/model.js";
import type { Trainable } from "../model/trainable.js";
import { MAX_PARAMETERS, type ParameterLayout, VECTORS_OF_TRAINING } from "../nn/parameters.js";
import type { OwnPart } from "../own-part.js";
import { formatShape, sizeOf } from "../tensor/shape.js";
import { checkChannel } from "./check-channel.js";
import { modelData } from "./model-data.js";
import { parameterLayout } from "./programs.js";

/** A configuration with its data loaded and its model built. */
export interface Experiment<Kind extends Trainable = Trainable> {
  readonly configuration: Configuration;
  /** All rows, in the order of the split. */
  readonly dataset: Dataset;
  /** Reading `test` throws a UserError that names `split.test` where the split leaves no rows for it. */
  readonly split: Record<keyof Split, Dataset>;
  readonly model: Kind;
  readonly layout: ParameterLayout;
  /** What a person should know of how the data were read and split, a line each. */
  readonly warnings: readonly string[];
}

/** Loads or draws the data that a specification names. */
export type DataLoader = typeof loadDataset;

/**
 * Loads the data of a configuration and builds its model for them.
 * @param others Parts of one's own that are given as they are, in addition to those of the files which the configuration names.
 * @param isTrained Whether a run was trained like this already: what its data are is not questioned again.
 * @throws UserError when the data cannot be read, are fewer than a batch, the parts of the split overlap, the training images are all
 * equal, the images are too small for the encoder, or the channel cannot do what is asked of it.
 */
export function prepareExperiment(
  configuration: Configuration,
  load: DataLoader = loadDataset,
  others: readonly OwnPart[] = [],
  { isTrained = false }: { readonly isTrained?: boolean } = {},
): Experiment {
  const parts = ownPartsOf(configuration, others);
  const dataset = load(configuration.data, arrangementOf(configuration), parts);
  const ranges = chosenSplit(configuration, dataset);
  const split = partsOf(dataset, ranges);
  const warnings = [...(dataset.warnings ?? []), ...sharedRowWarnings(ranges, dataset.name, isTrained)];
  const { batchSize } = configuration.training;
  if (!isTrained && areAllEqual(split.train)) {
    throw new UserError({
      where: dataset.name,
      what: `all ${split.train.count} training images are equal, so there is nothing to learn`,
      remedy: "Look at the file with narrows datasets inspect, and give images that differ",
    });
  }
  if (batchSize > split.train.count) {
    throw new UserError({
      where: "training.batchSize",
      what: `a batch of ${batchSize} is larger than the training data (${split.train.count} images)`,
      remedy: `Give at most ${split.train.count}, or more data`,
    });
  }
  const model = createTrainable(configuration.model, dataset.imageShape, {
    ...modelData(configuration.model.heads, dataset, split.train),
    parts,
  });
  if (isAutoencoder(model)) checkChannel(model, configuration, split.train.count);
  return { configuration, dataset, split, model, layout: layoutOf(model, dataset), warnings };
}

/** The parts of a split; training needs the first two, and where there are no test rows only who asks for them is refused. */
function partsOf(dataset: Dataset, { train, validation, test }: Split): Record<keyof Split, Dataset> {
  const parts = {
    train: sliceDataset(dataset, train, "split.train"),
    validation: sliceDataset(dataset, validation, "split.validation"),
  };
  const [start, end] = test;
  if (start < end || start > dataset.count)
    return { ...parts, test: sliceDataset(dataset, test, "split.test") };
  return {
    ...parts,
    get test(): Dataset {
      throw new UserError({
        where: `${dataset.name}, split.test`,
        what: `the split leaves no test rows: validation ends at row ${start} of ${dataset.count}`,
        remedy: "Choose the validation rows, or give split.test a range of its own",
      });
    },
  };
}

function requireKind<Kind extends Trainable>(
  isKind: (model: Trainable) => model is Kind,
  lacks: string,
  remedy: string,
): (experiment: Experiment, where: string) => Experiment<Kind> {
  return (experiment, where) => {
    const { model } = experiment;
    if (isKind(model)) return { ...experiment, model };
    throw new UserError({ where, what: `it is ${model.about}, which has no ${lacks}`, remedy });
  };
}

/**
 * An experiment whose model is an autoencoder; what it is of, for the message, comes second.
 * @throws UserError when the model is of another kind.
 */
export const requireAutoencoder = requireKind<Model>(
  isAutoencoder,
  "encoder and no decoder",
  "Give an autoencoder here; narrows evaluate and narrows show take this one",
);

/** The same of a classifier of images. */
export const requireClassifier = requireKind<Classifier>(
  isClassifier,
  "features of classes",
  "Give a run of model.type classifier, with an encoder, on images of the same shape",
);

function layoutOf(model: Trainable, { name, imageShape }: Dataset): ParameterLayout {
  try {
    return boundedLayout(parameterLayout(model));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new UserError({
      where: `model.encoder on ${name}`,
      what: `images of ${imageShape.join(" x ")} do not pass: ${cause.message}`,
      remedy: "Use fewer layers, smaller kernels, or type: dense",
      cause,
    });
  }
}

/** A layout that fits into memory; checked before anything of its size is made. */
function boundedLayout(layout: ParameterLayout): ParameterLayout {
  const { size, specs } = layout;
  const bytes = 4 * size * VECTORS_OF_TRAINING;
  const memory = memoryBytes();
  if (size <= MAX_PARAMETERS && bytes <= memory) return layout;
  const largest = specs.reduce((largestSoFar, spec) =>
    sizeOf(spec.shape) > sizeOf(largestSoFar.shape) ? spec : largestSoFar,
  );
  const mebi = (count: number) => `${Math.ceil(count / 2 ** 20).toLocaleString("en-US")} MiB`;
  throw new UserError({
    where: "model",
    what:
      `it has ${size.toLocaleString("en-US")} parameters, ` +
      (size > MAX_PARAMETERS
        ? `and ${MAX_PARAMETERS.toLocaleString("en-US")} are the maximum`
        : `whose training takes ${mebi(bytes)} of the ${mebi(memory)} of memory`),
    remedy: `Give fewer units, channels or dimensions: the largest is ${largest.name}, ${formatShape(largest.shape)}`,
  });
}
