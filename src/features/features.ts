import { type ImageTable, valuesPerImage } from "../data/dataset.js";
import { UserError } from "../errors.js";
import type { Classifier } from "../model/classifier.js";
import type { NumericArray } from "../numeric-array.js";
import type { Device } from "../onnx/devices.js";
import { featuresOf } from "../training/encode.js";
import type { TrainedModel } from "../training/state.js";

/** What sample quality is measured on: features that distinguish images roughly as people do. */
export interface Features {
  /** What a caption calls them. */
  readonly about: string;
  /**
   * Images -> features [N, F].
   * @throws UserError for a pixel value that is not from 0 to 1 (rules D8 and D19), and for images of another shape.
   */
  of(images: ImageTable): Promise<NumericArray<Float32Array>>;
  release(): Promise<void>;
}

/**
 * The features of a classifier that was trained here: what its heads see of an image.
 * @param run its name, for captions.
 * @returns features [N, F] of images [N, height, width, channels] of the classifier's own size.
 * @throws UserError when they are computed, for a pixel value that is not from 0 to 1, and for images of
 * another shape.
 */
export function classifierFeatures(trained: TrainedModel<Classifier>, device: Device, run: string): Features {
  return {
    about: `the features of a small classifier of the training images (run ${run})`,
    of: async (images) => {
      assertPixelValues(images);
      return featuresOf(trained, device, images);
    },
    release: async () => undefined,
  };
}

/**
 * What a model made as a table of images: what lies outside of 0 to 1, as an output without a sigmoid can
 * make it, becomes black or white. Other arrays are read by `imageTable` (rule D19) instead.
 * @param array [N, height, width, channels] or [N, pixels], in the range of pixel values.
 * @param imageShape of one image.
 */
export function asTable(
  { shape, data }: NumericArray<Float32Array>,
  imageShape: ImageTable["imageShape"],
): ImageTable & { readonly images: Float32Array } {
  const isWithin = data.every((value) => value >= 0 && value <= 1);
  const images = isWithin ? data : data.map((value) => Math.min(1, Math.max(0, value)));
  return { count: shape[0]!, imageShape, images, scale: 1, labels: undefined, labelNames: [] };
}

/**
 * That a table's pixels have values from 0 to 1: a network for images would make something of any others, too.
 * @throws UserError with the image for the first that has not.
 */
export function assertPixelValues(table: ImageTable): void {
  const { images, scale } = table;
  const bad = images.findIndex((value: number) => !(value >= 0 && value * scale <= 1));
  if (bad < 0) return;
  throw new UserError({
    where: `images for features, image ${Math.floor(bad / valuesPerImage(table)) + 1}`,
    what: `a pixel value of ${images[bad]! * scale}, where pixel values are from 0 to 1`,
    remedy:
      "Read the array with imageTable or readImageArray, which distinguish bytes from values, or set scale",
  });
}
