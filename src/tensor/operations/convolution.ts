import { composite } from "../operation.js";
import { sizeOf } from "../shape.js";
import { shapeError } from "../shape-error.js";
import type { Tensor } from "../tensor.js";
import { gather, scatterSum } from "./gather.js";
import { reshape, transpose } from "./layout.js";
import { matMul } from "./matmul.js";

// Convolution as a gather and a matrix product, on maps stored as rows: [batch * positions, channels]. In this form
// a bias and an activation follow the product directly, and the runtime fuses them into it.

/**
 * How a strided window slides over a map: the fixed wiring between a fine map (where the windows look) and a coarse
 * one (one entry per window). A convolution goes from fine to coarse, a transposed one from coarse to fine.
 */
export interface Window {
  readonly fine: readonly [height: number, width: number];
  readonly coarse: readonly [height: number, width: number];
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/**
 * Fine -> coarse: x [B * fine, Cf], weight [kernel² * Cf, Cc] (taps row by row, channels innermost) -> [B * coarse, Cc].
 * @throws ShapeError when the rows are no multiple of the map or the channels do not fit the weight.
 */
export function convolve(x: Tensor, weight: Tensor, window: Window): Tensor {
  const needed = window.kernel ** 2 * x.shape[1]!;
  if (!holdsMaps(x, window.fine) || weight.shape.length !== 2 || weight.shape[0] !== needed)
    throw misfit("convolve", x, window.fine, weight, `${needed} rows`);
  const taps = tapTable(window);
  const sparse = sparseTaps(taps, window);
  if (sparse) return convolveSparsely(x, weight, window, sparse);
  const columns = patches(x, taps, window);
  return composite("convolve", [x, weight], matMul(columns, weight), (gradient) => [
    convolveTransposed(gradient, weight, window),
    matMul(transpose(columns), gradient),
  ]);
}

/**
 * Coarse -> fine, the adjoint of {@link convolve} in x: y [B * coarse, Cc], weight [kernel² * Cf, Cc] -> [B * fine, Cf].
 * @throws ShapeError when the rows are no multiple of the map or the channels do not fit the weight.
 */
export function convolveTransposed(y: Tensor, weight: Tensor, window: Window): Tensor {
  const [rows, columns] = weight.shape as [number, number];
  const fits = weight.shape.length === 2 && columns === y.shape[1] && rows % window.kernel ** 2 === 0;
  if (!holdsMaps(y, window.coarse) || !fits) {
    const needed = `a multiple of ${window.kernel ** 2} rows and ${y.shape[1]} columns`;
    throw misfit("convolveTransposed", y, window.coarse, weight, needed);
  }
  const taps = tapTable(window);
  const sparse = sparseTaps(taps, window);
  if (sparse) return convolveTransposedSparsely(y, weight, window, sparse);
  const channels = rows / window.kernel ** 2;
  const batch = y.shape[0]! / sizeOf(window.coarse);
  const spread = reshape(matMul(y, transpose(weight)), [batch, taps.length, channels]);
  const fine = scatterSum(spread, 1, taps, sizeOf(window.fine));
  const lowered = reshape(fine, [batch * sizeOf(window.fine), channels]);
  return composite("convolveTransposed", [y, weight], lowered, (gradient) => {
    const columns = patches(gradient, taps, window);
    return [matMul(columns, weight), matMul(transpose(columns), y)];
  });
}

/** Taps of every window, [coarse positions * kernel²]: the fine position each tap reads, -1 in the padding. */
function tapTable({ fine, coarse, kernel, stride, padding }: Window): Int32Array {
  const table = new Int32Array(coarse[0] * coarse[1] * kernel * kernel);
  let entry = 0;
  for (let row = 0; row < coarse[0]; row++) {
    for (let column = 0; column < coarse[1]; column++) {
      for (let y = row * stride - padding; y < row * stride - padding + kernel; y++) {
        for (let x = column * stride - padding; x < column * stride - padding + kernel; x++) {
          const inside = y >= 0 && y < fine[0] && x >= 0 && x < fine[1];
          table[entry++] = inside ? y * fine[1] + x : -1;
        }
      }
    }
  }
  return table;
}

/** im2col: [B * fine, C] -> [B * coarse, kernel² * C]. */
function patches(x: Tensor, taps: Int32Array, { fine, coarse, kernel }: Window): Tensor {
  const channels = x.shape[1]!;
  const batch = x.shape[0]! / sizeOf(fine);
  const map = reshape(x, [batch, sizeOf(fine), channels]);
  const picked = gather(map, 1, { shape: [sizeOf(coarse), kernel ** 2], positions: taps });
  return reshape(picked, [batch * sizeOf(coarse), kernel ** 2 * channels]);
}

// On a map hardly larger than the kernel most taps fall into the padding (20 of 36 from 3x3 to 2x2 with kernel 3).
// There each coarse position gets a product of its own, with only the taps that lie inside.

/** For each coarse position the taps inside the map: the fine positions read and the rows of the weight they meet. */
interface SparseTaps {
  readonly perPosition: number;
  readonly finePositions: Int32Array;
  readonly weightTaps: Int32Array;
}

/** Worth it only below this share of taps, since the weight must be gathered too, and for few positions. */
const LARGEST_SPARSE_SHARE = 0.6;
const MOST_SPARSE_POSITIONS = 16;

function sparseTaps(taps: Int32Array, { coarse, kernel }: Window): SparseTaps | undefined {
  const positions = sizeOf(coarse);
  const inside = Array.from({ length: positions }, (_, position) =>
    Array.from({ length: kernel ** 2 }, (_, tap) => tap).filter(
      (tap) => taps[position * kernel ** 2 + tap]! >= 0,
    ),
  );
  const perPosition = Math.max(...inside.map((list) => list.length));
  if (positions > MOST_SPARSE_POSITIONS || perPosition > LARGEST_SPARSE_SHARE * kernel ** 2) return undefined;
  const slots = inside.flatMap((list) => Array.from({ length: perPosition }, (_, slot) => list[slot] ?? -1));
  return {
    perPosition,
    weightTaps: Int32Array.from(slots),
    finePositions: Int32Array.from(slots, (tap, i) =>
      tap < 0 ? -1 : taps[Math.floor(i / perPosition) * kernel ** 2 + tap]!,
    ),
  };
}

/** The weight's rows as each position needs them: [coarse, perPosition * Cf, Cc]. */
function weightBlocks(
  weight: Tensor,
  { kernel, coarse }: Window,
  { weightTaps, perPosition }: SparseTaps,
): Tensor {
  const [rows, columns] = weight.shape as [number, number];
  const channels = rows / kernel ** 2;
  const byTap = reshape(weight, [kernel ** 2, channels * columns]);
  const blocks = gather(byTap, 0, { shape: [weightTaps.length], positions: weightTaps });
  return reshape(blocks, [sizeOf(coarse), perPosition * channels, columns]);
}

function convolveSparsely(x: Tensor, weight: Tensor, window: Window, sparse: SparseTaps): Tensor {
  const channels = x.shape[1]!;
  const batch = x.shape[0]! / sizeOf(window.fine);
  const coarse = sizeOf(window.coarse);
  const map = reshape(x, [batch, sizeOf(window.fine), channels]);
  const picked = gather(map, 1, { shape: [coarse, sparse.perPosition], positions: sparse.finePositions });
  const byPosition = transpose(reshape(picked, [batch, coarse, sparse.perPosition * channels]), [1, 0, 2]);
  const product = matMul(byPosition, weightBlocks(weight, window, sparse));
  return reshape(transpose(product, [1, 0, 2]), [batch * coarse, weight.shape[1]!]);
}

function convolveTransposedSparsely(y: Tensor, weight: Tensor, window: Window, sparse: SparseTaps): Tensor {
  const channels = weight.shape[0]! / window.kernel ** 2;
  const coarse = sizeOf(window.coarse);
  const batch = y.shape[0]! / coarse;
  const byPosition = transpose(reshape(y, [batch, coarse, y.shape[1]!]), [1, 0, 2]);
  const product = matMul(byPosition, transpose(weightBlocks(weight, window, sparse)));
  const spread = reshape(transpose(product, [1, 0, 2]), [batch, coarse * sparse.perPosition, channels]);
  const fine = scatterSum(spread, 1, sparse.finePositions, sizeOf(window.fine));
  return reshape(fine, [batch * sizeOf(window.fine), channels]);
}

/** Whether the rows are whole maps: [B * height * width, channels]. */
function holdsMaps(x: Tensor, map: readonly [number, number]): boolean {
  return x.shape.length === 2 && x.shape[0]! % sizeOf(map) === 0;
}

function misfit(
  operation: string,
  x: Tensor,
  map: readonly [number, number],
  weight: Tensor,
  neededWeight: string,
): Error {
  const reason = `needs the ${sizeOf(map)} positions of ${map.join("x")} maps as rows, and a weight of ${neededWeight}`;
  return shapeError(operation, [x, weight], reason);
}
