import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Configuration } from "../../src/configuration/schema.js";
import { UserError } from "../../src/errors.js";
import { isAutoencoderSettings, type ModelSettings } from "../../src/model/index.js";

/** Writes files into a folder that is gone after the test; returns the folder. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "narrows-configuration-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

/** A configuration whose model is an autoencoder: its parts can be read. */
export function ofAutoencoder(
  configuration: Configuration,
): Configuration & { readonly model: ModelSettings } {
  const { model } = configuration;
  if (!isAutoencoderSettings(model)) throw new Error("the model is no autoencoder");
  return { ...configuration, model };
}

/** Writes one configuration file, gone after the test; returns its path. */
export function configurationFile(text: string): string {
  return join(folderWith({ "my.yaml": text }), "my.yaml");
}

/** The line a user would see: the message of the UserError that is thrown, the folder's path cut off. */
export function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error.message.includes("\n")) throw new Error(`more than one line: ${error.message}`);
    return error.message.replaceAll(/\/\S*\/narrows-configuration-[^/]*\//g, "");
  }
  throw new Error("nothing was thrown");
}
