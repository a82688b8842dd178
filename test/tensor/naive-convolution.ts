import type { Window } from "../../src/tensor/index.js";

// Convolution as loops over numbers in float64, straight from its definition: what the engine is compared with.

type Visit = (fine: number, coarse: number, weight: number) => void;

/**
 * Calls back for every fine channel of every tap inside the map, with the places of its number, of the first coarse channel and of the
 * first weight between them: the coarse channels follow each other in both.
 */
function eachTap(
  { fine, coarse, kernel, stride, padding }: Window,
  batch: number,
  [fineChannels, coarseChannels]: readonly [number, number],
  visit: Visit,
): void {
  for (let b = 0; b < batch; b++)
    for (let row = 0; row < coarse[0]; row++)
      for (let column = 0; column < coarse[1]; column++)
        for (let ky = 0; ky < kernel; ky++)
          for (let kx = 0; kx < kernel; kx++) {
            const y = row * stride + ky - padding;
            const x = column * stride + kx - padding;
            if (y < 0 || y >= fine[0] || x < 0 || x >= fine[1]) continue;
            for (let f = 0; f < fineChannels; f++)
              visit(
                ((b * fine[0] + y) * fine[1] + x) * fineChannels + f,
                ((b * coarse[0] + row) * coarse[1] + column) * coarseChannels,
                ((ky * kernel + kx) * fineChannels + f) * coarseChannels,
              );
          }
}

/** Sizes of a convolution: examples, and channels of the fine and the coarse map. */
export interface NaiveSizes {
  readonly batch: number;
  readonly channels: readonly [fine: number, coarse: number];
}

/** Fine -> coarse. */
export function naiveConvolution(
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  window: Window,
  { batch, channels }: NaiveSizes,
): Float64Array {
  const result = new Float64Array(batch * window.coarse[0] * window.coarse[1] * channels[1]);
  eachTap(window, batch, channels, (f, coarse, first) => {
    for (let c = 0; c < channels[1]; c++) result[coarse + c]! += x[f]! * weight[first + c]!;
  });
  return result;
}

/** Coarse -> fine: the adjoint in x. */
export function naiveTransposedConvolution(
  y: ArrayLike<number>,
  weight: ArrayLike<number>,
  window: Window,
  { batch, channels }: NaiveSizes,
): Float64Array {
  const result = new Float64Array(batch * window.fine[0] * window.fine[1] * channels[0]);
  eachTap(window, batch, channels, (f, coarse, first) => {
    for (let c = 0; c < channels[1]; c++) result[f]! += y[coarse + c]! * weight[first + c]!;
  });
  return result;
}

/** The gradient of sum(y * convolution(x)) in the weight, equal for both directions. */
export function naiveWeightGradient(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  window: Window,
  { batch, channels }: NaiveSizes,
): Float64Array {
  const result = new Float64Array(window.kernel ** 2 * channels[0] * channels[1]);
  eachTap(window, batch, channels, (f, coarse, first) => {
    for (let c = 0; c < channels[1]; c++) result[first + c]! += x[f]! * y[coarse + c]!;
  });
  return result;
}
