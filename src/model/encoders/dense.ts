import * as z from "zod";
import { normalised } from "../../nn/batch-normalisation.js";
import { dense } from "../../nn/dense.js";
import { widthSchema } from "../../nn/parameters.js";
import type { Scope } from "../../nn/scope.js";
import { leakyRelu } from "../../tensor/operations/elementwise.js";
import { reshape } from "../../tensor/operations/layout.js";
import { sizeOf } from "../../tensor/shape.js";
import { named, type Tensor } from "../../tensor/tensor.js";
import { definePart } from "../part.js";

/** Settings that a dense encoder and the dense decoder share. */
export const denseSettings = {
  units: z
    .array(widthSchema)
    .min(1)
    .default([256])
    .describe("units of each hidden layer, in the order the signal passes them"),
  slope: z.number().min(0).max(1).default(0.01),
};

/**
 * Dense layers on rows [B, F], with a leaky rectifier after each, and normalisation before it if that is configured. Layer number
 * `first + i` of the encoder or the decoder has `units[i]` outputs and its number as its name.
 */
export function denseLayers(
  scope: Scope,
  x: Tensor,
  units: readonly number[],
  part: "encoder" | "decoder",
  { first = 0, slope, normalise }: { first?: number; slope: number; normalise?: "batch" | undefined },
): Tensor {
  return units.reduce((rows, width, i) => {
    const own = scope.in(first + i);
    const made = normalised(own, dense(own, rows, width), normalise);
    return named(leakyRelu(made, slope), `${part}.${first + i}`);
  }, x);
}

/** Dense layers with leaky rectifiers after each; for images of any kind, and for quick trials. */
export const denseEncoder = definePart({
  kind: "encoder",
  type: "dense",
  about: "fully connected layers with leaky rectifiers",
  settings: denseSettings,
  make: ({ units, slope }) => ({
    encode(scope, images) {
      const pixels = reshape(images, [images.shape[0]!, sizeOf(images.shape.slice(1))]);
      return denseLayers(scope, pixels, units, "encoder", { slope });
    },
  }),
});
