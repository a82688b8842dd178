/** Small made-up data with a known shape, so that a wrong figure is seen at a glance. */
import type { NumericArray } from "../../../src/numeric-array.js";

/** An array of `shape` filled from the indices of its elements. */
export function filled(shape: readonly number[], valueAt: (...index: number[]) => number): NumericArray {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const data = Float64Array.from({ length: size }, (_, k) => {
    const index: number[] = [];
    let rest = k;
    for (const extent of [...shape].reverse()) {
      index.unshift(rest % extent);
      rest = Math.floor(rest / extent);
    }
    return valueAt(...index);
  });
  return { shape, data };
}

/** Numbers in [0, 1) that look random and are always the same. */
export function scatter(k: number): number {
  const value = Math.sin(k * 12.9898 + 78.233) * 43758.5453;
  return value - Math.floor(value);
}

/** 0 within a corridor around `centre`, 1 elsewhere: rows above the middle from one corridor, below from the other. */
export function corridorImage(upper: number, lower: number, side = 13): NumericArray {
  const middle = Math.floor(side / 2);
  return filled([side, side], (row, column) => {
    if (row === middle) return 0;
    const centre = row < middle ? upper : lower;
    return scatter(row * side + column) < Math.exp(-((column - centre) ** 2) / 2.88) ? 0 : 1;
  });
}

/** The 169 pairs of corridor columns on a bent sheet: an embedding whose folds are known. */
export function bentSheet() {
  const pairs = Array.from({ length: 169 }, (_, k) => ({ upper: Math.floor(k / 13), lower: k % 13 }));
  const points = filled([pairs.length, 2], (k, axis) => {
    const { upper, lower } = pairs[k];
    const along = (upper - lower) / 12;
    const across = (upper + lower) / 24 - 0.5;
    const noise = 0.05 * (scatter(2 * k + axis) - 0.5);
    return noise + (axis === 0 ? along : across + 0.6 * along * along);
  });
  return { pairs, points };
}
