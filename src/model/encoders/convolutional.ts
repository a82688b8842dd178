import * as z from "zod";
import { normalisation, normalised } from "../../nn/batch-normalisation.js";
import { convolution, convolutionOfImages, type WindowSettings, windowOver } from "../../nn/convolution.js";
import { extentSchema, widthSchema } from "../../nn/parameters.js";
import type { Window } from "../../tensor/operations/convolution.js";
import { leakyRelu } from "../../tensor/operations/elementwise.js";
import { type FeatureMap, imagesOf } from "../../tensor/operations/feature-map.js";
import { reshape } from "../../tensor/operations/layout.js";
import { definePart } from "../part.js";
import { denseLayers } from "./dense.js";

/** One layer of a convolutional stack. */
export interface StackLayer extends WindowSettings {
  readonly channels: number;
}

/** What a configuration says of one layer of a stack. */
export const layerShape = {
  channels: widthSchema,
  kernel: extentSchema,
  stride: extentSchema.default(2),
  padding: z
    .union([z.int().nonnegative().max(1024), z.enum(["same", "valid"])])
    .default(1)
    .describe("zeros on every side; or `same`, as TensorFlow has it; or `valid`, none"),
};

/** The stack of "The geometry of efficient codes" (spec section 3): 13 x 13 -> 6 -> 3 -> 2. */
const GEOMETRY_LAYERS: StackLayer[] = [
  { channels: 32, kernel: 4, stride: 2, padding: 1 },
  { channels: 64, kernel: 3, stride: 2, padding: 1 },
  { channels: 256, kernel: 3, stride: 2, padding: 1 },
];

/** Settings that a convolutional encoder and its mirror image, the decoder, share; layers from the image inwards. */
export const stackSettings = {
  layers: z
    .array(z.strictObject(layerShape))
    .min(1)
    .default(GEOMETRY_LAYERS)
    .describe("convolutions, from the image inwards"),
  slope: z.number().min(0).max(1).default(0.01).describe("slope of the leaky rectifiers below 0"),
  ...normalisation,
};

/** The windows of a stack of layers over an image of this size, from the image inwards. */
export function stackWindows(layers: readonly StackLayer[], size: readonly [number, number]): Window[] {
  let fine = size;
  return layers.map((layer) => {
    const window = windowOver(fine, layer);
    fine = window.coarse;
    return window;
  });
}

/** Settings of a convolutional encoder. */
export const convolutionalEncoderSettings = { ...stackSettings, dense: z.array(widthSchema).optional() };

/**
 * Convolutions with leaky rectifiers after each; features are the last map's positions and channels, or the outputs of fully
 * connected layers of `dense` units on them.
 */
export const convolutionalEncoder = definePart({
  kind: "encoder",
  type: "convolutional",
  about: "convolutions with leaky rectifiers, then fully connected layers where asked for",
  settings: convolutionalEncoderSettings,
  make: ({ layers, slope, normalise, dense: widths = [] }) => ({
    encode(scope, images) {
      const [batch, height, width, channels] = images.shape as [number, number, number, number];
      const windows = stackWindows(layers, [height, width]);
      const pixels = reshape(images, [batch, height * width * channels]);
      const last = layers.reduce<FeatureMap | undefined>((map, layer, index) => {
        const own = scope.in(index);
        const window = windows[index]!;
        const next = map
          ? convolution(own, map, layer.channels, window)
          : convolutionOfImages(own, pixels, layer.channels, window);
        const rows = leakyRelu(normalised(own, next.rows, normalise), slope);
        return scope.namedMap(`encoder.${index}`, { ...next, rows });
      }, undefined);
      const ending = { first: layers.length, slope, normalise };
      return denseLayers(scope, imagesOf(last!), widths, "encoder", ending);
    },
  }),
});
