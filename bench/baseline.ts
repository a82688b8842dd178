import { resolveLayers } from "../src/configuration/resolve.js";
import type { Configuration } from "../src/configuration/schema.js";
import { generateCorridors } from "../src/data/corridors.js";
import type { ImageTable } from "../src/data/dataset.js";
import { isAutoencoderSettings } from "../src/model/kinds.js";
import { createModel, type Model, type ModelSettings } from "../src/model/model.js";

/** Images per step. */
export const BATCH_SIZE = 64;

/** The experiment that feeding is measured on: the Corridors baseline, which is what an empty configuration says. */
export interface Baseline {
  readonly configuration: Configuration;
  /** Of the model. */
  readonly settings: ModelSettings;
  readonly model: Model;
  readonly images: ImageTable;
}

/** The baseline with so many images. */
export function baseline(samples = 8192): Baseline {
  const configuration = resolveLayers([]).configuration;
  const { model } = configuration;
  if (!isAutoencoderSettings(model)) throw new Error("the defaults are no autoencoder");
  const images = generateCorridors({ samples, seed: 0 });
  return { configuration, settings: model, images, model: createModel(model, images.imageShape) };
}
