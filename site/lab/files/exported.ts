import { zipSync } from "fflate";
import { encodeSafetensors } from "../../../src/files/safetensors-format.js";
import { checkpointContent } from "../../../src/training/checkpoint-content.js";
import { onnxFiles } from "../../../src/training/export.js";
import { joined, runFolder, runName, type WrittenTraining } from "./run-folder.js";

/** What can be downloaded: the run, to be resumed; the model for other programs; its weights alone. */
export type ExportKind = "run" | "onnx" | "safetensors";

/** A file to download. */
export interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A training as a file. */
export function exported(what: ExportKind, training: WrittenTraining): ExportedFile {
  const name = runName(training);
  const { prepared, state, versions } = training;
  const { model, layout } = prepared;
  switch (what) {
    case "run":
      return { name: `${name}.zip`, bytes: zipped(name, runFolder(training)) };
    case "onnx": {
      const metadata = { name, step: String(state.step), dataset: "corridors" };
      const files = onnxFiles(model, layout, state.parameters, { version: versions.narrows, metadata });
      return { name: `${name}-onnx.zip`, bytes: zipped(`${name}-onnx`, files) };
    }
    case "safetensors": {
      const { tensors } = checkpointContent(state, layout, ["parameters"]);
      return { name: `${name}.safetensors`, bytes: joined(encodeSafetensors(tensors)) };
    }
  }
}

/** A folder as a zip. Weights are as good as random: to pack them saves little and takes long. */
function zipped(folder: string, files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).map(([path, bytes]) => [`${folder}/${path}`, bytes] as const);
  return zipSync(Object.fromEntries(entries), { level: 1 });
}
