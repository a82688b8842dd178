/**
 * The grid of dSprites (rule D22): five factors, every combination of their values once, one row each, the last factor
 * fastest. Numbers only; what a row looks like is no business of this file.
 */

/** The factors in their order. `shape` is the only one without an order of its values: 0 square, 1 ellipse, 2 heart. */
export const SPRITE_FACTORS = ["shape", "scale", "orientation", "posX", "posY"] as const;

/** Name of a factor of the sprites (rule D22). */
export type SpriteFactor = (typeof SPRITE_FACTORS)[number];

/** How many values each factor of dSprites has. */
export const DSPRITES_SIZES: readonly number[] = [3, 6, 40, 32, 32];

/** Rows of a grid: the product of its factors' sizes; 737,280 for dSprites. */
export function gridLength(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** The factors' values of some rows of a grid: `rows.length * sizes.length` integers, one row after the other. */
export function gridFactors(rows: Uint32Array, sizes: readonly number[]): Int32Array {
  const values = new Int32Array(rows.length * sizes.length);
  for (let i = 0; i < rows.length; i++) {
    let rest = rows[i];
    for (let factor = sizes.length - 1; factor >= 0; factor--) {
      values[i * sizes.length + factor] = rest % sizes[factor];
      rest = Math.floor(rest / sizes[factor]);
    }
  }
  return values;
}
