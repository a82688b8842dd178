import { z } from "zod";
import { convolution, transposedConvolution, windowOver, windowUnder } from "../../nn/convolution.js";
import { dense } from "../../nn/dense.js";
import { type FeatureMap, flatten, mapValues } from "../../nn/feature-map.js";
import { leakyRelu } from "../../tensor/operations/elementwise.js";
import { reshape } from "../../tensor/operations/layout.js";
import { sizeOf } from "../../tensor/shape.js";
import { named } from "../../tensor/tensor.js";
import { layerShape } from "../encoders/convolutional.js";
import { definePart } from "../part.js";
import type { Decoder } from "../parts.js";

const extent = z.int().positive();

/**
 * A decoder told layer by layer, in the order in which the signal passes: layers of so many `dense` units, whose numbers are
 * laid out as a map, then convolutions, transposed ones unless told. Leaky rectifiers follow every layer but the last.
 */
export const stackDecoder = definePart(
  "stack",
  {
    dense: z.array(extent).default([]),
    map: z.strictObject({ size: z.tuple([extent, extent]), channels: extent }),
    layers: z.array(z.strictObject({ ...layerShape, transposed: z.boolean().default(true) })).min(1),
    slope: z.number().min(0).max(1).default(0),
  },
  ({ dense: widths, map: { size, channels }, layers, slope }): Decoder => ({
    decode(scope, code, imageShape) {
      let spread = code;
      widths.forEach((width, index) => {
        spread = named(leakyRelu(dense(scope.in(index), spread, width), slope), `decoder.${index}`);
      });
      const needed = sizeOf(size) * channels;
      if (spread.shape[1] !== needed) {
        throw new RangeError(
          `${spread.shape[1]} numbers cannot be laid out as the decoder's map of ${size.join(" x ")} x ${channels}`,
        );
      }
      const values = reshape(spread, [code.shape[0]! * sizeOf(size), channels]);
      let map: FeatureMap = { layout: "rows", values, size, channels };
      layers.forEach(({ channels: outputs, transposed, ...layer }, position) => {
        const index = widths.length + position;
        const inner = scope.in(index);
        map = transposed
          ? transposedConvolution(inner, map, outputs, windowUnder(map.size, layer))
          : convolution(inner, map, outputs, windowOver(map.size, layer));
        const isLast = position === layers.length - 1;
        map = mapValues(map, (raw) => named(isLast ? raw : leakyRelu(raw, slope), `decoder.${index}`));
      });
      const made = [...map.size, map.channels];
      if (made.join() !== imageShape.join()) {
        throw new RangeError(`the decoder makes images of ${made.join(" x ")}`);
      }
      return flatten(map);
    },
  }),
);
