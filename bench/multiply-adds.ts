import { z } from "zod";
import { stackSettings, stackWindows } from "../src/model/encoders/convolutional.js";
import type { ModelSettings } from "../src/model/model.js";
import type { ImageShape } from "../src/model/parts.js";
import { sizeOf } from "../src/tensor/shape.js";

const stackSchema = z.object({ type: z.literal("convolutional"), ...stackSettings });
const channelSchema = z.object({ type: z.literal("gaussian"), dimensions: z.int() });

/** Multiply-adds of one image. */
export interface MultiplyAdds {
  readonly forward: number;
  readonly backward: number;
}

/**
 * Multiply-adds of the products of a convolutional autoencoder for one image. Convolutions count at nominal size, every
 * tap at every position whether it lies in the padding or not, since that is how peers count; elementwise work counts
 * nothing. Backward is twice forward, less the first layer's gradient towards the image, which nobody needs.
 * @throws ZodError when the model is no convolutional one with a gaussian channel.
 */
export function multiplyAddsPerImage(
  settings: ModelSettings,
  [height, width, channels]: ImageShape,
): MultiplyAdds {
  const encoder = stackProducts(settings.encoder, [height, width], channels);
  const decoder = stackProducts(settings.decoder, [height, width], channels);
  const { dimensions } = channelSchema.parse(settings.channel);
  const posterior = encoder.features * 2 * dimensions;
  const spread = dimensions * decoder.features;
  const forward = sum(encoder.layers) + posterior + spread + sum(decoder.layers);
  return { forward, backward: 2 * forward - encoder.layers[0]! };
}

/** Multiply-adds of each layer of a stack, from the image inwards, and the size of its innermost map. */
function stackProducts(
  settings: ModelSettings["encoder"],
  size: readonly [number, number],
  imageChannels: number,
): { layers: number[]; features: number } {
  const { layers } = stackSchema.parse(settings);
  const windows = stackWindows(layers, size);
  return {
    layers: layers.map(({ kernel, channels }, i) => {
      const inputs = i === 0 ? imageChannels : layers[i - 1]!.channels;
      return sizeOf(windows[i]!.coarse) * kernel ** 2 * inputs * channels;
    }),
    features: sizeOf(windows.at(-1)!.coarse) * layers.at(-1)!.channels,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
