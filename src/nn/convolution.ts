import { convolve, convolveTransposed, type Window } from "../tensor/operations/convolution.js";
import { addBias } from "../tensor/operations/matmul.js";
import type { Tensor } from "../tensor/tensor.js";
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

/** A convolution: x [B * fine, in] -> [B * coarse, out]; weight [kernel, kernel, in, out], bias [out]. */
export function convolution(scope: Scope, x: Tensor, outputs: number, window: Window): Tensor {
  const { kernel } = window;
  const inputs = x.shape[1]!;
  const fans = { in: kernel ** 2 * inputs, out: kernel ** 2 * outputs, summed: kernel ** 2 * inputs };
  const { initialisation } = scope;
  const shape = [kernel, kernel, inputs, outputs];
  const weight = scope.parameter("weight", shape, initialisation.weight(fans), [fans.in, outputs]);
  return addBias(convolve(x, weight, window), scope.parameter("bias", [outputs], initialisation.bias(fans)));
}

/** A transposed convolution: y [B * coarse, in] -> [B * fine, out]; weight [kernel, kernel, out, in], bias [out]. */
export function transposedConvolution(scope: Scope, y: Tensor, outputs: number, window: Window): Tensor {
  const { kernel, coarse, fine } = window;
  const inputs = y.shape[1]!;
  // PyTorch counts the outputs as what a transposed convolution rests on.
  const fans = {
    in: kernel ** 2 * outputs,
    out: kernel ** 2 * inputs,
    summed: (kernel ** 2 * inputs * coarse[0] * coarse[1]) / (fine[0] * fine[1]),
  };
  const { initialisation } = scope;
  const shape = [kernel, kernel, outputs, inputs];
  const weight = scope.parameter("weight", shape, initialisation.weight(fans), [fans.in, inputs]);
  return addBias(
    convolveTransposed(y, weight, window),
    scope.parameter("bias", [outputs], initialisation.bias(fans)),
  );
}
