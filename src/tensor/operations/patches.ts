import { composite } from "../operation.js";
import type { Tensor } from "../tensor.js";
import { gather, scatterSum } from "./gather.js";
import { reshape, transpose } from "./layout.js";

/** The places of a map that each patch takes, [patches * taps]; -1 for a zero. */
export interface PatchTable {
  readonly taps: number;
  readonly places: Int32Array;
}

/** Patches of stored maps: rows [places * B, C] -> [patches, B, taps * C], taps outside, channels innermost. */
export function patches(rows: Tensor, places: number, table: PatchTable): Tensor {
  const [all, channels] = rows.shape as [number, number];
  const batch = all / places;
  const count = table.places.length / table.taps;
  const taken = gather(reshape(rows, [places, batch * channels]), 0, {
    shape: [table.places.length],
    positions: table.places,
  });
  const lowered = reshape(swapInner(taken, [count, table.taps, batch, channels]), [
    count,
    batch,
    table.taps * channels,
  ]);
  return composite("patches", [rows], lowered, (gradient) => [addPatches(gradient, places, table)]);
}

/** The adjoint of {@link patches}: [patches, B, taps * C] -> rows [places * B, C]; what falls on one place adds up. */
export function addPatches(y: Tensor, places: number, table: PatchTable): Tensor {
  const [count, batch, numbers] = y.shape as [number, number, number];
  const channels = numbers / table.taps;
  const apart = swapInner(y, [count, batch, table.taps, channels]);
  const sums = scatterSum(reshape(apart, [table.places.length, batch * channels]), 0, table.places, places);
  const lowered = reshape(sums, [places * batch, channels]);
  return composite("addPatches", [y], lowered, (gradient) => [patches(gradient, places, table)]);
}

/** The numbers of x, read in this shape of four axes, with the middle two exchanged. */
function swapInner(x: Tensor, shape: readonly number[]): Tensor {
  return transpose(reshape(x, shape), [0, 2, 1, 3]);
}
