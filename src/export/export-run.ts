import { UserError } from "../errors.js";
import { encodeSafetensors } from "../files/safetensors-format.js";
import { IMAGE_LAYOUTS, type ImageLayout } from "../model/image-layout.js";
import type { Trainable } from "../model/trainable.js";
import { TORCH_WEIGHTS, torchModule } from "../torch/export/module.js";
import { exportedParts, onnxFile } from "../training/export.js";
import { aboutExport } from "../training/export-metadata.js";
import type { TrainedRun } from "../training/trained-run.js";
import { type ExportedFile, modelCard } from "./model-card.js";

/** What a model can be exported to. */
export const EXPORT_TARGETS = ["onnx", "pytorch"] as const;
/** One of `EXPORT_TARGETS`. */
export type ExportTarget = (typeof EXPORT_TARGETS)[number];

/** How a run's model is exported. */
export interface RunExportOptions {
  /** ONNX by default. */
  readonly to?: ExportTarget;
  /** Layout of images: NHWC by default for ONNX, as in the run's own files; always NCHW for PyTorch. */
  readonly layout?: ImageLayout | undefined;
  /** Whether an encoder that draws codes is written too; ONNX alone. */
  readonly sampled?: boolean;
}

/** A run's model in files that need no Narrows. */
export interface RunExport {
  readonly layout: ImageLayout;
  /** Contents by the name of the file. */
  readonly contents: ReadonlyMap<string, string | Uint8Array | readonly Uint8Array[]>;
  /** What each file is. */
  readonly files: readonly ExportedFile[];
  /** What of the model is in none of them, one line each. */
  readonly leftOut: readonly string[];
}

/** Name of the model card. */
const CARD = "README.md";

/**
 * The model of a run at its newest checkpoint, with a model card: its parts as ONNX, or a module of plain PyTorch with its weights as safetensors.
 * @throws UserError where the two options exclude each other, or the model has a part that cannot be written so.
 */
export function exportRun(trained: TrainedRun<Trainable>, options: RunExportOptions = {}): RunExport {
  const { to = "onnx" } = options;
  const made = to === "onnx" ? toOnnx(trained, options) : toPytorch(trained, options);
  const files = [...made.files, { name: CARD, about: "this page" }];
  const card = modelCard(trained, { to, ...made, files });
  return { ...made, files, contents: new Map([...made.contents, [CARD, card]]) };
}

function toOnnx(trained: TrainedRun<Trainable>, { layout, sampled = false }: RunExportOptions): RunExport {
  const { experiment, model, state, run } = trained;
  const chosen = layout ?? IMAGE_LAYOUTS[0];
  if (sampled && !model.sampledEncoder) throw cannotSample(trained);
  const { metadata, version } = aboutExport(experiment, state.step);
  const parts = exportedParts(model, trained.layout, state.parameters, {
    layout: chosen,
    sampled,
    metadata: { ...metadata, run: run.name },
    ...(version !== undefined && { version }),
  });
  const entries = Object.entries(parts).map(([part, made]) => [onnxFile(part), made] as const);
  return {
    layout: chosen,
    contents: new Map(entries.map(([name, { bytes }]) => [name, bytes])),
    files: entries.map(([name, { inputs, outputs }]) => ({ name, inputs, outputs })),
    leftOut: [],
  };
}

function cannotSample({ model, experiment }: TrainedRun<Trainable>): UserError {
  const { channel } = experiment.configuration.model as { readonly channel?: { readonly type: string } };
  return channel
    ? new UserError({
        where: "--sampled",
        what: `the noise of channel ${channel.type} is made of other images, which no encoder of images alone has`,
        remedy: "Leave it out, and draw codes with --to pytorch, or in Python as docs/models.md shows",
      })
    : new UserError({
        where: "--sampled",
        what: `the model is ${model.about}, which draws no codes`,
        remedy: "Leave it out",
      });
}

function toPytorch(trained: TrainedRun<Trainable>, { layout, sampled }: RunExportOptions): RunExport {
  if (layout === "NHWC") {
    throw new UserError({
      where: "--layout NHWC",
      what: "images are NCHW in PyTorch",
      remedy: "Leave it out, or export with --to onnx",
    });
  }
  if (sampled) {
    throw new UserError({
      where: "--sampled",
      what: "a module of PyTorch draws codes itself, with its method sample",
      remedy: "Leave it out, or export with --to onnx",
    });
  }
  const { experiment, model, state, run } = trained;
  const { metadata = {}, version } = aboutExport(experiment, state.step);
  const about = `The model of run ${run.name} at step ${state.step}, written by Narrows ${version}: needs torch and safetensors alone.`;
  const parts = { layout: trained.layout, parameters: state.parameters };
  const { source, tensors, calls, leftOut } = torchModule(
    experiment.configuration.model,
    model,
    parts,
    about,
  );
  const numbers = { ...metadata, run: run.name, image_layout: "NCHW", format: "pt" };
  return {
    layout: "NCHW",
    contents: new Map<string, string | readonly Uint8Array[]>([
      ["model.py", source],
      [TORCH_WEIGHTS, encodeSafetensors(tensors, numbers)],
    ]),
    files: [
      { name: "model.py", about: `plain PyTorch: ${calls.map((call) => `\`${call}\``).join(", ")}` },
      { name: TORCH_WEIGHTS, about: "its weights, under PyTorch's names and in its layouts" },
    ],
    leftOut,
  };
}
