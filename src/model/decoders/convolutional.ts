import { transposedConvolution } from "../../nn/convolution.js";
import { dense } from "../../nn/dense.js";
import { leakyRelu } from "../../tensor/operations/elementwise.js";
import { reshape } from "../../tensor/operations/layout.js";
import { sizeOf } from "../../tensor/shape.js";
import { named } from "../../tensor/tensor.js";
import { stackSettings, stackWindows } from "../encoders/convolutional.js";
import { normalised } from "../normalisation.js";
import { definePart } from "../part.js";
import type { Decoder } from "../parts.js";

/**
 * The mirror image of the convolutional encoder: a dense layer onto the innermost map, then transposed convolutions
 * back through the same windows, so that the output has the image's size whatever it is. `layers` are listed from the
 * image inwards, as for the encoder.
 */
export const convolutionalDecoder = definePart(
  "convolutional",
  stackSettings,
  ({ layers, slope, normalise }): Decoder => ({
    decode(scope, code, [height, width, channels]) {
      const windows = stackWindows(layers, [height, width]);
      const innermost = layers.at(-1)!.channels;
      const positions = sizeOf(windows.at(-1)!.coarse);
      const spread = named(dense(scope.in("input"), code, positions * innermost), "decoder.input");
      let map = reshape(spread, [code.shape[0]! * positions, innermost]);
      for (let index = layers.length - 1; index >= 0; index--) {
        const outputs = index === 0 ? channels : layers[index - 1]!.channels;
        const position = layers.length - 1 - index;
        const own = scope.in(position);
        map = transposedConvolution(own, map, outputs, windows[index]!);
        if (index > 0) map = leakyRelu(normalised(own, map, normalise), slope);
        named(map, `decoder.${position}`);
      }
      return reshape(map, [code.shape[0]!, height * width * channels]);
    },
  }),
);
