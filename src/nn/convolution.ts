import { convolve, convolveTransposed, type Window } from "../tensor/operations/convolution.js";
import { reshape, transpose } from "../tensor/operations/layout.js";
import { addBias } from "../tensor/operations/matmul.js";
import { convolvePlanes, convolvePlanesTransposed } from "../tensor/operations/plane-convolution.js";
import { sizeOf } from "../tensor/shape.js";
import type { Tensor } from "../tensor/tensor.js";
import { asPlanes, asRows, type FeatureMap } from "./feature-map.js";
import type { Scope } from "./scope.js";

/**
 * The border of zeros around a map: so many on every side; `same`, as many as leave one window for each `stride`
 * positions, the odd one behind (as TensorFlow has it); or `valid`, none.
 */
export type Padding = number | "same" | "valid";

/** Extent, step and border of a convolution's window. */
export interface WindowSettings {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: Padding;
}

/**
 * The window that slides over a map of this size. With a number as padding the coarse map has
 * floor((n + 2 padding - kernel) / stride) + 1 positions along an axis of n, with `same` it has ceil(n / stride).
 * @throws RangeError when the kernel is larger than the padded map, or `same` asks for unlike borders on the two axes.
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
    throw new RangeError(`padding same with stride ${stride} gives ${map} unlike borders on its two axes`);
  }
  return { fine, coarse: [rows.extent, columns.extent], kernel, stride, padding: rows.before };
}

/**
 * The window of a transposed convolution from a map of this size: `same` makes each axis `stride` times as long, `valid` gives
 * (n - 1) stride + kernel positions, and a number takes as many off both ends of that.
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
 * Numbers in the patches of one image beyond which the runtime's own convolution is taken: those of a batch no longer fit
 * into the cache (measured with `npm run bench`; docs/speed.md).
 */
const LARGEST_PATCHES = 16_384;

function isLarge({ coarse, kernel }: Window, fineChannels: number): boolean {
  return sizeOf(coarse) * kernel ** 2 * fineChannels > LARGEST_PATCHES;
}

/** The weight [kernel² * fine channels, coarse channels] of products as that of planes, [coarse, fine, kernel, kernel]. */
function weightOfPlanes(weight: Tensor, { kernel }: Window): Tensor {
  const [rows, coarse] = weight.shape as [number, number];
  return transpose(reshape(weight, [kernel, kernel, rows / kernel ** 2, coarse]), [3, 2, 0, 1]);
}

/** A convolution onto a map of other channels; weight [kernel, kernel, in, out], bias [out]. */
export function convolution(scope: Scope, map: FeatureMap, outputs: number, window: Window): FeatureMap {
  const { kernel } = window;
  const inputs = map.channels;
  const fans = { in: kernel ** 2 * inputs, out: kernel ** 2 * outputs };
  const { initialisation } = scope;
  const shape = [kernel, kernel, inputs, outputs];
  const weight = scope.parameter("weight", shape, initialisation.weight(fans), [fans.in, outputs]);
  const bias = scope.parameter("bias", [outputs], initialisation.bias(fans));
  const onto = { size: window.coarse, channels: outputs };
  if (isLarge(window, inputs)) {
    const values = convolvePlanes(asPlanes(map), weightOfPlanes(weight, window), window, bias);
    return { layout: "planes", values, ...onto };
  }
  return { layout: "rows", values: addBias(convolve(asRows(map), weight, window), bias), ...onto };
}

/** A transposed convolution onto a map of other channels; weight [kernel, kernel, out, in], bias [out]. */
export function transposedConvolution(
  scope: Scope,
  map: FeatureMap,
  outputs: number,
  window: Window,
): FeatureMap {
  const { kernel } = window;
  const inputs = map.channels;
  // PyTorch counts the outputs as what a transposed convolution rests on.
  const fans = { in: kernel ** 2 * outputs, out: kernel ** 2 * inputs };
  const { initialisation } = scope;
  const shape = [kernel, kernel, outputs, inputs];
  const weight = scope.parameter("weight", shape, initialisation.weight(fans), [fans.in, inputs]);
  const bias = scope.parameter("bias", [outputs], initialisation.bias(fans));
  const onto = { size: window.fine, channels: outputs };
  if (isLarge(window, outputs)) {
    const values = convolvePlanesTransposed(asPlanes(map), weightOfPlanes(weight, window), window, bias);
    return { layout: "planes", values, ...onto };
  }
  return { layout: "rows", values: addBias(convolveTransposed(asRows(map), weight, window), bias), ...onto };
}
