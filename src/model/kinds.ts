import type { z } from "zod";
import { type Classifier, createClassifier } from "./classifier.js";
import { createModel, type Model, type ModelSettings } from "./model.js";
import type { ModelData } from "./model-data.js";
import type { ImageShape } from "./parts.js";
import type { ModelSchemas } from "./schema.js";
import type { Trainable } from "./trainable.js";

/** Settings of a model of any kind as validated. */
export type TrainableSettings = z.output<ModelSchemas["trainable"]>;

/**
 * A model of the kind that its settings name, for images (or codes) of a shape.
 * @param imageShape of the images, or [1, 1, D] of codes.
 * @param view what it takes from the data, and parts of one's own.
 * @throws UserError as {@link createModel} and {@link createClassifier}.
 */
export function createTrainable(
  settings: TrainableSettings,
  imageShape: ImageShape,
  view: ModelData,
): Trainable {
  return isAutoencoderSettings(settings)
    ? createModel(settings, imageShape, view)
    : createClassifier(settings, imageShape, view);
}

/** Whether settings are those of an autoencoder. */
export function isAutoencoderSettings(settings: TrainableSettings): settings is ModelSettings {
  return settings.type !== "classifier";
}

/** Whether a model is heads without a code to send. */
export function isClassifier(model: Trainable): model is Classifier {
  return "features" in model;
}

/** Whether a model has an encoder, a channel and a decoder. */
export function isAutoencoder(model: Trainable): model is Model {
  return "encode" in model && "decode" in model;
}
