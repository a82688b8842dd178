import { refuse } from "../../errors.js";
import { type BinPair, excludedBinPairs, keepsFactors } from "./excluded-pairs.js";
import { DSPRITES_SIZES, gridFactors, gridLength } from "./grid.js";

/** A grid without some combinations of its factors, which thereby depend on each other. */
export interface DependentSubset {
  /** Pairs of bins of two factors that do not occur together. */
  readonly excluded: readonly BinPair[];
  /** The rows that stay, rising. */
  readonly rows: Uint32Array;
  /** Rows that stay over all rows, in (0, 1]. */
  readonly keptFraction: number;
  /** Total correlation of the factors over the rows that stay; 0 where they are independent. */
  readonly totalCorrelationNats: number;
}

/**
 * The dependent subset of a grid of factors (rule D24), as in section 5.3 of Brekelmans, Moyer, Galstyan and
 * Ver Steeg, "Exact rate-distortion in autoencoders via echo noise" (NeurIPS 2019): the authors' code draws
 * the excluded pairs of bins with seed 42; seed 1290 fits the numbers that the paper prints.
 * @param seed an integer in [0, 2^32).
 * @param sizes how many values each factor has; those of dSprites by default.
 * @throws UserError when nothing stays.
 */
export function dependentSubset(seed: number, sizes: readonly number[] = DSPRITES_SIZES): DependentSubset {
  const excluded = excludedBinPairs(seed, sizes);
  const keeps = keepsFactors(excluded, sizes);
  const all = Uint32Array.from({ length: gridLength(sizes) }, (_, row) => row);
  const factors = gridFactors(all, sizes);
  const rows = all.filter((row) => keeps(factors, row * sizes.length));
  if (rows.length === 0) {
    refuse(
      `subset dependent-${seed}`,
      `no row of the grid ${sizes.join(" x ")} stays`,
      "Choose another seed, or more values for the factors",
    );
  }
  return {
    excluded,
    rows,
    keptFraction: rows.length / all.length,
    totalCorrelationNats: totalCorrelationNats(rows, factors, sizes),
  };
}

/** Sum of the entropies of the single factors, minus that of their combinations, each of which occurs once. */
function totalCorrelationNats(rows: Uint32Array, factors: Int32Array, sizes: readonly number[]): number {
  const entropies = sizes.map((size, factor) => {
    const counts = new Float64Array(size);
    for (const row of rows) counts[factors[row * sizes.length + factor]] += 1;
    return counts.reduce((sum, count) => {
      const share = count / rows.length;
      return share === 0 ? sum : sum - share * Math.log(share);
    }, 0);
  });
  return entropies.reduce((sum, entropy) => sum + entropy) - Math.log(rows.length);
}
