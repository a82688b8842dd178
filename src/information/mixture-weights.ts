import { sum } from "../statistics.js";
/**
 * The convex problem inside every rate-distortion function: the weights q on the simplex at which
 * sum_n p(n) ln sum_m q(m) k(n, m) is greatest. Blahut's and Arimoto's step, q(m) times its growth c(m), always rises,
 * but crawls towards weights that end at 0 and between columns that are nearly alike. So every few steps one of Newton's
 * is tried, with the weights kept at least 0: the constrained Newton method of Wang, "On fast computation of the
 * non-parametric maximum likelihood estimate of a mixing distribution" (2007).
 */
import { nonnegativeMinimum } from "./nonnegative-minimum.js";

/** The problem; kernel [N, M] row-major, entries at least 0. Rows of probability 0 do not count. */
export interface MixtureProblem {
  readonly probabilities: Float64Array;
  readonly kernel: Float64Array;
}

/** Weights and what belongs to them. */
export interface MixtureWeights {
  /** q, [M]. */
  readonly weights: Float64Array;
  /** Z(n) = sum_m q(m) k(n, m), [N]. */
  readonly sums: Float64Array;
  /** c(m) = sum_n p(n) k(n, m) / Z(n), [M]: at most 1 everywhere, and 1 where q(m) > 0, when q is best. */
  readonly growth: Float64Array;
  readonly iterations: number;
}

/** When to stop, and where to begin. */
export interface MixtureLimits {
  /** On max ln c - sum q c ln c: the gap between the rates from above and from below. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** [M], all positive where a row needs it. */
  readonly begin: Float64Array;
  /** Weights that Newton's first step begins with; none by default. */
  readonly likely?: Float64Array | undefined;
}

/** Blahut's steps before Newton's first one, and from one to the next. */
const FIRST_STEPS = 12;
const STEPS_BETWEEN = 2;
const RIDGE = 1e-10;
/** Least share of the rise that a step of Newton's promises. */
const ARMIJO = 1e-4;
const MIN_STEP = 1e-6;

/** Solves the problem to the tolerance, or as far as the iterations go. */
export function mixtureWeights(
  problem: MixtureProblem,
  { tolerance, maxIterations, begin, likely }: MixtureLimits,
): MixtureWeights {
  let weights = begin;
  let active = likely ?? new Float64Array(begin.length);
  for (let iterations = 1; ; iterations++) {
    const { sums, growth } = grow(problem, weights);
    const done = iterations >= maxIterations || gapOf(weights, growth) <= tolerance;
    if (done) return { weights, sums, growth, iterations };
    const newton =
      iterations > FIRST_STEPS && (iterations - FIRST_STEPS) % (STEPS_BETWEEN + 1) === 1
        ? newtonStep(problem, { weights, sums, growth, active })
        : undefined;
    if (newton) active = newton.active;
    weights = newton?.weights ?? weights.map((weight, m) => weight * growth[m]);
  }
}

function grow({ probabilities, kernel }: MixtureProblem, weights: Float64Array) {
  const columns = weights.length;
  const sums = new Float64Array(probabilities.length).fill(1);
  const growth = new Float64Array(columns);
  probabilities.forEach((p, n) => {
    if (p === 0) return;
    const row = kernel.subarray(n * columns, (n + 1) * columns);
    let sum = 0;
    for (let m = 0; m < columns; m++) sum += weights[m] * row[m];
    sums[n] = sum;
    const share = p / sum;
    for (let m = 0; m < columns; m++) growth[m] += share * row[m];
  });
  return { sums, growth };
}

function gapOf(weights: Float64Array, growth: Float64Array): number {
  let maximum = 0;
  let mean = 0;
  growth.forEach((value, m) => {
    maximum = Math.max(maximum, value);
    if (weights[m] > 0 && value > 0) mean += weights[m] * value * Math.log(value);
  });
  return Math.log(maximum) - mean;
}

/** The weights towards which the quadratic of the second order points; undefined where they are no better. */
function newtonStep(
  { probabilities, kernel }: MixtureProblem,
  { weights, sums, growth, active }: Omit<MixtureWeights, "iterations"> & { readonly active: Float64Array },
) {
  const columns = weights.length;
  // k / Z: its products stay near 1 where those of k alone would leave float64.
  const scaled = kernel.map((value, k) => value / sums[Math.floor(k / columns)]);
  const target = nonnegativeMinimum(
    {
      linear: growth.map((value, m) => 2 * value - 1 + RIDGE * weights[m]),
      row: (index) => {
        const row = new Float64Array(columns);
        probabilities.forEach((p, n) => {
          const share = p * scaled[n * columns + index];
          if (share === 0) return;
          for (let m = 0; m < columns; m++) row[m] += share * scaled[n * columns + m];
        });
        return row;
      },
      ridge: RIDGE,
    },
    weights.map((weight, m) => (active[m] > 0 ? weight : 0)),
  );
  const ratios = probabilities.map((p, n) => {
    if (p === 0) return 1;
    let sum = 0;
    for (let m = 0; m < columns; m++) sum += scaled[n * columns + m] * target[m];
    return sum;
  });
  const excess = sum(target) - sum(weights);
  const promised = probabilities.reduce((sum, p, n) => sum + p * (ratios[n] - 1), 0) - excess;
  if (!(promised > 0)) return undefined;
  for (let step = 1; step >= MIN_STEP; step /= 2) {
    const rise =
      probabilities.reduce((sum, p, n) => sum + p * Math.log1p(step * (ratios[n] - 1)), 0) - step * excess;
    if (!(rise >= ARMIJO * step * promised)) continue;
    const moved = weights.map((weight, m) => weight + step * (target[m] - weight));
    const whole = sum(moved);
    return { weights: moved.map((weight) => weight / whole), active: target };
  }
  return undefined;
}
