import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { AUTHORS_LABELS } from "../configuration/authors-heads.js";
import { findForeignCode, loadConfiguration } from "../configuration/load.js";
import { writeCodes } from "../data/codes/write.js";
import { sha256 } from "../files/sha256.js";
import { inFileSystem } from "../files/system-errors.js";
import type { Device } from "../onnx/devices.js";
import { CODES_FOLDER } from "../runs/layout.js";
import { encodeLabelled } from "../training/encode-run.js";
import { requireAutoencoder } from "../training/experiment.js";
import { placeInExperiment, readLightningFile } from "./import-run.js";

/** How the codes of another model are made. */
export interface ForeignCodesOptions {
  /** Folder of the runs, which keeps the codes. */
  readonly runs: string;
  readonly openDevice: () => Promise<Device>;
  readonly onBatch?: (done: number, of: number) => void;
  /** Receives a line for people once codes have been written. */
  readonly onWritten?: (line: string) => void;
}

/**
 * The overrides of a training, and one more where its file is the authors' for classifiers on another model's code
 * (`cross_clf.yaml`) and that model's folder is there: its checkpoint encodes the images first, one sample an image, into a
 * file in the folder of runs, which takes the images' place. The same checkpoint and images are encoded once.
 * @throws UserError when the images or the checkpoint cannot be read or do not fit each other, and for whatever else
 * the file lacks, such as its task, before anything is encoded.
 */
export async function withForeignCodes(
  path: string,
  overrides: readonly string[],
  { runs, openDevice, onBatch, onWritten }: ForeignCodesOptions,
): Promise<readonly string[]> {
  const foreign = findForeignCode(path, overrides);
  if (!foreign) return overrides;
  const checkpoint = join(foreign.folder, "checkpoints", "last.ckpt");
  // Without it the file is refused, with what to do instead.
  if (!existsSync(checkpoint)) return overrides;
  const { images } = foreign;
  const codes = join(runs, CODES_FOLDER, `${identity([checkpoint, images])}.npz`);
  const completed = [
    ...overrides,
    `data_params.data_path=${JSON.stringify(codes)}`,
    "data_params.model4latentrepr=null",
  ];
  loadConfiguration(path, completed);
  if (existsSync(codes)) return completed;
  const configuration = configurationOf(join(foreign.folder, "hparams.yaml"), images);
  const { experiment, state } = placeInExperiment(readLightningFile(checkpoint), configuration, false);
  const { model, layout, dataset } = requireAutoencoder(experiment, checkpoint);
  const trained = { model, layout, parameters: state.parameters, seed: configuration.seed };
  const encoded = await encodeLabelled(trained, await openDevice(), dataset, { ...(onBatch && { onBatch }) });
  writeCodes(codes, encoded);
  onWritten?.(`${codes}: ${dataset.count.toLocaleString("en-US")} codes of ${images} by ${checkpoint}`);
  return completed;
}

/** What the model was trained with, as its folder says, on these images. */
function configurationOf(hparams: string, images: string) {
  const file = JSON.stringify(images);
  if (existsSync(hparams)) return loadConfiguration(hparams, [`data_params.data_path=${file}`]).configuration;
  const labels = [
    `data.labels=${AUTHORS_LABELS.length}`,
    `data.labelNames=${JSON.stringify(AUTHORS_LABELS)}`,
  ];
  return loadConfiguration(undefined, [`data.file=${file}`, ...labels], "authors-code").configuration;
}

/** Identifies files by their path, size and time of writing. */
function identity(paths: readonly string[]): string {
  const known = paths.map((path) => {
    const { size, mtimeMs } = inFileSystem(path, () => statSync(path));
    return [path, size, mtimeMs];
  });
  return sha256(JSON.stringify(known)).slice(0, 16);
}
