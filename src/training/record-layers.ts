import type { ImageTable } from "../data/dataset.js";
import { UserError } from "../errors.js";
import { layersOf } from "../model/layers.js";
import type { Model } from "../model/model.js";
import { nearest } from "../nearest.js";
import { Scope } from "../nn/scope.js";
import type { NumericArray } from "../numeric-array.js";
import type { ProgramOutputs } from "../onnx/compile.js";
import type { Device } from "../onnx/devices.js";
import type { Shape } from "../tensor/shape.js";
import type { Tensor } from "../tensor/tensor.js";
import { throughImages } from "./encode.js";
import { mapRows } from "./map-rows.js";
import type { TrainedModel } from "./trained-model.js";

/** A layer of a model, as it can be asked for. */
export interface LayerAbout {
  readonly name: string;
  /** Numbers that it gives for an image. */
  readonly features: number;
}

/** The layers of an autoencoder, in the order in which an image passes them. */
export function layersAbout(model: Model): LayerAbout[] {
  return [...layerTensors(model, model.leastBatch)].map(([name, { shape }]) => ({
    name,
    features: shape[1]!,
  }));
}

/**
 * What a layer gives for every image of a table, [N, features]. The noise of the code depends on the seed and an image's place in
 * the table alone: all layers of a model see the same codes.
 * @throws UserError when the model has no such layer.
 */
export async function recordLayer(
  trained: TrainedModel,
  device: Device,
  table: ImageTable,
  layer: string,
  onBatch?: (done: number, of: number) => void,
): Promise<NumericArray<Float32Array>> {
  requireLayers(trained.model, [layer]);
  const build = (model: Model, batchSize: number): ProgramOutputs => ({
    recorded: layerTensors(model, batchSize).get(layer)!,
  });
  return (await mapRows(trained, device, throughImages(table, build), onBatch)).recorded!;
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
  const shape: Shape = [batchSize, ...model.imageShape];
  const images = scope.batch("images", shape);
  return layersOf(model.run(scope, images, "evaluation"), images);
}
