import { mapValues } from "../collections.js";
import type { ImageLayout } from "../model/image-layout.js";
import type { PartProgram, Trainable } from "../model/trainable.js";
import type { ParameterLayout } from "../nn/parameters.js";
import { Scope } from "../nn/scope.js";
import { compileProgram } from "../onnx/compile.js";
import type { Shape } from "../tensor/shape.js";
import { metadataOfModel, partText, valueTexts } from "./export-texts.js";

/** How the parts of a model are written. */
export interface ExportOptions {
  /** Layout of images that go in and come out: NHWC by default. */
  readonly layout?: ImageLayout;
  /** Whether an encoder that draws codes is written too, as `encoder-sampled`, where the channel has one. */
  readonly sampled?: boolean;
  /** Keys and values for the metadata of every file, in addition to what the model says of itself. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Version of Narrows that writes them. */
  readonly version?: string;
}

/** Name of the part that draws codes. */
const SAMPLED_ENCODER = "encoder-sampled";

/**
 * The parts of a model that can be used without Narrows, each as an ONNX model of any batch size, by name.
 *
 * Of an autoencoder: `encoder` (`images` [batch, height, width, channels] -> `mean` [batch, D], and what else
 * follows from the images alone: see docs/models.md), `decoder` (`codes` -> `images`) and, if it has any,
 * `heads` (`codes` -> the numbers of each head before any squashing, [batch, outputs], under its name). Of a
 * classifier: `heads`, of `codes` or `images`, and `features` [batch, F] of `images`.
 *
 * Each file says in its metadata what goes in and what comes out. Operator set 21, IR version 10.
 * @returns the bytes of each file, by the name of its part.
 */
export function exportParts(...model: Parameters<typeof exportedParts>): Record<string, Uint8Array> {
  return mapValues(exportedParts(...model), ({ bytes }) => bytes);
}

/** A part as an ONNX model, with the names and shapes of what goes in and out; the first axis of each is the batch's. */
export interface ExportedPart {
  readonly bytes: Uint8Array;
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly outputs: Readonly<Record<string, Shape>>;
}

/** {@link exportParts} with what goes in and out of each. */
export function exportedParts(
  model: Trainable,
  layout: ParameterLayout,
  parameters: Float32Array,
  options: ExportOptions = {},
): Record<string, ExportedPart> {
  const parts = {
    ...model.parts,
    ...(options.sampled && model.sampledEncoder && { [SAMPLED_ENCODER]: model.sampledEncoder }),
  };
  const views = layout.views(parameters);
  const entries = Object.entries(parts).map(
    ([name, part]) => [name, freeze(name, part, model, views, options)] as const,
  );
  return Object.fromEntries(entries);
}

/** {@link exportParts} by the names of their files in a run's folder. */
export function onnxFiles(...model: Parameters<typeof exportParts>): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(exportParts(...model)).map(([name, bytes]) => [onnxFile(name), bytes]),
  );
}

/** The name of a part's file. */
export function onnxFile(part: string): string {
  return `${part}.onnx`;
}

/**
 * Two sizes of a batch, to find the extents that are left open: so large that no other extent is a multiple of them, and that what is chosen by size is
 * chosen as for any large batch.
 */
const BATCHES = [10_007, 10_009] as const;

/** What the noise of a channel is called in files. */
const INPUT_NAMES: Readonly<Record<string, string>> = { "channel.noise": "noise" };

/** A program of any batch size with the parameters as constants of the file. */
function freeze(
  name: string,
  part: PartProgram,
  model: Trainable,
  views: Readonly<Record<string, Float32Array>>,
  { layout = "NHWC", metadata = {}, version }: ExportOptions,
): ExportedPart {
  const scope = new Scope();
  const outputs = part(scope, BATCHES[0], layout);
  const frozen = new Map(
    [...scope.requests.parameters.values()].map(({ name, tensor }) => [tensor, views[name]!]),
  );
  const openBatch = part(new Scope(), BATCHES[1], layout);
  const about = {
    ...(version !== undefined && { version }),
    text: partText(name),
    values: valueTexts(model, layout),
    metadata: { part: name, ...metadataOfModel(model, layout), ...metadata },
  };
  const { bytes, inputs } = compileProgram(outputs, { openBatch, frozen, inputNames: INPUT_NAMES, about });
  return {
    bytes,
    inputs: Object.fromEntries(inputs.map(({ name, shape }) => [INPUT_NAMES[name!] ?? name!, shape])),
    outputs: mapValues(outputs, ({ shape }) => shape),
  };
}
