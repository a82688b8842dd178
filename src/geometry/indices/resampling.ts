/** How many times each sample is drawn: [samples], whole numbers. */
export type Weights = Float64Array;

/**
 * All samples once, and then a number of bootstrap resamples: as many draws with replacement as there are samples.
 * @param uniform gives independent numbers, as many as asked, uniform in [0, 1).
 * @returns `resamples + 1` weightings, all samples first.
 */
export function bootstrapWeights(
  samples: number,
  resamples: number,
  uniform: (count: number) => Float64Array,
): Weights[] {
  const drawn = Array.from({ length: resamples }, () => {
    const weights = new Float64Array(samples);
    for (const draw of uniform(samples)) weights[Math.floor(draw * samples)] += 1;
    return weights;
  });
  return [new Float64Array(samples).fill(1), ...drawn];
}

/** The two ends of an interval of confidence, lower one first. */
export type Interval = readonly [low: number, high: number];

const UNDEFINED: Interval = [Number.NaN, Number.NaN];

/**
 * The percentile interval of a number's values on resamples (rule G14): order statistics, rounded outwards, which stay
 * what they are where a value is infinite. NaN without values.
 * @param values not NaN, in any order.
 * @param confidence the share of values within the interval, in (0, 1).
 */
export function percentileInterval(values: readonly number[], confidence: number): Interval {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return UNDEFINED;
  const tail = Math.floor(((1 - confidence) / 2) * (sorted.length - 1));
  return [sorted[tail], sorted[sorted.length - 1 - tail]];
}

/** The standard deviation of resampled values (divisor: values - 1); NaN for fewer than 2, or where one is not finite. */
export function standardError(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  // A series that never moves has an error of exactly 0, whatever rounding makes of its mean.
  if (values.length > 1 && values.every((value) => value === values[0]))
    return Number.isFinite(values[0]) ? 0 : Number.NaN;
  return values.length > 1 && Number.isFinite(squares)
    ? Math.sqrt(squares / (values.length - 1))
    : Number.NaN;
}

/**
 * Intervals of several numbers that hold all at once (rule G15): each number plus and minus q standard errors, where q is
 * the quantile of the maximum deviation of any of them in a resample, in its standard errors. A number that is not finite
 * on all samples and in every resample has NaN, and the others do without it.
 * @param series for each number its value on all samples, then on each resample.
 */
export function simultaneousIntervals(series: readonly Float64Array[], confidence: number): Interval[] {
  const errors = series.map(([value, ...resampled]) =>
    Number.isFinite(value) ? standardError(resampled) : Number.NaN,
  );
  const resamples = Math.max(0, (series[0]?.length ?? 0) - 1);
  const maximum = Array.from({ length: resamples }, (_, w) =>
    series.reduce(
      (maximum, values, k) =>
        errors[k] > 0 ? Math.max(maximum, Math.abs(values[w + 1] - values[0]) / errors[k]) : maximum,
      0,
    ),
  );
  const sorted = Float64Array.from(maximum).sort();
  const q = sorted.at(sorted.length - 1 - Math.floor((1 - confidence) * (sorted.length - 1))) ?? Number.NaN;
  return series.map(([value], k) =>
    Number.isNaN(errors[k]) ? UNDEFINED : [value - q * errors[k], value + q * errors[k]],
  );
}
