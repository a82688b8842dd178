import { sizeOf } from "../shape.js";
import type { Tensor } from "../tensor.js";
import { batchOf, type FeatureMap, natural } from "./feature-map.js";
import { gather } from "./gather.js";
import { reshape } from "./layout.js";
import { matMul, matMulTransposed } from "./matmul.js";
import { addPatches, type PatchTable, patches } from "./patches.js";
import { tapTable, type Window } from "./window.js";

// On a map hardly larger than the kernel most taps fall into the padding (20 of 36 from 3x3 to 2x2 with kernel 3). There each coarse position
// gets a product of its own, with only the taps that lie inside.

/** Fine -> coarse; weight [kernel² * Cf, Cc]. */
export function convolveSparsely(map: FeatureMap, weight: Tensor, window: Window): FeatureMap {
  const order = natural(window.coarse);
  const inside = insideTaps(window, map.order, order);
  const taken = patches(map.rows, sizeOf(window.fine), inside);
  const products = matMul(taken, weightBlocks(weight, window, inside));
  return { rows: reshape(products, [sizeOf(window.coarse) * batchOf(map), weight.shape[1]!]), order };
}

/** Coarse -> fine, the adjoint of {@link convolveSparsely} in the map; the positions of the fine map lie in the order asked for. */
export function convolveTransposedSparsely(
  map: FeatureMap,
  weight: Tensor,
  window: Window,
  order: FeatureMap["order"],
): FeatureMap {
  const inside = insideTaps(window, order, map.order);
  const byPosition = reshape(map.rows, [sizeOf(window.coarse), batchOf(map), weight.shape[1]!]);
  const products = matMulTransposed(byPosition, weightBlocks(weight, window, inside));
  return { rows: addPatches(products, sizeOf(window.fine), inside), order };
}

/** Most taps of a coarse position that lie inside the map. */
export function tapsInside(window: Window): number {
  const { kernel } = window;
  const places = tapTable(window);
  return Math.max(
    ...Array.from({ length: sizeOf(window.coarse) }, (_, patch) =>
      places
        .subarray(patch * kernel ** 2, (patch + 1) * kernel ** 2)
        .reduce((n, at) => n + (at < 0 ? 0 : 1), 0),
    ),
  );
}

/** The patches of taps inside the map, and which taps those are; -1 where a position has fewer. */
interface InsideTaps extends PatchTable {
  readonly weightTaps: Int32Array;
}

function insideTaps(window: Window, fine: FeatureMap["order"], coarse: FeatureMap["order"]): InsideTaps {
  const all = window.kernel ** 2;
  const places = tapTable(window, fine, coarse);
  const taps = tapsInside(window);
  const slots = Array.from({ length: sizeOf(window.coarse) }, (_, patch) => {
    const inside = Array.from({ length: all }, (_, tap) => tap).filter(
      (tap) => places[patch * all + tap]! >= 0,
    );
    return Array.from({ length: taps }, (_, slot) => inside[slot] ?? -1);
  }).flat();
  return {
    taps,
    weightTaps: Int32Array.from(slots),
    places: Int32Array.from(slots, (tap, slot) =>
      tap < 0 ? -1 : places[Math.floor(slot / taps) * all + tap]!,
    ),
  };
}

/** The weight's rows as each position needs them: [coarse, taps * Cf, Cc]. */
function weightBlocks(weight: Tensor, { kernel, coarse }: Window, { weightTaps, taps }: InsideTaps): Tensor {
  const [rows, columns] = weight.shape as [number, number];
  const channels = rows / kernel ** 2;
  const byTap = reshape(weight, [kernel ** 2, channels * columns]);
  const blocks = gather(byTap, 0, { shape: [weightTaps.length], positions: weightTaps });
  return reshape(blocks, [sizeOf(coarse), taps * channels, columns]);
}
