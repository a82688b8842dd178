import { type AxisOrder, natural } from "./feature-map.js";

/**
 * How a strided window slides over a map: the fixed wiring between a fine map (where the windows look) and a coarse
 * one (one entry per window). A convolution goes from fine to coarse, a transposed one from coarse to fine.
 */
export interface Window {
  /** Size of the map where the windows look. */
  readonly fine: readonly [height: number, width: number];
  /** Size of the map with one entry per window. */
  readonly coarse: readonly [height: number, width: number];
  /** Side of a window, in positions of the fine map. */
  readonly kernel: number;
  /** Positions of the fine map from one window to the next. */
  readonly stride: number;
  /** Zeros before the first row and column of the fine map. */
  readonly padding: number;
}

/** Orders of the positions of a map along its axes. */
type Orders = readonly [height: AxisOrder, width: AxisOrder];

/**
 * Taps of every window, [coarse places * kernel²]: the place of the fine map that each tap reads, -1 in the padding. Both maps are stored from
 * first to last position by default.
 */
export function tapTable(
  { fine, coarse, kernel, stride, padding }: Window,
  fineOrder: Orders = natural(fine),
  coarseOrder: Orders = natural(coarse),
): Int32Array {
  const [rowPlaces, columnPlaces] = fineOrder.map((order) => new Map(order.map((at, place) => [at, place])));
  const taps = Array.from({ length: kernel }, (_, tap) => tap - padding);
  return Int32Array.from(
    coarseOrder[0].flatMap((row) =>
      coarseOrder[1].flatMap((column) =>
        taps.flatMap((down) =>
          taps.map((across) => {
            const y = rowPlaces!.get(row * stride + down);
            const x = columnPlaces!.get(column * stride + across);
            return y === undefined || x === undefined ? -1 : y * fine[1] + x;
          }),
        ),
      ),
    ),
  );
}
