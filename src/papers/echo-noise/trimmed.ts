import { mean, spread } from "../../statistics.js";

/** Fewer runs than this are not trimmed: nothing worth the name of a deviation would be left. */
export const FEWEST_TO_TRIM = 4;

/** The mean over runs as the paper takes it. */
export interface TrimmedMean {
  readonly mean: number;
  /** Divisor runs - 1 (the paper does not say which); null for a single run. */
  readonly deviation: number | null;
}

/**
 * The runs without those of the highest and of the lowest value, in their order; all of them where there are fewer than 4.
 */
export function trimmedRuns<Run>(runs: readonly Run[], of: (run: Run) => number): Run[] {
  if (runs.length < FEWEST_TO_TRIM) return [...runs];
  const order = [...runs.keys()].sort((a, b) => of(runs[a]!) - of(runs[b]!));
  const [lowest, highest] = [order[0], order.at(-1)];
  return runs.filter((_, k) => k !== lowest && k !== highest);
}

/** Mean and deviation; undefined of no value. */
export function meanOf(values: readonly number[]): TrimmedMean | undefined {
  return values.length === 0 ? undefined : { mean: mean(values), deviation: spread(values) };
}
