import { type Dataset, type ImageTable, valuesPerImage } from "../../../data/dataset.js";
import { pixelValues } from "../../../data/pixel-moments.js";
import { sliceDataset } from "../../../data/split.js";
import { asTable, type Features } from "../../../features/features.js";
import { dimensionsInUse } from "../../../geometry/dimensions-in-use.js";
import type { Imbalance } from "../../../geometry/information-imbalance/index.js";
import { measureLayers } from "../../../layer-geometry/layers.js";
import { type LayerProfile, layerPath, profileOf } from "../../../layer-geometry/profile.js";
import type { KnownSpaces } from "../../../layer-geometry/spaces.js";
import { OUTER_LAYERS } from "../../../model/layers.js";
import type { NumericArray } from "../../../numeric-array.js";
import type { Device } from "../../../onnx/devices.js";
import { decodeCodes, sampleMarginal } from "../../../training/decode.js";
import { encodeTable, reconstructTable } from "../../../training/encode.js";
import { evaluateRun } from "../../../training/evaluate-run.js";
import { atSnapshot, type Snapshot } from "../../../training/snapshots.js";
import { freshState } from "../../../training/state.js";
import type { TrainedRun } from "../../../training/trained-run.js";
import { LAYERS } from "../networks.js";
import { qualityOf, type Reference } from "./quality.js";
import type { EpochMeasures, MaybeEstimate } from "./results.js";

/** What networks on the same images share. */
export interface NetworkContext {
  readonly device: Device;
  readonly features: Features;
  readonly reference: Reference;
  /** The images as a space, measured at the first epoch. */
  readonly known: KnownSpaces;
}

/** The test images as the measures of quality take them. */
export async function referenceOf(test: Dataset, features: Features): Promise<Reference> {
  const pixels = { shape: [test.count, valuesPerImage(test)], data: pixelValues(test) };
  return { pixels, features: await features.of(test) };
}

/** A network after one of its epochs, on the test images. */
export async function measureEpoch(
  run: TrainedRun,
  snapshot: Snapshot,
  { device, features, reference, known }: NetworkContext,
): Promise<EpochMeasures> {
  const trained = atSnapshot(run, snapshot);
  const { train, test } = run.experiment.split;
  const passage = { trained, table: test, device };
  const profile = profileOf(await measureLayers(passage, { known }));
  const path = layerPath(profile.map(({ name }) => name)).map((place) => profile[place]!);
  if (path.length !== LAYERS.length) {
    throw new RangeError(`a network of ${path.length} layers, where the paper's have ${LAYERS.length}`);
  }
  const { imageShape } = run.model;
  const prior = await decodeCodes(trained, device, await sampleMarginal(trained, device, test.count));
  const state = freshState(trained.parameters);
  const evaluated = (table: ImageTable) => evaluateRun({ experiment: run.experiment, state }, device, table);
  const onTest = await evaluated(test);
  const onTrain = await evaluated(sliceDataset(train, [0, Math.min(train.count, test.count)]));
  const quality = (images: NumericArray<Float32Array>) =>
    qualityOf(asTable(images, imageShape), reference, features);
  return {
    epoch: snapshot.epoch,
    points: test.count,
    dimension: path.map(dimensionOf),
    codeMeanDimension: dimensionOf(profile.find(({ name }) => name === OUTER_LAYERS.mean)!),
    toInput: path.map(({ toInput }) => imbalanceOf(toInput)),
    toOutput: path.map(({ toOutput }) => imbalanceOf(toOutput)),
    forward: path.slice(0, -1).map(({ forward }) => imbalanceOf(forward)),
    backward: path.slice(0, -1).map(({ backward }) => imbalanceOf(backward)),
    reconstructions: await quality(await reconstructTable(trained, device, test)),
    priorSamples: await quality(prior),
    testDistortionNats: onTest.distortion,
    testRateNats: onTest.rateNats,
    trainDistortionNats: onTrain.distortion,
    trainRateNats: onTrain.rateNats,
    activeUnits: activeUnits((await encodeTable(trained, device, test)).mean),
  };
}

function dimensionOf({ dimension }: LayerProfile): MaybeEstimate {
  if (!dimension || dimension.fit.reason !== null) return null;
  return { value: dimension.fit.dimension, standardError: dimension.fit.linkedError };
}

/** An imbalance as the results hold it. */
export function imbalanceOf(imbalance: Imbalance | null): MaybeEstimate {
  return imbalance && { value: imbalance.imbalance, standardError: imbalance.standardError };
}

/** The number of dimensions of the code whose mean varies over the images. */
function activeUnits({ shape: [count = 0, dimension = 0], data }: NumericArray): number {
  return dimensionsInUse({ count, dimension, coordinates: data }).length;
}
