import type { ImageTable } from "../data/dataset.js";
import type { Classifier } from "../model/classifier.js";
import { Scope } from "../nn/scope.js";
import type { NumericArray } from "../numeric-array.js";
import type { Device } from "../onnx/devices.js";
import { throughImages } from "./encode.js";
import { mapRows } from "./map-rows.js";
import type { TrainedModel } from "./state.js";

/** What a classifier's heads see of every image of a table: features [N, F] that distinguish its classes. */
export async function featuresOf(
  trained: TrainedModel<Classifier>,
  device: Device,
  table: ImageTable,
): Promise<NumericArray<Float32Array>> {
  const work = throughImages<Classifier>(table, (model, batchSize) => {
    const scope = new Scope();
    return { features: model.features(scope, scope.batch("images", [batchSize, ...model.imageShape])) };
  });
  return (await mapRows(trained, device, work)).features!;
}
