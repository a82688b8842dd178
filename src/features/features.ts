import type { ImageTable } from "../data/dataset.js";
import type { Classifier } from "../model/classifier.js";
import type { NumericArray } from "../numeric-array.js";
import type { Device } from "../onnx/devices.js";
import { featuresOf } from "../training/features.js";
import type { TrainedModel } from "../training/trained-model.js";

/** What sample quality is measured on: numbers that tell images apart as people do, so far as that goes. */
export interface Features {
  /** What a caption calls them. */
  readonly about: string;
  /** Images -> features [N, F]. */
  of(images: ImageTable): Promise<NumericArray<Float32Array>>;
  release(): Promise<void>;
}

/** The features of a classifier that was trained here. */
export function classifierFeatures(trained: TrainedModel<Classifier>, device: Device, run: string): Features {
  return {
    about: `the features of a small classifier of the training images (run ${run})`,
    of: (images) => featuresOf(trained, device, images),
    release: async () => undefined,
  };
}

/** Made images as a table, [N, height, width, channels] or [N, pixels] in the range of the images. */
export function asTable(
  { shape, data }: NumericArray<Float32Array>,
  imageShape: ImageTable["imageShape"],
): ImageTable & { readonly images: Float32Array } {
  return { count: shape[0]!, imageShape, images: data, scale: 1, labels: undefined, labelNames: [] };
}
