import { sizeOf } from "../shape.js";
import type { Tensor } from "../tensor.js";
import { gather } from "./gather.js";
import { reshape, transpose } from "./layout.js";
import { matMul } from "./matmul.js";
import { patches } from "./patches.js";
import type { Window } from "./window.js";

/**
 * A transposed convolution as a plain one. Fine positions of one phase, those that agree modulo the stride, all see the same taps
 * at the same distances from their coarse position: so each phase is a convolution of the coarse map, and all of them are one with
 * as many times the channels, whose results are dealt out. On large maps that is faster than to add up what lands on a position,
 * though the phases with fewer taps are filled up with zeros.
 */
export interface Phases {
  /** How the phases' kernel slides over the coarse map: one place for each stride x stride block of the fine one. */
  readonly window: Window;
  /** For each phase of one axis and each place in that kernel, the tap of the weight; -1 for none. */
  readonly taps: readonly (readonly number[])[];
}

/** Numbers in the patches of one map beyond which adding them up is the slower way. */
const LARGEST_SUMMED = 16_384;

/** The phases of a window; undefined for small maps, and where the fine map does not hold all of them equally often. */
export function phasesOf(
  { fine, coarse, kernel, stride, padding }: Window,
  channels: number,
): Phases | undefined {
  const isSmall = sizeOf(coarse) * kernel ** 2 * channels <= LARGEST_SUMMED;
  if (isSmall || fine.some((extent) => extent % stride !== 0)) return undefined;
  const phases = Array.from({ length: stride }, (_, phase) => {
    const shift = Math.floor((phase + padding) / stride);
    const first = (phase + padding) % stride;
    const count = Math.max(0, Math.ceil((kernel - first) / stride));
    // Coarse position less the block's, and the tap between them.
    return Array.from({ length: count }, (_, j) => ({ offset: shift - j, tap: first + stride * j }));
  });
  const offsets = phases.flat().map(({ offset }) => offset);
  const [low, high] = [Math.min(...offsets), Math.max(...offsets)];
  if (low > 0) return undefined;
  const extent = high - low + 1;
  return {
    window: {
      fine: coarse,
      coarse: [fine[0] / stride, fine[1] / stride],
      kernel: extent,
      stride: 1,
      padding: -low,
    },
    taps: phases.map((taps) =>
      Array.from(
        { length: extent },
        (_, place) => taps.find(({ offset }) => offset === low + place)?.tap ?? -1,
      ),
    ),
  };
}

/** y [B * coarse, Cc], weight [kernel² * Cf, Cc] -> [B * fine, Cf], by the phases of the window. */
export function convolveByPhases(
  y: Tensor,
  weight: Tensor,
  { kernel, stride, coarse, fine }: Window,
  { window, taps }: Phases,
): Tensor {
  const [rows, coarseChannels] = weight.shape as [number, number];
  const channels = rows / kernel ** 2;
  const batch = y.shape[0]! / sizeOf(coarse);
  const places = Array.from({ length: window.kernel }, (_, place) => place);
  // [row place, column place, row phase, column phase]: the tap of the weight.
  const positions = Int32Array.from(
    places.flatMap((rowPlace) =>
      places.flatMap((columnPlace) =>
        taps.flatMap((ofRow) =>
          taps.map((ofColumn) => {
            const [row, column] = [ofRow[rowPlace]!, ofColumn[columnPlace]!];
            return row < 0 || column < 0 ? -1 : row * kernel + column;
          }),
        ),
      ),
    ),
  );
  const phases = stride ** 2;
  const shape = [window.kernel ** 2, phases];
  const byTap = reshape(weight, [kernel ** 2, channels, coarseChannels]);
  const dealt = transpose(gather(byTap, 0, { shape, positions }), [0, 3, 1, 2]);
  const plain = reshape(dealt, [window.kernel ** 2 * coarseChannels, phases * channels]);
  const found = matMul(patches(y, window), plain);
  if (stride === 1) return found;
  const blocks = reshape(found, [batch, ...window.coarse, stride, stride, channels]);
  return reshape(transpose(blocks, [0, 1, 3, 2, 4, 5]), [batch * sizeOf(fine), channels]);
}
