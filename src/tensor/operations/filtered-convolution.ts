import { composite } from "../operation.js";
import { sizeOf } from "../shape.js";
import { constant, type Tensor } from "../tensor.js";
import { type AxisAlgorithm, axesOf, filteredAxis, tilesFill } from "./axis-algorithm.js";
import { type AxisOrder, batchOf, type FeatureMap, inOrder } from "./feature-map.js";
import { reshape } from "./layout.js";
import { matMul, matMulTransposed } from "./matmul.js";
import { flipped, type Rows } from "./minimal-filtering.js";
import type { Window } from "./window.js";

// Convolution by minimal filtering on both axes. Padding, the overlap of tiles, the phases of a stride and the sums of an axis are one constant
// matrix; what is multiplied is one product [products, tiles, products, tiles * B, C] x [products, 1, products, C, O]. All of it is linear in the
// maps and in the weight, so reverse mode gives both gradients with the same saving.

/** Outputs of a tile along the height and along the width. */
export type TileSize = readonly [height: number, width: number];

/** Fine -> coarse; weight [kernel² * Cf, Cc]. */
export function convolveFiltered(
  map: FeatureMap,
  weight: Tensor,
  window: Window,
  tile: TileSize,
): FeatureMap {
  const [h, w] = algorithms(window, tile);
  const order = [tileOrder(h, window.coarse[0]), tileOrder(w, window.coarse[1])] as const;
  const outer = h.products * h.tiles;
  const down = onAxis(byPlace(h.input, map.order[0]), map.rows);
  const terms = onAxis(byPlace(w.input, map.order[1]), down, outer);
  const [inputs, outputs] = [map.rows.shape[1]!, weight.shape[1]!];
  const products = matMul(asTerms(terms, h, w, inputs), termsOfWeight(weight, window, h, w, inputs));
  const across = onAxis(outputMatrix(w, order[1]), products, outer);
  const sums = onAxis(outputMatrix(h, order[0]), across);
  return { rows: reshape(sums, [sizeOf(window.coarse) * batchOf(map), outputs]), order };
}

/** Coarse -> fine, the adjoint of {@link convolveFiltered} in the map; the positions of the fine map lie in the order asked for. */
export function convolveTransposedFiltered(
  map: FeatureMap,
  weight: Tensor,
  window: Window,
  tile: TileSize,
  order: FeatureMap["order"],
): FeatureMap {
  const [h, w] = algorithms(window, tile);
  const outer = h.products * h.tiles;
  const down = onAxis(flipped(outputMatrix(h, map.order[0])), map.rows);
  const terms = onAxis(flipped(outputMatrix(w, map.order[1])), down, outer);
  const outputs = weight.shape[0]! / window.kernel ** 2;
  const products = matMulTransposed(
    asTerms(terms, h, w, map.rows.shape[1]!),
    termsOfWeight(weight, window, h, w, outputs),
  );
  const across = onAxis(flipped(byPlace(w.input, order[1])), products, outer);
  const sums = onAxis(flipped(byPlace(h.input, order[0])), across);
  return { rows: reshape(sums, [sizeOf(window.fine) * batchOf(map), outputs]), order };
}

function algorithms(window: Window, tile: TileSize): [AxisAlgorithm, AxisAlgorithm] {
  const [height, width] = axesOf(window);
  return [filteredAxis(height, tile[0]), filteredAxis(width, tile[1])];
}

/** What is multiplied of a map, as [products, tiles, products, tiles * B, channels]. */
function asTerms(terms: Tensor, h: AxisAlgorithm, w: AxisAlgorithm, channels: number): Tensor {
  const inner = sizeOf(terms.shape) / (h.products * h.tiles * w.products * channels);
  return reshape(terms, [h.products, h.tiles, w.products, inner, channels]);
}

/** What it is multiplied by, [products, 1, products, Cf, Cc]. */
function termsOfWeight(
  weight: Tensor,
  { kernel }: Window,
  h: AxisAlgorithm,
  w: AxisAlgorithm,
  fine: number,
): Tensor {
  const across = onAxis(
    w.weight,
    onAxis(h.weight, reshape(weight, [kernel, sizeOf(weight.shape) / kernel])),
    h.products,
  );
  return reshape(across, [h.products, 1, w.products, fine, weight.shape[1]!]);
}

/** The order of a coarse map's positions with which filtering costs least, whichever way it goes. */
export function filteredOrder(window: Window, tile: TileSize): FeatureMap["order"] {
  const [h, w] = algorithms(window, tile);
  return [tileOrder(h, window.coarse[0]), tileOrder(w, window.coarse[1])];
}

/**
 * The order in which outputs come cheapest: the first of all tiles, then the second. Where the tiles are more than the map, from first to last.
 */
function tileOrder({ tiles, output }: AxisAlgorithm, coarse: number): AxisOrder {
  const ofTile = output.length;
  if (!tilesFill(tiles, ofTile, coarse)) return inOrder(coarse);
  return Array.from({ length: coarse }, (_, place) => (place % tiles) * ofTile + Math.floor(place / tiles));
}

/**
 * The outputs of an axis in an order, from the products of all tiles [products * tiles]. In the order of the tiles it is the matrix of a single
 * tile, with the tiles left to what lies behind: as many times fewer multiplications as there are tiles.
 */
function outputMatrix(algorithm: AxisAlgorithm, order: AxisOrder): Rows {
  const { tiles, output } = algorithm;
  const cheapest = tileOrder(algorithm, order.length);
  const isByTile = tilesFill(tiles, output.length, order.length);
  if (isByTile && order.every((position, place) => position === cheapest[place])) return output;
  return order.map((position) => {
    const [tile, row] = [Math.floor(position / output.length), output[position % output.length]!];
    return row.flatMap((value) => Array.from({ length: tiles }, (_, t) => (t === tile ? value : 0)));
  });
}

/** Columns in the order in which positions are stored. */
function byPlace(rows: Rows, order: AxisOrder): Rows {
  return rows.map((row) => order.map((position) => row[position]!));
}

/** A constant matrix on an axis of x, after a number of outer ones: [outer, columns, rest] -> [outer, rows, rest]. */
function onAxis(matrix: Rows, x: Tensor, outer = 1): Tensor {
  const [rows, width] = [matrix.length, matrix[0]!.length];
  const rest = sizeOf(x.shape) / (outer * width);
  const read = reshape(x, outer === 1 ? [width, rest] : [outer, width, rest]);
  const numbers = constant(Float32Array.from(matrix.flat()), [rows, width]);
  return composite("onAxis", [x], matMul(numbers, read), (gradient) => [
    reshape(onAxis(flipped(matrix), gradient, outer), x.shape),
  ]);
}
