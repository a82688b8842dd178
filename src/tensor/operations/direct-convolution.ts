import { sizeOf } from "../shape.js";
import type { Tensor } from "../tensor.js";
import { batchOf, type FeatureMap, natural } from "./feature-map.js";
import { reshape } from "./layout.js";
import { matMul, matMulTransposed } from "./matmul.js";
import { addPatches, type PatchTable, patches } from "./patches.js";
import { tapTable, type Window } from "./window.js";

// Convolution as one product of patches: exact, and the cheapest way where the kernel is the whole map.

/** Fine -> coarse; weight [kernel² * Cf, Cc]. */
export function convolveDirectly(map: FeatureMap, weight: Tensor, window: Window): FeatureMap {
  const order = natural(window.coarse);
  const taken = patches(map.rows, sizeOf(window.fine), tableOf(window, map.order, order));
  const flat = reshape(taken, [sizeOf(window.coarse) * batchOf(map), weight.shape[0]!]);
  return { rows: matMul(flat, weight), order };
}

/** Coarse -> fine, the adjoint of {@link convolveDirectly} in the map; the positions of the fine map lie in the order asked for. */
export function convolveTransposedDirectly(
  map: FeatureMap,
  weight: Tensor,
  window: Window,
  order: FeatureMap["order"],
): FeatureMap {
  const spread = reshape(matMulTransposed(map.rows, weight), [
    sizeOf(window.coarse),
    batchOf(map),
    weight.shape[0]!,
  ]);
  return { rows: addPatches(spread, sizeOf(window.fine), tableOf(window, order, map.order)), order };
}

/** The patch of each coarse position, with both maps stored in these orders. */
function tableOf(window: Window, fine: FeatureMap["order"], coarse: FeatureMap["order"]): PatchTable {
  return { taps: window.kernel ** 2, places: tapTable(window, fine, coarse) };
}
