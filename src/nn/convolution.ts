import { addBias } from "../tensor/operations/bias.js";
import { convolve, convolveTransposed, type Window } from "../tensor/operations/convolution.js";
import { type FeatureMap, imagesOf, mapOfImages, natural } from "../tensor/operations/feature-map.js";
import {
  convolveImages,
  convolveToImages,
  convolveTransposedToImages,
} from "../tensor/operations/image-convolution.js";
import { reshape } from "../tensor/operations/layout.js";
import { sizeOf } from "../tensor/shape.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Fans } from "./initialise.js";
import type { Scope } from "./scope.js";

/** Images with at most this number of channels are convolved tap by tap; others are treated as maps. */
const FEW_CHANNELS = 7;

/**
 * Zero padding around a map: a number of zeros on every side; `same`, as many as leave one window for each `stride`
 * positions, the odd one behind (as TensorFlow has it); or `valid`, none.
 */
export type Padding = number | "same" | "valid";

/** Extent, step and border of a convolution's window. */
export interface WindowSettings {
  /** Side of the square window, in positions. */
  readonly kernel: number;
  /** Positions from one window to the next. */
  readonly stride: number;
  readonly padding: Padding;
}

/**
 * The window that slides over a map of this size. With a number as padding the coarse map has floor((n + 2
 * padding - kernel) / stride) + 1 positions along an axis of n, with `same` it has ceil(n / stride).
 * @param fine [height, width] of the map.
 * @param settings extent, step and border of the window.
 * @throws RangeError when the kernel is larger than the padded map, or `same` asks for unlike borders on the
 * two axes.
 */
export function windowOver(
  fine: readonly [number, number],
  { kernel, stride, padding }: WindowSettings,
): Window {
  const axis = (n: number) => {
    if (padding !== "same") {
      const before = padding === "valid" ? 0 : padding;
      return { before, extent: Math.floor((n + 2 * before - kernel) / stride) + 1 };
    }
    const extent = Math.ceil(n / stride);
    return { before: Math.floor(Math.max(0, (extent - 1) * stride + kernel - n) / 2), extent };
  };
  const [rows, columns] = [axis(fine[0]), axis(fine[1])];
  const map = `a map of ${fine[0]} x ${fine[1]}`;
  if (rows.extent < 1 || columns.extent < 1) {
    throw new RangeError(`a kernel of ${kernel} does not fit ${map} with padding ${padding}`);
  }
  if (rows.before !== columns.before) {
    throw new RangeError(`padding same with stride ${stride} gives ${map} different padding on its two axes`);
  }
  return { fine, coarse: [rows.extent, columns.extent], kernel, stride, padding: rows.before };
}

/**
 * The window of a transposed convolution from a map of this size: `same` makes each axis `stride` times as
 * long, `valid` gives (n - 1) stride + kernel positions, and a number takes as many off both ends of that.
 * @param coarse [height, width] of the map.
 * @param settings extent, step and border of the window.
 * @throws RangeError when nothing would be left.
 */
export function windowUnder(
  coarse: readonly [number, number],
  { kernel, stride, padding }: WindowSettings,
): Window {
  const before =
    padding === "same" ? Math.floor(Math.max(0, kernel - stride) / 2) : padding === "valid" ? 0 : padding;
  const extent = (n: number) => (padding === "same" ? n * stride : (n - 1) * stride + kernel - 2 * before);
  const fine = [extent(coarse[0]), extent(coarse[1])] as const;
  if (fine[0] < 1 || fine[1] < 1) {
    throw new RangeError(`padding ${padding} leaves nothing of a map of ${coarse[0]} x ${coarse[1]}`);
  }
  return { fine, coarse, kernel, stride, padding: before };
}

/**
 * A convolution: a map of `in` channels -> one of `outputs`; weight [kernel, kernel, in, out], bias [out].
 * @param map of the window's fine size.
 * @param outputs channels of the result.
 * @throws ShapeError when the map is not the window's fine one.
 */
export function convolution(scope: Scope, map: FeatureMap, outputs: number, window: Window): FeatureMap {
  const { weight, bias } = convolutionParameters(scope, map.rows.shape[1]!, outputs, window);
  return withBias(convolve(map, weight, window, { exact: scope.exact }), bias);
}

/** A convolution of images [B, height * width * in], the first of a network. */
export function convolutionOfImages(
  scope: Scope,
  images: Tensor,
  outputs: number,
  window: Window,
): FeatureMap {
  const channels = images.shape[1]! / sizeOf(window.fine);
  if (channels > FEW_CHANNELS) return convolution(scope, mapOfImages(images, window.fine), outputs, window);
  const { weight, bias } = convolutionParameters(scope, channels, outputs, window);
  return withBias(convolveImages(images, weight, window), bias);
}

/** A convolution whose result are images [B, height * width * out], the last of a network. */
export function convolutionToImages(scope: Scope, map: FeatureMap, outputs: number, window: Window): Tensor {
  if (outputs > FEW_CHANNELS) return imagesOf(convolution(scope, map, outputs, window));
  const { weight, bias } = convolutionParameters(scope, map.rows.shape[1]!, outputs, window);
  return withImageBias(convolveToImages(map, weight, window), bias);
}

/**
 * A transposed convolution: a map of `in` channels -> one of `outputs`; weight [kernel, kernel, out, in],
 * bias [out].
 * @param map of the window's coarse size.
 * @param outputs channels of the result.
 * @param order in which the positions of the result are stored.
 * @throws ShapeError when the map is not the window's coarse one.
 */
export function transposedConvolution(
  scope: Scope,
  map: FeatureMap,
  outputs: number,
  window: Window,
  order = natural(window.fine),
): FeatureMap {
  const { weight, bias } = transposedParameters(scope, map.rows.shape[1]!, outputs, window);
  return withBias(convolveTransposed(map, weight, window, { exact: scope.exact, order }), bias);
}

/** A transposed convolution whose result are images [B, height * width * out], the last of a network. */
export function transposedConvolutionToImages(
  scope: Scope,
  map: FeatureMap,
  outputs: number,
  window: Window,
): Tensor {
  if (outputs > FEW_CHANNELS) return imagesOf(transposedConvolution(scope, map, outputs, window));
  const { weight, bias } = transposedParameters(scope, map.rows.shape[1]!, outputs, window);
  return withImageBias(convolveTransposedToImages(map, weight, window), bias);
}

function convolutionParameters(scope: Scope, inputs: number, outputs: number, { kernel }: Window) {
  const fans = { in: kernel ** 2 * inputs, out: kernel ** 2 * outputs, summed: kernel ** 2 * inputs };
  return layerParameters(scope, kernel, [inputs, outputs], outputs, fans);
}

function transposedParameters(scope: Scope, inputs: number, outputs: number, window: Window) {
  const { kernel, coarse, fine } = window;
  // PyTorch counts the outputs as what a transposed convolution rests on.
  const fans = {
    in: kernel ** 2 * outputs,
    out: kernel ** 2 * inputs,
    summed: (kernel ** 2 * inputs * sizeOf(coarse)) / sizeOf(fine),
  };
  return layerParameters(scope, kernel, [outputs, inputs], outputs, fans);
}

/** Weight [kernel, kernel, fine, coarse], in programs [kernel² * fine, coarse], and bias [outputs]. */
function layerParameters(
  scope: Scope,
  kernel: number,
  [fine, coarse]: readonly [number, number],
  outputs: number,
  fans: Fans,
) {
  const { initialisation } = scope;
  const weight = initialisation.weight(fans);
  return {
    weight: scope.parameter("weight", [kernel, kernel, fine, coarse], weight, [kernel ** 2 * fine, coarse]),
    bias: scope.parameter("bias", [outputs], initialisation.bias(fans)),
  };
}

function withBias(map: FeatureMap, bias: Tensor): FeatureMap {
  return { ...map, rows: addBias(map.rows, bias) };
}

/** A number for each channel on every position of images. */
function withImageBias(images: Tensor, bias: Tensor): Tensor {
  const channels = bias.shape[0]!;
  return reshape(addBias(reshape(images, [sizeOf(images.shape) / channels, channels]), bias), images.shape);
}
