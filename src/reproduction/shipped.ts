import { fileURLToPath } from "node:url";
import { loadConfiguration } from "../configuration/load.js";
import type { Configuration } from "../configuration/schema.js";
import { isAutoencoderSettings } from "../model/kinds.js";
import type { ModelSettings } from "../model/model.js";

/** The configuration of an autoencoder. */
export type AutoencoderConfiguration = Configuration & { readonly model: ModelSettings };

/**
 * A file of configs/, which is the one place of its settings, with some laid over.
 * @param file its path in there without the ending.
 */
export function shippedConfiguration(file: string, overrides: readonly string[] = []): Configuration {
  const path = fileURLToPath(new URL(`../../configs/${file}.yaml`, import.meta.url));
  return loadConfiguration(path, overrides).configuration;
}

/** Such a file that is an autoencoder's. */
export function shippedAutoencoder(
  file: string,
  overrides: readonly string[] = [],
): AutoencoderConfiguration {
  const configuration = shippedConfiguration(file, overrides);
  const { model } = configuration;
  if (!isAutoencoderSettings(model)) throw new TypeError(`${file}.yaml is no autoencoder's`);
  return { ...configuration, model };
}
