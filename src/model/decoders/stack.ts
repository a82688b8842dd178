import * as z from "zod";
import { normalisation } from "../../nn/batch-normalisation.js";
import { windowOver, windowUnder } from "../../nn/convolution.js";
import { widthSchema } from "../../nn/parameters.js";
import { mapOfImages } from "../../tensor/operations/feature-map.js";
import { sizeOf } from "../../tensor/shape.js";
import { layerShape } from "../encoders/convolutional.js";
import { denseLayers } from "../encoders/dense.js";
import { definePart } from "../part.js";
import { decodeMap } from "./map-layers.js";

const count = widthSchema;

/** Settings of a decoder that is configured layer by layer. */
export const stackDecoderSettings = {
  dense: z.array(count).default([]),
  map: z.strictObject({ size: z.tuple([count, count]), channels: count }),
  layers: z.array(z.strictObject({ ...layerShape, transposed: z.boolean().default(true) })).min(1),
  slope: z.number().min(0).max(1).default(0),
  ...normalisation,
};

/**
 * A decoder configured layer by layer, in the order of the signal: fully connected layers of `dense` units, whose outputs are
 * laid out as a map, then convolutions, by default transposed. Leaky rectifiers,
 * and, if configured, normalisation before them, follow every layer but the last.
 */
export const stackDecoder = definePart({
  kind: "decoder",
  type: "stack",
  about: "fully connected layers, then convolutions, described layer by layer",
  settings: stackDecoderSettings,
  make: ({ dense: widths, map: { size, channels }, layers, slope, normalise }) => ({
    decode(scope, code, imageShape) {
      const spread = denseLayers(scope, code, widths, "decoder", { slope, normalise });
      const needed = sizeOf(size) * channels;
      if (spread.shape[1] !== needed) {
        throw new RangeError(
          `${spread.shape[1]} numbers cannot be laid out as the decoder's map of ${size.join(" x ")} x ${channels}`,
        );
      }
      let extent: readonly [number, number] = size;
      const steps = layers.map(({ transposed, channels: outputs, ...layer }) => {
        const window = transposed ? windowUnder(extent, layer) : windowOver(extent, layer);
        extent = transposed ? window.fine : window.coarse;
        return { outputs, window, transposed };
      });
      const made = [...extent, layers.at(-1)!.channels];
      if (made.join() !== imageShape.join()) {
        throw new RangeError(`the decoder makes images of ${made.join(" x ")}`);
      }
      return decodeMap(scope, mapOfImages(spread, size), steps, { first: widths.length, slope, normalise });
    },
  }),
});
