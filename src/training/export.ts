import { mapValues } from "../collections.js";
import type { PartProgram, Trainable } from "../model/trainable.js";
import type { ParameterLayout } from "../nn/parameters.js";
import { Scope } from "../nn/scope.js";
import { compileProgram } from "../onnx/compile.js";

/**
 * The parts of a model that can be used without Narrows, each as an ONNX model of any batch size, by name. Of an autoencoder
 * `encoder` (`images` [batch, height, width, channels] and, where the channel is noisy, `noise` standard normal [batch, D] ->
 * `mean` and `code` [batch, D], `rateNats` [batch]) and `decoder` (`code` -> `images`); of a classifier `heads` (`code`
 * [batch, D] -> the numbers of each head before any squashing, [batch, outputs], under its name).
 */
export function exportParts(
  model: Trainable,
  layout: ParameterLayout,
  parameters: Float32Array,
): Record<string, Uint8Array> {
  return mapValues(model.parts, (part) => freeze(part, layout, parameters));
}

/** {@link exportParts} by the names of their files in a run's folder. */
export function onnxFiles(...model: Parameters<typeof exportParts>): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(exportParts(...model)).map(([name, bytes]) => [`${name}.onnx`, bytes]),
  );
}

/**
 * Two sizes of a batch, to find the extents that are left open: so large that no other extent is a multiple of them, and that what is chosen by size is
 * chosen as for any large batch.
 */
const BATCHES = [10_007, 10_009] as const;

/** A program of any batch size with the parameters as constants of the file. */
function freeze(part: PartProgram, layout: ParameterLayout, parameters: Float32Array): Uint8Array {
  const scope = new Scope();
  const outputs = part(scope, BATCHES[0]);
  const views = layout.views(parameters);
  const frozen = new Map(
    [...scope.requests.parameters.values()].map(({ name, tensor }) => [tensor, views[name]!]),
  );
  const openBatch = part(new Scope(), BATCHES[1]);
  return compileProgram(outputs, { openBatch, frozen, metadata: { producer: "narrows" } }).bytes;
}
