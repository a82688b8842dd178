import { flipped, minimalFilter, type Rows } from "./minimal-filtering.js";
import type { Window } from "./window.js";

/** What a window does along one axis. */
export interface AxisWindow {
  readonly fine: number;
  readonly coarse: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/**
 * A convolution along one axis as products of sums: y = output ((weight w) * (input x)). The coarse positions are taken tile by tile; all
 * tiles have the same weights and the same sums of products, so each matrix of those is that of one tile.
 */
export interface AxisAlgorithm {
  readonly products: number;
  readonly tiles: number;
  /** [products * tiles, fine], a product's tiles one after the other: padding, overlap of tiles and phases of the stride are in it. */
  readonly input: Rows;
  /** [products, kernel]. */
  readonly weight: Rows;
  /** [outputs of a tile, products]; the last tile may have more outputs than are left. */
  readonly output: Rows;
}

/** The axes of a window: rows of the map, then columns. */
export function axesOf({ fine, coarse, ...same }: Window): [AxisWindow, AxisWindow] {
  return [
    { fine: fine[0], coarse: coarse[0], ...same },
    { fine: fine[1], coarse: coarse[1], ...same },
  ];
}

/** The numbers of taps that meet fine positions of one phase, those that agree modulo the stride. */
export function tapsByPhase(kernel: number, stride: number): number[] {
  return Array.from({ length: Math.min(stride, kernel) }, (_, phase) => Math.ceil((kernel - phase) / stride));
}

/** Whether tiles of this number of outputs cover the coarse axis exactly: only then can its outputs be taken tile by tile. */
export function tilesFill(tiles: number, outputs: number, coarse: number): boolean {
  return tiles * outputs === coarse;
}

/**
 * Minimal filtering along an axis, a given number of outputs at a time. With a stride every phase is a filter of its own, of the taps that meet it;
 * the phases' products add up in the output.
 */
export function filteredAxis(
  { fine, coarse, kernel, stride, padding }: AxisWindow,
  outputs: number,
): AxisAlgorithm {
  const tiles = Math.ceil(coarse / outputs);
  const filters = tapsByPhase(kernel, stride).map((taps) => minimalFilter(outputs, taps));
  /** A filter's row among as many zeros as there are, its numbers `stride` apart. */
  const spread = (row: readonly number[], first: number, extent: number) => {
    const wide = new Array<number>(extent).fill(0);
    row.forEach((value, i) => {
      const at = first + stride * i;
      if (at >= 0 && at < extent) wide[at] = value;
    });
    return wide;
  };
  const allTiles = Array.from({ length: tiles }, (_, tile) => stride * tile * outputs - padding);
  const input = filters.flatMap((filter, phase) =>
    filter.input.flatMap((row) => allTiles.map((first) => spread(row, first + phase, fine))),
  );
  const weight = filters.flatMap((filter, phase) => filter.weight.map((row) => spread(row, phase, kernel)));
  const output = flipped(filters.flatMap((filter) => flipped(filter.output)));
  return { products: weight.length, tiles, input, weight, output };
}
