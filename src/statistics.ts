/** Statistics of small samples, and the few distributions that intervals and verdicts need. */

type Values = readonly number[] | Float64Array | Float32Array;

/** In the order of the values, in double precision. */
export function sum(values: Values): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export function mean(values: Values): number {
  return sum(values) / values.length;
}

/** The standard deviation of values (divisor: their number - 1) over the root of their number; NaN for one value. */
export function errorOfMean(values: Values): number {
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** A value at a place between those of an ascending list, by linear interpolation; at its ends beyond them. */
export function interpolated(sorted: Float64Array, place: number): number {
  const within = Math.min(Math.max(place, 0), sorted.length - 1);
  const [low, high] = [sorted[Math.floor(within)]!, sorted[Math.ceil(within)]!];
  return low === high ? low : low + (within % 1) * (high - low);
}

/** Standard deviation of a sample (divisor: values - 1); null for fewer than 2 values. */
export function spread(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

/** The probability that a standard normal number lies further from 0 than `z`, on either side. */
export function twoSidedNormal(z: number): number {
  const x = Math.abs(z);
  if (x === Number.POSITIVE_INFINITY) return 0;
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > 3) {
    // The continued fraction of Mills' ratio (Laplace), from its far end.
    let fraction = x;
    for (let k = 100; k > 0; k--) fraction = x + k / fraction;
    return (2 * density) / fraction;
  }
  // The series of the integral from 0 to x over the density at x: all its terms are positive.
  let [term, sum] = [x, x];
  for (let k = 3; term > 1e-17 * sum; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 1 - 2 * density * sum;
}

/** Two-sided quantile of Student's t: |t| is at most this, with this probability and these degrees of freedom. */
export function studentQuantile(confidence: number, degreesOfFreedom: number): number {
  let [low, high] = [0, Math.PI / 2];
  // In the angle atan(t / sqrt(n)) the probability is smooth all the way to t = infinity.
  for (let step = 0; step < 200 && low < high; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (studentWithin(middle, degreesOfFreedom) < confidence) low = middle;
    else high = middle;
  }
  return Math.sqrt(degreesOfFreedom) * Math.tan(low);
}

/** Abramowitz and Stegun 26.7.3 and 26.7.4. */
function studentWithin(angle: number, degreesOfFreedom: number): number {
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const odd = degreesOfFreedom % 2 === 1;
  let [term, sum] = [odd ? cos : 1, 0];
  for (let k = odd ? 1 : 0; k <= degreesOfFreedom - 2; k += 2) {
    sum += term;
    term *= (cos * cos * (k + 1)) / (k + 2);
  }
  return odd ? (2 / Math.PI) * (angle + sin * sum) : sin * sum;
}

/** Student's t interval of the mean of a sample; null for fewer than 2 values. */
export function studentInterval(
  values: readonly number[],
  confidence: number,
): readonly [low: number, high: number] | null {
  const deviation = spread(values);
  if (deviation === null) return null;
  const half = (studentQuantile(confidence, values.length - 1) * deviation) / Math.sqrt(values.length);
  return [mean(values) - half, mean(values) + half];
}

/**
 * Holm's adjustment of the probabilities of a family of tests: a test may be called significant at a level where its
 * adjusted probability lies below it, and of all the family not one will be so by chance but with that probability,
 * however the tests depend on one another. NaN is no test: it stays NaN and does not count.
 */
export function holm(probabilities: readonly number[]): number[] {
  const order = probabilities
    .map((_, k) => k)
    .filter((k) => !Number.isNaN(probabilities[k]))
    .sort((a, b) => probabilities[a]! - probabilities[b]!);
  const adjusted = probabilities.map(() => Number.NaN);
  let minimum = 0;
  for (const [rank, k] of order.entries()) {
    minimum = Math.max(minimum, Math.min(1, (order.length - rank) * probabilities[k]!));
    adjusted[k] = minimum;
  }
  return adjusted;
}
