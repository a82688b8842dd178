import { refuse } from "../errors.js";
import { logNormalCdf } from "./normal-distribution.js";
import { assertFiniteList, deviationOf } from "./tables.js";

/** With fewer values the formula of the p-value does not hold. */
const MIN_VALUES = 8;
/** Where the formula of the p-value ends: 3.7e-24. */
const LARGEST_ADJUSTED = 10;

/** Anderson and Darling's test of whether values are normal, of unknown mean and variance (rule I4). */
export interface AndersonDarling {
  /** A squared: 0 would be a perfect fit. */
  readonly statistic: number;
  /** A squared times 1 + 0.75/n + 2.25/n^2, which has the same distribution for all n. */
  readonly adjustedStatistic: number;
  /** Probability of a statistic at least as large if the values were normal; the smallest value reported is 3.7e-24. */
  readonly pValue: number;
  /** Number of values. */
  readonly count: number;
}

/**
 * Tests whether values come from a normal distribution of whatever mean and variance (rule I4): both are estimated from the
 * values. Sensitive to the tails. Source: Stephens in D'Agostino and Stephens, "Goodness-of-fit techniques" (1986), table 4.9.
 * @param values at least 8, in any order.
 * @param name how messages call them.
 * @throws UserError for fewer values, for one that is not finite, and for values that are all equal, or
 * whose squares leave float64.
 */
export function andersonDarling(values: ArrayLike<number>, name = "values"): AndersonDarling {
  const count = values.length;
  if (count < MIN_VALUES) {
    refuse(name, `${count} values are too few for a test of normality`, `Give at least ${MIN_VALUES}`);
  }
  assertFiniteList(values, name);
  const sorted = Float64Array.from(values).sort();
  const mean = sorted.reduce((sum, value) => sum + value / count, 0);
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = deviationOf(sorted[0] === sorted[count - 1] ? 0 : squares, count, name);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const below = logNormalCdf((sorted[i] - mean) / deviation);
    const above = logNormalCdf((mean - sorted[count - 1 - i]) / deviation);
    sum += (2 * i + 1) * (below + above);
  }
  const statistic = -count - sum / count;
  const adjustedStatistic = statistic * (1 + 0.75 / count + 2.25 / count ** 2);
  return { statistic, adjustedStatistic, pValue: pValueOf(adjustedStatistic), count };
}

/** The upper tail probability of the adjusted statistic, piece by piece as in the table. */
export function pValueOf(adjusted: number): number {
  const a = Math.min(adjusted, LARGEST_ADJUSTED);
  if (a >= 0.6) return Math.exp(1.2937 - 5.709 * a + 0.0186 * a * a);
  if (a >= 0.34) return Math.exp(0.9177 - 4.279 * a - 1.38 * a * a);
  if (a >= 0.2) return 1 - Math.exp(-8.318 + 42.796 * a - 59.938 * a * a);
  return 1 - Math.exp(-13.436 + 101.14 * a - 223.73 * a * a);
}
