import type { Model } from "../model/model.js";
import type { ParameterLayout } from "../nn/parameters.js";
import { Scope } from "../nn/scope.js";
import { compileProgram, type ProgramOutputs } from "../onnx/compile.js";
import { imagesOf } from "./programs.js";

/**
 * The encoder as an ONNX model: `images` [batch, height, width, channels] and, where the channel is noisy, `noise`
 * standard normal [batch, D] -> `mean` and `code` [batch, D], `rateNats` [batch]. Any batch size.
 */
export function exportEncoder(model: Model, layout: ParameterLayout, parameters: Float32Array): Uint8Array {
  const scope = new Scope();
  const { mean, code, rateNats } = model.encode(scope, imagesOf(scope, model, 1));
  return freeze(scope, { mean, code, rateNats }, layout, parameters);
}

/** The decoder as an ONNX model: `code` [batch, D] -> `images` [batch, height, width, channels]. Any batch size. */
export function exportDecoder(model: Model, layout: ParameterLayout, parameters: Float32Array): Uint8Array {
  const scope = new Scope();
  const code = scope.batch("code", [1, model.codeDimensions]);
  return freeze(scope, { images: model.decode(scope, code) }, layout, parameters);
}

/** A program of any batch size with the parameters as constants of the file. */
function freeze(
  scope: Scope,
  outputs: ProgramOutputs,
  layout: ParameterLayout,
  parameters: Float32Array,
): Uint8Array {
  const views = layout.views(parameters);
  const frozen = new Map(
    [...scope.requests.parameters.values()].map(({ name, tensor }) => [tensor, views[name]!]),
  );
  return compileProgram(outputs, { openBatch: true, frozen, metadata: { producer: "narrows" } }).bytes;
}
