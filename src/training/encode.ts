import { fillBatch } from "../data/batches.js";
import type { ImageTable } from "../data/dataset.js";
import { UserError } from "../errors.js";
import type { Classifier } from "../model/classifier.js";
import type { Model } from "../model/model.js";
import type { Trainable } from "../model/trainable.js";
import { Scope } from "../nn/scope.js";
import type { NumericArray } from "../numeric-array.js";
import type { Device } from "../onnx/devices.js";
import { mapRows, type RowWork } from "./map-rows.js";
import { encodingProgram, reconstructionProgram } from "./programs.js";
import type { TrainedModel } from "./state.js";

/** Codes of a table of images. */
export interface Encoding {
  /** The code's centre for each image [N, D]: what the geometry is measured on. */
  readonly mean: NumericArray<Float32Array>;
  /** One sample of the code [N, D]. */
  readonly code: NumericArray<Float32Array>;
  /** Nats spent on each image [N]. */
  readonly rateNats: NumericArray<Float32Array>;
  /** Nats spent in each dimension on each image [N, D]; undefined where the channel cannot separate them. */
  readonly dimensionRateNats: NumericArray<Float32Array> | undefined;
  /**
   * The posterior of each image, two arrays [N, D]: of the code, or of what an invertible map makes into it; undefined where it
   * has no density.
   */
  readonly posterior:
    | { readonly mean: NumericArray<Float32Array>; readonly logVariance: NumericArray<Float32Array> }
    | undefined;
}

/**
 * Encodes every image of a table. The sampled codes depend on the seed and the image's row alone, batch by
 * batch.
 * @param table N images of the model's shape.
 * @param onBatch hears after each batch how many of how many are done.
 * @returns centres and samples [N, D], rates in nats (rules R1, R2 and R4).
 * @throws UserError for images of another shape than the model's, for none, and for a single one where the
 * channel makes its noise of other images.
 */
export async function encodeTable(
  trained: TrainedModel,
  device: Device,
  table: ImageTable,
  onBatch?: (done: number, of: number) => void,
): Promise<Encoding> {
  const results = await mapRows(trained, device, throughImages(table, encodingProgram), onBatch);
  return {
    mean: results.mean!,
    code: results.code!,
    rateNats: results.rateNats!,
    dimensionRateNats: results.dimensionRateNats,
    posterior: results.posteriorMean && {
      mean: results.posteriorMean,
      logVariance: results.posteriorLogVariance!,
    },
  };
}

/**
 * Reconstructs every image of a table through a sampled code.
 * @param table N images of the model's shape.
 * @returns pixel values [N, height * width * channels], in the images' own range.
 * @throws UserError as {@link encodeTable}.
 */
export async function reconstructTable(
  trained: TrainedModel,
  device: Device,
  table: ImageTable,
): Promise<NumericArray<Float32Array>> {
  return (await mapRows(trained, device, throughImages(table, reconstructionProgram))).reconstruction!;
}

/**
 * What a classifier's heads see of every image of a table: features that distinguish its classes.
 * @param table N images of the model's shape.
 * @returns [N, F].
 * @throws UserError for images of another shape than the model's, and for none.
 */
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

/**
 * Work on images: one row per image, its noise that of the encoding.
 * @throws UserError, once it is begun, for images of another shape than the model's.
 */
export function throughImages<Kind extends Trainable = Model>(
  table: ImageTable,
  build: RowWork<Kind>["build"],
): RowWork<Kind> {
  return {
    count: table.count,
    build(model, batchSize) {
      assertSameShape(table, model);
      return build(model, batchSize);
    },
    noisePurpose: "encoding",
    isOfImages: true,
    fillRows: (rows, into) => fillBatch(table, rows, into),
  };
}

function assertSameShape({ imageShape }: ImageTable, model: Trainable): void {
  if (imageShape.join() === model.imageShape.join()) return;
  throw new UserError({
    where: "images for the model",
    what: `they are ${imageShape.join(" x ")}, and the model takes ${model.imageShape.join(" x ")} (height x width x channels)`,
    remedy: "Give images of the size and channels that the model was trained on",
  });
}
