import { sizeOf } from "../src/tensor/shape.js";
import type { Layer, LayerDescription } from "./layers.js";

/** Multiply-adds of one image. */
export interface MultiplyAdds {
  readonly forward: number;
  readonly backward: number;
}

/**
 * Multiply-adds of the products of a convolutional autoencoder for one image. Convolutions count at nominal size, every
 * tap at every position whether it lies in the padding or not, since that is how peers count; elementwise work counts
 * nothing. Backward is twice forward, less the first layer's gradient towards the image, which nobody needs.
 */
export function multiplyAddsPerImage({ encoder, decoder, dimensions }: LayerDescription): MultiplyAdds {
  const code = encoderFeatures(encoder) * 2 * dimensions;
  const forward = [...encoder, ...decoder].reduce((total, layer) => total + productOf(layer), code);
  return { forward, backward: 2 * forward - productOf(encoder[0]!) };
}

function encoderFeatures(encoder: readonly Layer[]): number {
  const last = encoder.at(-1)!;
  return last.kind === "dense" ? last.outputs : sizeOf(last.window.coarse) * last.outputs;
}

function productOf(layer: Layer): number {
  const taps = layer.kind === "dense" ? 1 : sizeOf(layer.window.coarse) * layer.window.kernel ** 2;
  return taps * layer.inputs * layer.outputs;
}
