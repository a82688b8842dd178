import { sizeOf } from "../shape.js";
import { shapeError } from "../shape-error.js";
import type { Tensor } from "../tensor.js";
import { type Channels, type ConvolutionMethod, cheapestMethod } from "./convolution-cost.js";
import { convolveDirectly, convolveTransposedDirectly } from "./direct-convolution.js";
import { extentOf, type FeatureMap, natural } from "./feature-map.js";
import { convolveFiltered, convolveTransposedFiltered, filteredOrder } from "./filtered-convolution.js";
import { convolveSparsely, convolveTransposedSparsely } from "./sparse-convolution.js";
import type { Window } from "./window.js";

export type { ConvolutionMethod } from "./convolution-cost.js";
export type { Window } from "./window.js";

/** How a convolution is computed. */
export interface ConvolutionOptions {
  /** Only in ways that round off no more than plain sums do. */
  readonly exact?: boolean;
  /** In this way, and not the one that costs least. */
  readonly method?: ConvolutionMethod;
}

/**
 * Fine -> coarse, as a convolution goes.
 * @param map of Cf channels, of the window's fine size.
 * @param weight [kernel² * Cf, Cc]: taps row by row, channels innermost.
 * @returns a map of Cc channels, of the window's coarse size.
 * @throws ShapeError when the map is not the window's fine one, or the channels do not fit the weight.
 */
export function convolve(
  map: FeatureMap,
  weight: Tensor,
  window: Window,
  options: ConvolutionOptions = {},
): FeatureMap {
  const channels = map.rows.shape[1]!;
  const needed = window.kernel ** 2 * channels;
  if (!isMap(map, window.fine) || weight.shape.length !== 2 || weight.shape[0] !== needed)
    throw misfit("convolve", map, window.fine, weight, `${needed} rows`);
  const method = methodOf(window, { fine: channels, coarse: weight.shape[1]! }, options);
  if (method.kind === "sparse") return convolveSparsely(map, weight, window);
  if (method.kind === "filtered") return convolveFiltered(map, weight, window, method.tile);
  return convolveDirectly(map, weight, window);
}

/**
 * Coarse -> fine, the adjoint of {@link convolve} in the map.
 * @param map of Cc channels, of the window's coarse size.
 * @param weight [kernel² * Cf, Cc].
 * @param options.order in which the positions of the result are stored.
 * @returns a map of Cf channels, of the window's fine size.
 * @throws ShapeError when the map is not the window's coarse one, or the channels do not fit the weight.
 */
export function convolveTransposed(
  map: FeatureMap,
  weight: Tensor,
  window: Window,
  options: ConvolutionOptions & { readonly order?: FeatureMap["order"] } = {},
): FeatureMap {
  const [rows, columns] = weight.shape as [number, number];
  const taps = window.kernel ** 2;
  const fits = weight.shape.length === 2 && columns === map.rows.shape[1] && rows % taps === 0;
  if (!isMap(map, window.coarse) || !fits) {
    const needed = `a multiple of ${taps} rows and ${map.rows.shape[1]} columns`;
    throw misfit("convolveTransposed", map, window.coarse, weight, needed);
  }
  const { order = natural(window.fine) } = options;
  const method = methodOf(window, { fine: rows / taps, coarse: columns }, options);
  if (method.kind === "sparse") return convolveTransposedSparsely(map, weight, window, order);
  if (method.kind === "filtered") return convolveTransposedFiltered(map, weight, window, method.tile, order);
  return convolveTransposedDirectly(map, weight, window, order);
}

/** The order of the coarse map's positions with which {@link convolveTransposed} costs least; weight [kernel² * Cf, Cc]. */
export function cheapestOrder(
  window: Window,
  channels: Channels,
  options: ConvolutionOptions = {},
): FeatureMap["order"] {
  const method = methodOf(window, channels, options);
  return method.kind === "filtered" ? filteredOrder(window, method.tile) : natural(window.coarse);
}

function methodOf(
  window: Window,
  channels: Channels,
  { method, exact = false }: ConvolutionOptions,
): ConvolutionMethod {
  return method ?? cheapestMethod(window, channels, exact);
}

/** Whether the rows are whole maps of this size: [height * width * B, channels]. */
function isMap(map: FeatureMap, size: readonly [number, number]): boolean {
  const [height, width] = extentOf(map);
  const { shape } = map.rows;
  return height === size[0] && width === size[1] && shape.length === 2 && shape[0]! % sizeOf(size) === 0;
}

function misfit(
  operation: string,
  map: FeatureMap,
  size: readonly [number, number],
  weight: Tensor,
  neededWeight: string,
): Error {
  const reason = `needs the ${sizeOf(size)} positions of ${size.join("x")} maps as rows, and a weight of ${neededWeight}`;
  return shapeError(operation, [map.rows, weight], reason);
}
