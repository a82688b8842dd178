import type { ImageTable } from "../data/dataset.js";
import { UserError } from "../errors.js";
import { nearest } from "../given-names.js";
import { layersOf } from "../model/layers.js";
import type { Model } from "../model/model.js";
import { Scope } from "../nn/scope.js";
import type { NumericArray } from "../numeric-array.js";
import type { ProgramOutputs } from "../onnx/compile.js";
import type { Device } from "../onnx/devices.js";
import type { Tensor } from "../tensor/tensor.js";
import { throughImages } from "./encode.js";
import { mapRows } from "./map-rows.js";
import type { TrainedModel } from "./state.js";

/** A layer of a model, as it can be asked for. */
export interface LayerAbout {
  readonly name: string;
  /** Numbers that it gives for an image. */
  readonly features: number;
}

/**
 * The layers of an autoencoder, in the order in which an image passes them: the names that
 * {@link recordLayers} takes.
 */
export function layersAbout(model: Model): LayerAbout[] {
  return Array.from(layerTensors(model, model.minBatch), ([name, { shape }]) => {
    return { name, features: shape[1]! };
  });
}

/**
 * What layers give for every image of a table, by name. The noise of the code depends on the seed and an
 * image's place in the table alone: all layers of a model see the same codes, recorded together or not.
 * @param layers names, as {@link layersAbout} gives them.
 * @param onBatch hears after each batch how many of how many are done.
 * @returns [N, features] each.
 * @throws UserError when the model has no such layer, and as `encodeTable`.
 */
export async function recordLayers(
  trained: TrainedModel,
  device: Device,
  table: ImageTable,
  layers: readonly string[],
  onBatch?: (done: number, of: number) => void,
): Promise<Record<string, NumericArray<Float32Array>>> {
  requireLayers(trained.model, layers);
  const build = (model: Model, batchSize: number): ProgramOutputs => {
    const tensors = layerTensors(model, batchSize);
    return Object.fromEntries(layers.map((layer, place) => [outputOf(place), tensors.get(layer)!]));
  };
  const recorded = await mapRows(trained, device, throughImages(table, build), onBatch);
  return Object.fromEntries(layers.map((layer, place) => [layer, recorded[outputOf(place)]!]));
}

/** A layer may itself be an input of the program, whose name is taken then. */
function outputOf(place: number): string {
  return `recorded ${place}`;
}

/**
 * Makes sure that a model has layers of these names.
 * @throws UserError naming the first that it has not, the nearest that it has, and all.
 */
export function requireLayers(model: Model, names: readonly string[]): void {
  const known = layersAbout(model).map(({ name }) => name);
  const missing = names.find((name) => !known.includes(name));
  if (missing === undefined) return;
  const near = nearest(missing, known);
  throw new UserError({
    where: `layer ${missing}`,
    what: "the model has no such layer",
    remedy: `${near ? `Did you mean ${near}? ` : ""}Its layers are ${known.join(", ")}`,
  });
}

function layerTensors(model: Model, batchSize: number): Map<string, Tensor> {
  const scope = new Scope();
  const images = scope.batch("images", [batchSize, ...model.imageShape]);
  return layersOf(model.run(scope, images, "evaluation"), images, scope);
}
