import { refuse } from "../errors.js";
import { requireOption, requireWhole } from "../geometry/range.js";
import { mixtureWeights } from "./mixture-weights.js";
import { type DiscreteSource, toProbabilities } from "./source.js";

/** A point of the rate-distortion function, from above and from below (rule B2). */
export interface DiscreteSourcePoint {
  /** Nats of the channel that was found: no code of this distortion needs more. */
  readonly rateNats: number;
  /** Mean distortion of that channel, in the unit of the source's distortions. */
  readonly distortion: number;
  /** -dR/dD there, in nats for each unit of distortion: the slope that was asked for. */
  readonly slope: number;
  /** No code of this distortion can do with fewer nats (the dual value at `distortion`). */
  readonly lowerRateNats: number;
  /** R(D) >= dualNats - slope * D for every D, not only this one; infinite where the slope is. */
  readonly dualNats: number;
  /** Probability of each reproduction, [M]. */
  readonly marginal: Float64Array;
  /** Steps made. */
  readonly iterations: number;
}

/** When to stop, and where to begin. */
export interface BlahutArimotoOptions {
  /** Largest gap between the rates from above and from below, in nats; 1e-9 by default. */
  readonly toleranceNats?: number;
  /** Steps after which the gap stands as it is; 20,000 by default. */
  readonly maxIterations?: number;
  /** Where to begin, [M]: of a neighbouring slope, for instance. Uniform by default. */
  readonly marginal?: Float64Array;
}

const TOLERANCE_NATS = 1e-9;
const MAX_ITERATIONS = 20_000;
/** Share of every reproduction in a beginning, so that none is lost for good. */
const MIXED = 1e-3;

/**
 * The point of the rate-distortion function R(D) at a slope: the channel q(m|n) that minimises I + slope * D
 * (Blahut, "Computation of channel capacity and rate-distortion functions", 1972; rule B2). The lower value
 * is the dual of Csiszar (1974): with Z(n) = sum_m q(m) e^(-slope d(n,m)) and c(m) = sum_n p(n) e^(-slope
 * d(n,m)) / Z(n), R(D) >= -slope D - sum_n p(n) ln Z(n) - max_m ln c(m), for every D at once and for any q at
 * all.
 * @param source probabilities [N] and distortions [N, M], as `toDiscreteSource` checks them.
 * @param slope Nats per unit of distortion, at least 0. Infinity gives the minimum distortion, and the
 * minimum rate there.
 * @param options when to stop, and where to begin.
 * @throws UserError for a slope that is negative or no number, distortions that are no table, limits out of range,
 * and a beginning that is no distribution over the reproductions.
 */
export function blahutArimoto(
  { probabilities, distortions }: DiscreteSource,
  slope: number,
  options: BlahutArimotoOptions = {},
): DiscreteSourcePoint {
  requireSlope(slope);
  const reproductions = distortions.length / probabilities.length;
  if (!Number.isInteger(reproductions) || reproductions < 1) {
    refuse(
      "distortion",
      `${distortions.length} distortions are no table of ${probabilities.length} symbols`,
      "Give one for each symbol and reproduction, as toDiscreteSource makes them",
    );
  }
  const { toleranceNats = TOLERANCE_NATS, maxIterations = MAX_ITERATIONS, marginal: likely } = options;
  requireTolerance("Blahut-Arimoto", toleranceNats);
  requireWhole("Blahut-Arimoto, maxIterations", maxIterations, 1);
  if (likely) requireBeginning(likely, reproductions);
  const even = 1 / reproductions;
  const mixed = likely?.map((weight) => (1 - MIXED) * weight + MIXED * even);
  const begin = mixed ?? new Float64Array(reproductions).fill(even);
  const { excess, minimum } = aboveMinimum(distortions, reproductions);
  // Rows of the channel do not change by a factor, so that each has an entry of 1 and none is lost at great slopes.
  const kernel = excess.map((value) => (value === 0 ? 1 : Math.exp(-slope * value)));
  const problem = { probabilities, kernel };
  const limits = { tolerance: toleranceNats, maxIterations, begin, likely };
  const { weights, sums, growth, iterations } = mixtureWeights(problem, limits);
  let mean = 0;
  let logSums = 0;
  let minimumMean = 0;
  probabilities.forEach((p, n) => {
    if (p === 0) return;
    minimumMean += p * minimum[n];
    logSums += p * Math.log(sums[n]);
    for (let m = 0; m < reproductions; m++) {
      const k = n * reproductions + m;
      if (kernel[k] > 0) mean += ((p * weights[m] * kernel[k]) / sums[n]) * excess[k];
    }
  });
  // The information of the channel is its divergence from p q, minus that of its own output from q.
  const divergence = weights.reduce((sum, weight, m) => {
    const output = weight * growth[m];
    return output > 0 ? sum + output * Math.log(growth[m]) : sum;
  }, 0);
  const logMaximum = Math.log(growth.reduce((maximum, value) => Math.max(maximum, value), 0));
  const base = -(mean === 0 ? 0 : slope * mean) - logSums;
  return {
    rateNats: Math.max(0, base - divergence),
    distortion: minimumMean + mean,
    slope,
    lowerRateNats: Math.max(0, base - logMaximum),
    dualNats: slope === Number.POSITIVE_INFINITY ? slope : slope * minimumMean - logSums - logMaximum,
    marginal: weights,
    iterations,
  };
}

/** @throws UserError for a tolerance that is negative or no number. */
export function requireTolerance(where: string, toleranceNats: number): void {
  requireOption(`${where}, toleranceNats`, toleranceNats, toleranceNats >= 0, "a number of at least 0");
}

function requireBeginning(marginal: Float64Array, reproductions: number): void {
  const where = "Blahut-Arimoto, marginal";
  if (marginal.length !== reproductions) {
    const what = `${marginal.length} probabilities for ${reproductions} reproductions`;
    refuse(where, what, "Give one for each reproduction");
  }
  toProbabilities({ shape: [reproductions], data: marginal }, where);
}

/** @throws UserError for a slope that is negative or no number. */
export function requireSlope(slope: number): void {
  if (slope >= 0) return;
  refuse(`slope ${slope}`, "a slope is at least 0 nats per unit of distortion", "Give, for instance, 10");
}

/** Distortions minus the minimum of their row, [N, M], and those minima, [N]. */
function aboveMinimum(distortions: Float64Array, reproductions: number) {
  const minimum = new Float64Array(distortions.length / reproductions).fill(Number.POSITIVE_INFINITY);
  distortions.forEach((value, k) => {
    const n = Math.floor(k / reproductions);
    minimum[n] = Math.min(minimum[n], value);
  });
  return { excess: distortions.map((value, k) => value - minimum[Math.floor(k / reproductions)]), minimum };
}
