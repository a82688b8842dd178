import { join } from "node:path";
import { EXPORT_TARGETS, exportRun } from "../../export/export-run.js";
import type { ExportedFile } from "../../export/model-card.js";
import { writeFileAtomic } from "../../files/atomic.js";
import { IMAGE_LAYOUTS } from "../../model/image-layout.js";
import { choice, flag, runName, text } from "../../settings/index.js";
import { defineCommand } from "../command/define.js";
import { force, RUN, runsAndData } from "../command/groups.js";
import { grouped } from "../format.js";
import { openTrainedOfAnyKind } from "../open-run.js";
import { claimOutput, warn } from "../output.js";

export default defineCommand({
  arguments: { run: runName({ about: RUN, required: true }) },
  settings: {
    to: choice(EXPORT_TARGETS, {
      about: "ONNX files, or a module of PyTorch (model.py) with model.safetensors",
      default: "onnx",
    }),
    layout: choice(IMAGE_LAYOUTS, {
      about: "axes of images: batch, height, width and channels, or channels first",
      defaultText: "NHWC for onnx, NCHW for pytorch",
    }),
    sampled: flag({ about: "write encoder-sampled.onnx too, which draws codes from images and noise" }),
    out: text({
      about: "folder for the files",
      placeholder: "folder",
      defaultText: "RUN-onnx or RUN-pytorch",
    }),
    ...force,
    ...runsAndData,
  },
  details: `
The files need no Narrows: docs/models.md shows how to load them. README.md in the folder is a model card with what the model is, its
data, its rate and distortion, and lines of Python that run it. The newest checkpoint of the run is exported; its data must be there.`,
  examples: [
    "narrows export baseline-c10-s0",
    "narrows export baseline-c10-s0 --layout NCHW --sampled --out shared/model",
    "narrows export baseline-c10-s0 --to pytorch",
  ],
  async run({ run: name, to, layout, sampled, out, force, ...options }) {
    const trained = openTrainedOfAnyKind(name, options);
    const { run, state } = trained;
    const folder = out ?? `${run.name}-${to}`;
    const made = exportRun(trained, { to, layout, sampled });
    for (const file of made.contents.keys()) claimOutput(join(folder, file), force);
    for (const [file, content] of made.contents) writeFileAtomic(join(folder, file), content);
    for (const line of made.leftOut) warn(`not exported: ${line}`);
    return {
      json: {
        run: run.name,
        path: run.path,
        step: state.step,
        to,
        layout: made.layout,
        out: folder,
        files: made.files.map(({ name, inputs, outputs }) => ({
          file: join(folder, name),
          inputs: namesOf(inputs),
          outputs: namesOf(outputs),
        })),
        leftOut: made.leftOut,
      },
      text: [
        `${folder}: ${run.name} at step ${grouped(state.step)}, images ${made.layout}`,
        ...made.files.map((file) => `  ${file.name}${flowOf(file)}`),
      ],
    };
  },
});

function namesOf(values: ExportedFile["inputs"]): readonly string[] | undefined {
  return values && Object.keys(values);
}

function flowOf({ inputs, outputs }: ExportedFile): string {
  if (!inputs || !outputs) return "";
  return `: ${Object.keys(inputs).join(", ")} -> ${Object.keys(outputs).join(", ")}`;
}
