/**
 * How a strided window slides over a map: the fixed wiring between a fine map (where the windows look) and a coarse
 * one (one entry per window). A convolution goes from fine to coarse, a transposed one from coarse to fine.
 */
export interface Window {
  readonly fine: readonly [height: number, width: number];
  readonly coarse: readonly [height: number, width: number];
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** Taps of every window, [coarse positions * kernel²]: the fine position each tap reads, -1 in the padding. */
export function tapTable({ fine, coarse, kernel, stride, padding }: Window): Int32Array {
  const table = new Int32Array(coarse[0] * coarse[1] * kernel * kernel);
  let entry = 0;
  for (let row = 0; row < coarse[0]; row++) {
    for (let column = 0; column < coarse[1]; column++) {
      for (let y = row * stride - padding; y < row * stride - padding + kernel; y++) {
        for (let x = column * stride - padding; x < column * stride - padding + kernel; x++) {
          const inside = y >= 0 && y < fine[0] && x >= 0 && x < fine[1];
          table[entry++] = inside ? y * fine[1] + x : -1;
        }
      }
    }
  }
  return table;
}
