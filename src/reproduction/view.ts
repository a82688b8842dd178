import { mean } from "../statistics.js";

/**
 * The results of some seeds as one number each: the mean over the seeds that have it. What none of them has
 * is NaN and is remembered in `missing`, so that a check can be written as if everything were there.
 */
export class SeedView {
  /** What was asked for and is not there, in words. */
  readonly missing = new Set<string>();
  protected readonly seeds: readonly number[];

  constructor(seeds: readonly number[]) {
    this.seeds = seeds;
  }

  /** The mean of the values found; of none NaN, and `what` is remembered as missing. */
  protected meanOr(values: readonly number[], what: string): number {
    if (values.length === 0) this.missing.add(what);
    return mean(values);
  }
}
