import { sizeOf } from "../shape.js";
import type { Tensor } from "../tensor.js";
import { gather, scatterSum } from "./gather.js";
import { reshape, transpose } from "./layout.js";
import { matMul, matMulTransposed } from "./matmul.js";
import { tapTable, type Window } from "./window.js";

// On a map hardly larger than the kernel most taps fall into the padding (20 of 36 from 3x3 to 2x2 with kernel 3).
// There each coarse position gets a product of its own, with only the taps that lie inside.

/** For each coarse position the taps inside the map: the fine positions read and the rows of the weight they meet. */
export interface SparseTaps {
  readonly perPosition: number;
  readonly finePositions: Int32Array;
  readonly weightTaps: Int32Array;
}

/** Worth it only below this share of taps, since the weight must be gathered too, and for few positions. */
const LARGEST_SPARSE_SHARE = 0.6;
const MOST_SPARSE_POSITIONS = 16;

/** The taps inside of each coarse position; undefined where a plain convolution is the better choice. */
export function sparseTaps(window: Window): SparseTaps | undefined {
  const { coarse, kernel } = window;
  const taps = tapTable(window);
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

export function convolveSparsely(x: Tensor, weight: Tensor, window: Window, sparse: SparseTaps): Tensor {
  const channels = x.shape[1]!;
  const batch = x.shape[0]! / sizeOf(window.fine);
  const coarse = sizeOf(window.coarse);
  const map = reshape(x, [batch, sizeOf(window.fine), channels]);
  const picked = gather(map, 1, { shape: [coarse, sparse.perPosition], positions: sparse.finePositions });
  const byPosition = transpose(reshape(picked, [batch, coarse, sparse.perPosition * channels]), [1, 0, 2]);
  const product = matMul(byPosition, weightBlocks(weight, window, sparse));
  return reshape(transpose(product, [1, 0, 2]), [batch * coarse, weight.shape[1]!]);
}

export function convolveTransposedSparsely(
  y: Tensor,
  weight: Tensor,
  window: Window,
  sparse: SparseTaps,
): Tensor {
  const channels = weight.shape[0]! / window.kernel ** 2;
  const coarse = sizeOf(window.coarse);
  const batch = y.shape[0]! / coarse;
  const byPosition = transpose(reshape(y, [batch, coarse, y.shape[1]!]), [1, 0, 2]);
  const product = matMulTransposed(byPosition, weightBlocks(weight, window, sparse));
  const spread = reshape(transpose(product, [1, 0, 2]), [batch, coarse * sparse.perPosition, channels]);
  const fine = scatterSum(spread, 1, sparse.finePositions, sizeOf(window.fine));
  return reshape(fine, [batch * sizeOf(window.fine), channels]);
}
