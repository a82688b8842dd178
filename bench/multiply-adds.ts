import { z } from "zod";
import { layerShape, stackSettings, stackWindows } from "../src/model/encoders/convolutional.js";
import type { ModelSettings } from "../src/model/model.js";
import type { ImageShape } from "../src/model/parts.js";
import { windowOver, windowUnder } from "../src/nn/convolution.js";
import { sizeOf } from "../src/tensor/shape.js";

const unitsSchema = z.array(z.int());
const encoderSchema = z.object({
  type: z.literal("convolutional"),
  ...stackSettings,
  dense: unitsSchema.default([]),
});
const mirrorSchema = z.object({ type: z.literal("convolutional"), ...stackSettings });
const stackSchema = z.object({
  type: z.literal("stack"),
  dense: unitsSchema,
  map: z.object({ size: z.tuple([z.int(), z.int()]), channels: z.int() }),
  layers: z.array(z.object({ ...layerShape, transposed: z.boolean() })),
});
/** Two dense layers of D outputs each, in either. */
const channelSchema = z.object({ type: z.enum(["gaussian", "echo"]), dimensions: z.int() });

/** Multiply-adds of one image. */
export interface MultiplyAdds {
  readonly forward: number;
  readonly backward: number;
}

/**
 * Multiply-adds of the products of a convolutional autoencoder for one image. Convolutions count at nominal size, every
 * tap at every position whether it lies in the padding or not, since that is how peers count; elementwise work counts
 * nothing. Backward is twice forward, less the first layer's gradient towards the image, which nobody needs.
 * @throws ZodError when the model is no convolutional one with a gaussian or an Echo channel.
 */
export function multiplyAddsPerImage(settings: ModelSettings, imageShape: ImageShape): MultiplyAdds {
  const { layers: encoder, features } = encoderProducts(settings.encoder, imageShape);
  const { dimensions } = channelSchema.parse(settings.channel);
  const decoder = decoderProducts(settings.decoder, dimensions, imageShape);
  const forward = sum(encoder) + features * 2 * dimensions + sum(decoder);
  return { forward, backward: 2 * forward - encoder[0]! };
}

/** Multiply-adds of each layer of an encoder, and the numbers it gives. */
function encoderProducts(
  settings: ModelSettings["encoder"],
  [height, width, imageChannels]: ImageShape,
): { layers: number[]; features: number } {
  const { layers, dense } = encoderSchema.parse(settings);
  const windows = stackWindows(layers, [height, width]);
  const products = layers.map(({ kernel, channels }, i) => {
    const inputs = i === 0 ? imageChannels : layers[i - 1]!.channels;
    return sizeOf(windows[i]!.coarse) * kernel ** 2 * inputs * channels;
  });
  const widths = [sizeOf(windows.at(-1)!.coarse) * layers.at(-1)!.channels, ...dense];
  return { layers: [...products, ...denseProducts(widths)], features: widths.at(-1)! };
}

/** Multiply-adds of each layer of a decoder. */
function decoderProducts(
  settings: ModelSettings["decoder"],
  dimensions: number,
  [height, width, imageChannels]: ImageShape,
): number[] {
  if (settings.type === "stack") {
    const { dense, map, layers } = stackSchema.parse(settings);
    let { size, channels } = map as { size: readonly [number, number]; channels: number };
    const products = layers.map(({ transposed, channels: outputs, ...layer }) => {
      const window = transposed ? windowUnder(size, layer) : windowOver(size, layer);
      const product = sizeOf(window.coarse) * layer.kernel ** 2 * channels * outputs;
      size = transposed ? window.fine : window.coarse;
      channels = outputs;
      return product;
    });
    return [...denseProducts([dimensions, ...dense]), ...products];
  }
  const { layers } = mirrorSchema.parse(settings);
  const windows = stackWindows(layers, [height, width]);
  const products = layers.map(({ kernel, channels }, i) => {
    const outputs = i === 0 ? imageChannels : layers[i - 1]!.channels;
    return sizeOf(windows[i]!.coarse) * kernel ** 2 * outputs * channels;
  });
  return [dimensions * sizeOf(windows.at(-1)!.coarse) * layers.at(-1)!.channels, ...products];
}

function denseProducts(widths: readonly number[]): number[] {
  return widths.slice(1).map((outputs, i) => widths[i]! * outputs);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
