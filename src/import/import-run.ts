import { ownPartsOf } from "../configuration/own-parts.js";
import { type Configuration, schemasWith } from "../configuration/schema.js";
import { UserError } from "../errors.js";
import { isAutoencoderSettings } from "../model/kinds.js";
import type { NumericArray } from "../numeric-array.js";
import { writeCheckpoint } from "../runs/checkpoints.js";
import { runSums } from "../runs/integrity.js";
import { runLayout } from "../runs/layout.js";
import { updateManifest } from "../runs/manifest.js";
import { openMetrics } from "../runs/metrics.js";
import { closeRun, type Run } from "../runs/run.js";
import { removeRunFiles } from "../runs/run-files.js";
import { withSeal } from "../runs/sums.js";
import { formatShape } from "../tensor/shape.js";
import { type LightningModel, readLightningModel } from "../torch/lightning.js";
import {
  isClassifierAlone,
  type LightningClassifier,
  readLightningClassifier,
} from "../torch/lightning-classifier.js";
import { type HeadLeftOut, type PlacedHead, placeHeads } from "../torch/place-heads.js";
import { readTorchCheckpoint, type TorchCheckpoint } from "../torch/torch-checkpoint.js";
import { checkpointContent } from "../training/checkpoint-content.js";
import type { Evaluation } from "../training/evaluate.js";
import { type Experiment, prepareExperiment } from "../training/experiment.js";
import { onnxFiles } from "../training/export.js";
import { aboutExport } from "../training/export-metadata.js";
import { flatMetrics } from "../training/flat-metrics.js";
import { planTraining } from "../training/schedule.js";
import { freshState, type TrainingState } from "../training/state.js";

/** A checkpoint of the authors, read and understood. */
export interface LightningFile {
  readonly path: string;
  readonly checkpoint: TorchCheckpoint;
  readonly model: LightningModel | LightningClassifier;
}

/** An imported model with the data it belongs to: everything that its run will hold. */
export interface ImportedModel {
  readonly path: string;
  readonly experiment: Experiment;
  /** At the step where its training ended. Adam's vectors are zero: they are not imported. */
  readonly state: TrainingState;
  /** The last epoch, counted from 0. */
  readonly epoch: number;
  /** Classifiers of the file that its run will not have. */
  readonly headsLeftOut: readonly HeadLeftOut[];
}

/**
 * Reads a Lightning checkpoint of the authors' VAE, or of their classifier of codes alone. Nothing in the file is executed.
 * @throws UserError when it cannot be read, names a foreign class, or holds other weights.
 */
export function readLightningFile(path: string): LightningFile {
  const checkpoint = readTorchCheckpoint(path, { stripPrefix: "model." });
  const { tensors } = checkpoint;
  const read = isClassifierAlone(tensors) ? readLightningClassifier : readLightningModel;
  return { path, checkpoint, model: read(tensors, path) };
}

/**
 * Puts imported weights into a model for the data of a configuration. Layers, code dimensions and heads come
 * from the weights; the training's length becomes what the checkpoint has behind it, so that the run is a
 * finished one.
 * @param file as {@link readLightningFile} reads it.
 * @param configuration of the data and of the training.
 * @param withHeads Whether the classifiers come too.
 * @throws UserError when the data cannot be loaded, their images or classes do not fit the weights, or the
 * configuration has a head that the checkpoint has not.
 */
export function placeInExperiment(
  { path, checkpoint, model }: LightningFile,
  configuration: Configuration,
  withHeads = true,
): ImportedModel {
  checkKind(model, configuration, withHeads, path);
  const { placed, leftOut, absent } = withHeads
    ? placeHeads(model.heads, configuration.model.heads)
    : { placed: [], leftOut: model.heads.map(({ key }) => ({ key, why: "as asked" })), absent: [] };
  if (absent[0]) {
    throw new UserError({
      where: path,
      what: `the configuration has a head ${absent[0].name}, and the checkpoint no classifier for it`,
      remedy: "Give the configuration of this checkpoint, or leave its classifiers out with --without-heads",
    });
  }
  const heads = placed.map(({ settings }) => settings);
  const prepared = prepareExperiment(
    schemasWith(ownPartsOf(configuration)).configuration.parse({
      ...configuration,
      // Of a classifier alone, what the configuration says of it holds.
      model: { ...configuration.model, ...model.settings, heads },
    }),
  );
  checkOutputs(placed, prepared, path);
  const state = freshState(parametersOf(model, placed, prepared, path));
  const { train, validation } = prepared.split;
  const { training } = prepared.configuration;
  const planned = planTraining(train.count, training);
  state.step = checkpoint.globalStep ?? planned.totalSteps;
  const epoch = checkpoint.epoch ?? Math.max(0, Math.ceil(state.step / planned.stepsPerEpoch) - 1);
  // Theirs evaluates once an epoch.
  state.evaluations = (epoch + 1) * Math.ceil(validation.count / training.metricBatchSize);
  const epochs = Math.max(training.epochs ?? 0, epoch + 1, Math.ceil(state.step / planned.stepsPerEpoch));
  const lasted = { ...training, epochs, ...(state.step > 0 && { steps: state.step }) };
  const experiment = { ...prepared, configuration: { ...prepared.configuration, training: lasted } };
  return { path, experiment, state, epoch, headsLeftOut: leftOut };
}

/**
 * Fills the folder of a new run that this process holds: checkpoint, one evaluation, encoder and decoder as
 * ONNX; then it says "finished". When something fails, the folder is removed. The hold on the run ends with
 * it.
 * @param evaluation of the imported parameters, as `evaluateTable` gives it.
 * @throws UserError when the disk is full or the folder cannot be written.
 */
export function writeImportedRun(run: Run, imported: ImportedModel, evaluation: Evaluation): void {
  const { experiment, state, epoch, path } = imported;
  const files = runLayout(run.path);
  try {
    const sums = runSums(run.path, run.manifest, undefined);
    const log = openMetrics(files.metrics);
    try {
      log.append({ step: state.step, epoch, split: "validation", ...flatMetrics(evaluation) });
      log.sync();
    } finally {
      log.close();
    }
    const { tensors, metadata } = checkpointContent(state, experiment.layout);
    const content = { tensors, metadata: { ...metadata, epoch: String(epoch), importedFrom: path } };
    writeCheckpoint(files.checkpoints, state.step, withSeal(content, sums.seal(log.sum())));
    const { model, layout } = experiment;
    sums.writeFiles(onnxFiles(model, layout, state.parameters, aboutExport(experiment, state.step)));
    const integrity = { ...sums.at(state.step, log.sum()), complete: true };
    updateManifest(run.path, { status: "finished", finishedAt: new Date().toISOString(), integrity });
  } catch (error) {
    removeRunFiles(run.path);
    throw error;
  }
  closeRun(run);
}

/** A checkpoint of one kind of model needs a configuration of that kind. */
function checkKind(
  { settings, dimensions }: LightningFile["model"],
  { model, data }: Configuration,
  withHeads: boolean,
  where: string,
): void {
  const isAutoencoder = settings !== undefined;
  if (isAutoencoderSettings(model) !== isAutoencoder) {
    throw new UserError({
      where,
      what: isAutoencoder
        ? "it is an autoencoder, and the configuration is of a classifier of given codes"
        : "it is a classifier of codes alone, without an encoder and a decoder, and the configuration is of an autoencoder",
      remedy: isAutoencoder
        ? "Give the configuration that it was trained with (--config)"
        : "Give the file that it was trained with, such as --config clf_only.yaml, which names its task and its codes",
    });
  }
  if (isAutoencoder) return;
  if (!withHeads) {
    throw new UserError({
      where,
      what: "it is a classifier of codes alone, and with --without-heads nothing remains",
      remedy: "Leave --without-heads out",
    });
  }
  const expected = data.codes?.dimensions;
  if (expected !== undefined && expected !== dimensions) {
    throw new UserError({
      where,
      what: `it classifies codes of ${dimensions} dimensions, and those of the configuration have ${expected}`,
      remedy: "Give the configuration of this checkpoint",
    });
  }
}

/** Says which classifier has other classes than its task makes of the data. */
function checkOutputs(placed: readonly PlacedHead[], { model, dataset }: Experiment, where: string): void {
  for (const { key, outputs, settings } of placed) {
    const head = model.heads.find(({ name }) => name === settings.name)!;
    if (head.outputs === outputs) continue;
    throw new UserError({
      where,
      what: `its classifier ${key} gives ${outputs} numbers, and ${settings.task} on ${dataset.name} has ${head.task.classes.length} classes`,
      remedy:
        "Give the configuration that it was trained with (--config) and all its data, or leave the classifiers out with --without-heads",
    });
  }
}

/** The weights in the order of a model's layout. */
function parametersOf(
  model: LightningFile["model"],
  placed: readonly PlacedHead[],
  { layout, dataset: { imageShape } }: Experiment,
  where: string,
): Float32Array {
  const all: ReadonlyMap<string, NumericArray<Float32Array>> = new Map(
    [model.parameters, ...placed.map((head) => head.parameters)].flatMap((map) => [...map]),
  );
  const { missing, misshapen } = layout.misfits(all);
  const [first] = [...missing, ...misshapen];
  if (!first) return layout.flatten(all);
  throw new UserError({
    where,
    what: `its weights are for ${inputsOf(model)}, and images of ${imageShape.join(" x ")} need ${first.name} of shape ${formatShape(first.shape)}`,
    remedy: "Give the configuration that it was trained with (--config), or its data (--set data.file=FILE)",
  });
}

function inputsOf(model: LightningFile["model"]): string {
  return model.settings
    ? `images of ${model.imageChannels} channels that shrink to ${model.innermostPositions} positions`
    : `codes of ${model.dimensions} dimensions`;
}
