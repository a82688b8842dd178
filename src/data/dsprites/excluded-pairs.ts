import { numpyUniform } from "../../random/numpy-uniform.js";
import { DSPRITES_SIZES } from "./grid.js";

/** A pair of bins of two different factors, `factors[0] < factors[1]`, both counted from 0. */
export interface BinPair {
  /** Numbers of the two factors. */
  readonly factors: readonly [number, number];
  /** Of each factor, the number of the bin of its values. */
  readonly bins: readonly [number, number];
}

const BINS = 4;
const PROBABILITY = 0.15;

/**
 * The bin of every value of a factor: 4 contiguous bins, the first ones longer by one where they cannot all be equal;
 * a bin for each value of the first factor, whose values have no order, and of factors of fewer than 4.
 */
function binsOf(size: number, factor: number): { count: number; ofValue: Uint32Array } {
  const count = factor === 0 ? size : Math.min(BINS, size);
  const minimum = Math.floor(size / count);
  const longer = size % count;
  const ofValue = Uint32Array.from({ length: size }, (_, value) => {
    const inLonger = Math.floor(value / (minimum + 1));
    return inLonger < longer ? inLonger : Math.floor((value - longer) / minimum);
  });
  return { count, ofValue };
}

/**
 * The pairs of bins that a dependent subset leaves out (rule D24): each of all pairs, in order, with probability 0.15 by a
 * number of NumPy's MT19937.
 * @param seed an integer in [0, 2^32).
 * @param sizes how many values each factor has; those of dSprites by default. The first factor's values have no order.
 */
export function excludedBinPairs(seed: number, sizes: readonly number[] = DSPRITES_SIZES): BinPair[] {
  const uniform = numpyUniform(seed);
  const counts = sizes.map((size, factor) => binsOf(size, factor).count);
  const excluded: BinPair[] = [];
  for (let i = 0; i < sizes.length; i++) {
    for (let j = i + 1; j < sizes.length; j++) {
      for (let a = 0; a < counts[i]; a++) {
        for (let b = 0; b < counts[j]; b++) {
          if (uniform() < PROBABILITY) excluded.push({ factors: [i, j], bins: [a, b] });
        }
      }
    }
  }
  return excluded;
}

/**
 * Reports which combinations of values are in no excluded pair of bins.
 * @returns a predicate on the `sizes.length` values of `factors` from place `at`.
 */
export function keepsFactors(
  excluded: readonly BinPair[],
  sizes: readonly number[],
): (factors: Int32Array, at: number) => boolean {
  const bins = sizes.map((size, factor) => binsOf(size, factor).ofValue);
  return (factors, at) =>
    !excluded.some(
      ({ factors: [i, j], bins: [a, b] }) => bins[i][factors[at + i]] === a && bins[j][factors[at + j]] === b,
    );
}
