import { sizeOf } from "../shape.js";
import { type AxisWindow, axesOf, tapsByPhase, tilesFill } from "./axis-algorithm.js";
import type { TileSize } from "./filtered-convolution.js";
import { MAX_PRODUCTS } from "./minimal-filtering.js";
import { tapsInside } from "./sparse-convolution.js";
import type { Window } from "./window.js";

/** A way to compute a convolution. */
export type ConvolutionMethod =
  | { readonly kind: "direct" | "sparse" }
  | { readonly kind: "filtered"; readonly tile: TileSize };

/** Channels of the two maps of a convolution. */
export interface Channels {
  readonly fine: number;
  readonly coarse: number;
}

/**
 * The cheapest way to compute a convolution of maps of such sizes: by costs measured once, not on the machine it runs on, so that the same
 * shapes are computed in the same way everywhere.
 */
export function cheapestMethod(window: Window, channels: Channels, exact: boolean): ConvolutionMethod {
  const plain: ConvolutionMethod[] = [{ kind: "direct" }, { kind: "sparse" }];
  const all = exact
    ? plain
    : [...plain, ...tiles(window).map((tile) => ({ kind: "filtered", tile }) as const)];
  const costs = all.map((method) => cost(method, window, channels));
  return all[costs.indexOf(Math.min(...costs))]!;
}

/** Nanoseconds of one image's step, forward and backward, on one core. */
export function cost(method: ConvolutionMethod, window: Window, channels: Channels): number {
  return method.kind === "filtered"
    ? filteredCost(window, method.tile, channels)
    : patchesCost(
        method.kind === "sparse" ? tapsInside(window) : window.kernel ** 2,
        method.kind,
        window,
        channels,
      );
}

// Measured on one core of an AMD EPYC (Zen 3, AVX2), 2026-11-29; docs/convolution.md compares them with whole layers.
/** Multiply-adds a nanosecond: of a product of channels, and of a product with a constant matrix of an axis. */
const PRODUCT = 37;
const CONSTANT_MATRIX = 20;
/** Nanoseconds for each number of the side of a product that must be turned first, as one of a weight's gradient must. */
const TURNED = 1.5;
/** Numbers a nanosecond: read and written by a product with a constant matrix; moved by a copy. */
const MOVED = 2.7;
const COPIED = 0.8;
/** Images among which what does not depend on the batch is shared. */
const BATCH = 100;

/** A product forwards, and the two of its gradients. */
function productCost(rows: number, { fine, coarse }: Channels): number {
  return (3 * rows * fine * coarse) / PRODUCT + rows * Math.min(fine, coarse) * TURNED;
}

function patchesCost(taps: number, kind: "direct" | "sparse", window: Window, channels: Channels): number {
  const { fine, coarse } = channels;
  const positions = sizeOf(window.coarse);
  // Taken and turned over, forwards and backwards.
  const copies = (5 * positions * taps * fine) / COPIED;
  const weight = kind === "sparse" ? (4 * positions * taps * fine * coarse) / COPIED / BATCH : 0;
  return productCost(positions, { fine: taps * fine, coarse }) + copies + weight;
}

function filteredCost(window: Window, tile: TileSize, channels: Channels): number {
  const { fine, coarse } = channels;
  const [h, w] = axesOf(window).map((axis, i) => sizes(axis, tile[i]!)) as [AxisSizes, AxisSizes];
  const matrix = (rows: number, columns: number, rest: number) =>
    Math.max((rows * columns * rest) / CONSTANT_MATRIX, ((rows + columns) * rest) / MOVED);
  const input = matrix(h.terms, h.fine, w.fine * fine) + h.terms * matrix(w.terms, w.fine, fine);
  const output =
    h.terms * matrix(w.outputs, w.read, (coarse * w.terms) / w.read) +
    matrix(h.outputs, h.read, (w.coarse * coarse * h.terms) / h.read);
  const weight = (4 * h.products * w.products * fine * coarse) / MOVED / BATCH;
  // Backwards each matrix is met the other way round.
  return productCost(h.terms * w.terms, channels) + 2 * (input + output) + weight;
}

interface AxisSizes {
  readonly fine: number;
  readonly coarse: number;
  readonly products: number;
  /** Products of all tiles. */
  readonly terms: number;
  /** Extents of the output's matrix. */
  readonly outputs: number;
  readonly read: number;
}

function sizes({ fine, coarse, kernel, stride }: AxisWindow, outputs: number): AxisSizes {
  const products = tapsByPhase(kernel, stride).reduce((sum, taps) => sum + productsOf(outputs, taps), 0);
  const tiles = Math.ceil(coarse / outputs);
  const isByTile = tilesFill(tiles, outputs, coarse);
  return {
    fine,
    coarse,
    products,
    terms: products * tiles,
    outputs: isByTile ? outputs : coarse,
    read: isByTile ? products : products * tiles,
  };
}

function productsOf(outputs: number, taps: number): number {
  return outputs + taps - 1;
}

/** Tiles of at most as many products as there are points for. */
function tiles(window: Window): TileSize[] {
  const [heights, widths] = axesOf(window).map(({ coarse, kernel, stride }) =>
    Array.from({ length: coarse }, (_, i) => i + 1).filter((outputs) =>
      tapsByPhase(kernel, stride).every(
        (taps) => taps === 1 || outputs === 1 || productsOf(outputs, taps) <= MAX_PRODUCTS,
      ),
    ),
  ) as [number[], number[]];
  return heights.flatMap((height) => widths.map((width) => [height, width] as const));
}
