import { composite } from "../operation.js";
import { sizeOf } from "../shape.js";
import { shapeError } from "../shape-error.js";
import type { Tensor } from "../tensor.js";
import { transpose } from "./layout.js";
import { matMul } from "./matmul.js";
import { addPatches, patches } from "./patches.js";
import { convolveByPhases, phasesOf } from "./phases.js";
import { convolveSparsely, convolveTransposedSparsely, sparseTaps } from "./sparse-convolution.js";
import type { Window } from "./window.js";

export type { Window } from "./window.js";

// Convolution as a gather and a matrix product, on maps stored as rows: [batch * positions, channels]. In this form
// a bias and an activation follow the product directly, and the runtime fuses them into it.

/**
 * Fine -> coarse: x [B * fine, Cf], weight [kernel² * Cf, Cc] (taps row by row, channels innermost) -> [B * coarse, Cc].
 * @throws ShapeError when the rows are no multiple of the map or the channels do not fit the weight.
 */
export function convolve(x: Tensor, weight: Tensor, window: Window): Tensor {
  const needed = window.kernel ** 2 * x.shape[1]!;
  if (!holdsMaps(x, window.fine) || weight.shape.length !== 2 || weight.shape[0] !== needed)
    throw misfit("convolve", x, window.fine, weight, `${needed} rows`);
  const sparse = sparseTaps(window);
  if (sparse) return convolveSparsely(x, weight, window, sparse);
  const columns = patches(x, window);
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
  const sparse = sparseTaps(window);
  if (sparse) return convolveTransposedSparsely(y, weight, window, sparse);
  const phases = phasesOf(window, rows / window.kernel ** 2);
  const lowered = phases
    ? convolveByPhases(y, weight, window, phases)
    : addPatches(matMul(y, transpose(weight)), window);
  return composite("convolveTransposed", [y, weight], lowered, (gradient) => {
    const columns = patches(gradient, window);
    return [matMul(columns, weight), matMul(transpose(columns), y)];
  });
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
