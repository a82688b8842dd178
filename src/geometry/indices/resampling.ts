/** How many times each sample is drawn: [samples], whole numbers. */
export type Weights = Float64Array;

/**
 * All samples once, and then so many bootstrap resamples: as many draws with replacement as there are samples.
 * @param uniform gives so many independent numbers, uniform in [0, 1).
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

/**
 * The percentile interval of a number's values on resamples (rule G14): order statistics, rounded outwards, which stay
 * what they are where a value is infinite. NaN without values.
 * @param values not NaN, in any order.
 * @param confidence the share of values within the interval, in (0, 1).
 */
export function percentileInterval(
  values: readonly number[],
  confidence: number,
): readonly [low: number, high: number] {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return [Number.NaN, Number.NaN];
  const tail = Math.floor(((1 - confidence) / 2) * (sorted.length - 1));
  return [sorted[tail], sorted[sorted.length - 1 - tail]];
}
