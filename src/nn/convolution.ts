import { convolve, convolveTransposed, type Window } from "../tensor/operations/convolution.js";
import { addBias } from "../tensor/operations/matmul.js";
import type { Tensor } from "../tensor/tensor.js";
import { uniformByFan } from "./initialise.js";
import type { Scope } from "./scope.js";

/** Extent, step and border of a convolution's window. */
export interface WindowSettings {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/**
 * The window that slides over a map of this size; the coarse map has floor((n + 2 padding - kernel) / stride) + 1
 * positions along an axis of n.
 * @throws RangeError when the kernel is larger than the padded map.
 */
export function windowOver(
  fine: readonly [number, number],
  { kernel, stride, padding }: WindowSettings,
): Window {
  const extent = (n: number) => Math.floor((n + 2 * padding - kernel) / stride) + 1;
  const coarse = [extent(fine[0]), extent(fine[1])] as const;
  if (coarse[0] < 1 || coarse[1] < 1) {
    throw new RangeError(
      `a kernel of ${kernel} does not fit a map of ${fine[0]} x ${fine[1]} with padding ${padding}`,
    );
  }
  return { fine, coarse, kernel, stride, padding };
}

/** A convolution: x [B * fine, in] -> [B * coarse, out]; weight [kernel, kernel, in, out], bias [out]. */
export function convolution(scope: Scope, x: Tensor, outputs: number, window: Window): Tensor {
  const inputs = x.shape[1]!;
  const fan = window.kernel ** 2 * inputs;
  const shape = [window.kernel, window.kernel, inputs, outputs];
  const weight = scope.parameter("weight", shape, uniformByFan(fan), [fan, outputs]);
  return addBias(convolve(x, weight, window), scope.parameter("bias", [outputs], uniformByFan(fan)));
}

/** A transposed convolution: y [B * coarse, in] -> [B * fine, out]; weight [kernel, kernel, out, in], bias [out]. */
export function transposedConvolution(scope: Scope, y: Tensor, outputs: number, window: Window): Tensor {
  const inputs = y.shape[1]!;
  const fan = window.kernel ** 2 * outputs;
  const shape = [window.kernel, window.kernel, outputs, inputs];
  const weight = scope.parameter("weight", shape, uniformByFan(fan), [fan, inputs]);
  return addBias(
    convolveTransposed(y, weight, window),
    scope.parameter("bias", [outputs], uniformByFan(fan)),
  );
}
