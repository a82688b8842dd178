import {
  convolve as convolveMap,
  convolveTransposed as convolveMapTransposed,
  imagesOf,
  mapOfImages,
  reshape,
  sizeOf,
  type Tensor,
  type Window,
} from "../../src/tensor/index.js";
import type { ConvolutionOptions } from "../../src/tensor/operations/convolution.js";

// Convolution of maps as tests write them: rows [B * positions, channels], an image after the other.

/** Fine -> coarse. */
export function convolve(x: Tensor, weight: Tensor, window: Window, options?: ConvolutionOptions): Tensor {
  const map = mapOfImages(asImages(x, window.fine), window.fine);
  return asRows(imagesOf(convolveMap(map, weight, window, options)), weight.shape[1]!);
}

/** Coarse -> fine. */
export function convolveTransposed(
  y: Tensor,
  weight: Tensor,
  window: Window,
  options?: ConvolutionOptions,
): Tensor {
  const map = mapOfImages(asImages(y, window.coarse), window.coarse);
  const channels = weight.shape[0]! / window.kernel ** 2;
  return asRows(imagesOf(convolveMapTransposed(map, weight, window, options)), channels);
}

function asImages(rows: Tensor, size: readonly [number, number]): Tensor {
  const numbers = sizeOf(size) * rows.shape[1]!;
  return reshape(rows, [sizeOf(rows.shape) / numbers, numbers]);
}

function asRows(images: Tensor, channels: number): Tensor {
  return reshape(images, [sizeOf(images.shape) / channels, channels]);
}
