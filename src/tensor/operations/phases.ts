import { defineOperation } from "../operation.js";
import type { Tensor } from "../tensor.js";
import { gather } from "./gather.js";
import { concat, reshape, transpose } from "./layout.js";
import type { Window } from "./window.js";

/**
 * A transposed convolution as a plain one. Fine positions of one phase, those that agree modulo the stride, all see the same taps
 * at the same distances from their coarse position: so each phase is a convolution, and all of them are one with as many times the
 * channels, whose results are dealt out.
 */
export interface Phases {
  /** Extent of the convolution's kernel. */
  readonly kernel: number;
  /** Border before each axis, and behind. */
  readonly before: number;
  readonly behind: readonly [number, number];
  /** For each phase of one axis and each place in that kernel, the tap of the weight; -1 for none. */
  readonly taps: readonly (readonly number[])[];
}

/** The phases of a window; undefined where the fine map does not hold all of them equally often. */
export function phasesOf({ fine, coarse, kernel, stride, padding }: Window): Phases | undefined {
  if (fine.some((extent) => extent % stride !== 0)) return undefined;
  const phases = Array.from({ length: stride }, (_, phase) => {
    const shift = Math.floor((phase + padding) / stride);
    const first = (phase + padding) % stride;
    const count = Math.max(0, Math.ceil((kernel - first) / stride));
    // Coarse position less fine position, and the tap between them.
    return Array.from({ length: count }, (_, j) => ({ offset: shift - j, tap: first + stride * j }));
  });
  const offsets = phases.flat().map(({ offset }) => offset);
  const [low, high] = [Math.min(...offsets), Math.max(...offsets)];
  const extent = high - low + 1;
  const behindOf = (axis: 0 | 1) => fine[axis] / stride - coarse[axis] + extent - 1 + low;
  const behind = [behindOf(0), behindOf(1)] as const;
  if (low > 0 || behind.some((border) => border < 0)) return undefined;
  return {
    kernel: extent,
    before: -low,
    behind,
    taps: phases.map((taps) =>
      Array.from(
        { length: extent },
        (_, place) => taps.find(({ offset }) => offset === low + place)?.tap ?? -1,
      ),
    ),
  };
}

const convolvePhases = defineOperation<Phases & { readonly size: readonly [number, number] }>({
  name: "convolvePhases",
  shape: ([y, weight], { size }) => [y!.shape[0]!, weight!.shape[0]!, ...size],
  onnx: (_, { kernel, before, behind }) => ({
    type: "Conv",
    attributes: { kernel_shape: [kernel, kernel], pads: [before, before, ...behind] },
  }),
});

/** y [B, Cc, coarse], weight [Cc, Cf, kernel, kernel] -> [B, Cf, fine], by the phases of the window. */
export function convolveByPhases(
  y: Tensor,
  weight: Tensor,
  { fine, kernel, stride }: Window,
  phases: Phases,
  bias: Tensor | undefined,
): Tensor {
  const [coarse, channels] = weight.shape as [number, number];
  const count = stride ** 2;
  const size = [fine[0] / stride, fine[1] / stride] as const;
  // [row phase, column phase, row place, column place]: the tap of the weight.
  const positions = Int32Array.from(
    phases.taps.flatMap((rows) =>
      phases.taps.flatMap((columns) =>
        rows.flatMap((row) => columns.map((column) => (row < 0 || column < 0 ? -1 : row * kernel + column))),
      ),
    ),
  );
  const byTap = reshape(weight, [coarse * channels, kernel ** 2]);
  const dealt = gather(byTap, 1, { shape: [count * phases.kernel ** 2], positions });
  const split = reshape(dealt, [coarse, channels, count, phases.kernel ** 2]);
  const plain = reshape(transpose(split, [2, 1, 0, 3]), [
    count * channels,
    coarse,
    phases.kernel,
    phases.kernel,
  ]);
  const biases = bias && concat(Array.from({ length: count }, () => bias));
  const found = convolvePhases(biases ? [y, plain, biases] : [y, plain], { ...phases, size });
  if (stride === 1) return found;
  const batch = y.shape[0]!;
  const apart = reshape(found, [batch, stride, stride, channels, ...size]);
  return reshape(transpose(apart, [0, 3, 4, 1, 5, 2]), [batch, channels, ...fine]);
}
