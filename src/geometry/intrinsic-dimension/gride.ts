import { UserError } from "../../errors.js";
import { interpolated } from "../../statistics.js";
import { requireOption } from "../range.js";
import type { DimensionEstimate, EstimatorOptions, NeighbourDistances } from "./estimate.js";
import { linkedError } from "./linked-error.js";
import { distanceRatios, whyUndefined, withoutNumber } from "./ratios.js";

/** A ratio of exactly 1 counts as this much above it. */
const TIE = 10 * 2 ** -52;
/** Least 1 - mu^(-d) in the estimate, and in its error. */
const MIN_WEIGHT = 2e-7;
const MIN_WEIGHT_OF_ERROR = 5 * 2 ** -52;
/** The dimension is looked for within these. */
const MIN_DIMENSION = 1e-3;
const MAX_DIMENSION = 1e3;
/** A ratio this number of times as far above the median as the 95th percentile is an outlier. */
const OUTLIER = 20;

/** A dimension by GRIDE at one scale (rule N8), with the ranks that are the scale. */
export interface Gride extends DimensionEstimate {
  /** Ranks of the neighbours whose distances are compared. */
  readonly n1: number;
  readonly n2: number;
  /** Ratios left out of the dimension, though not of its error, as outliers. */
  readonly outliers: number;
}

/**
 * GRIDE (rule N8): the dimension at the scale between the n1-th and the n2-th neighbour, from the ratios of their distances, by
 * maximum likelihood. n1 = 1 and n2 = 2 is TwoNN. Source: Denti et al. 2022.
 * @returns the estimate, its standard error from the observed information, and the scale: the mean of both distances.
 * @throws UserError for ranks other than 1 <= n1 < n2 <= k, fewer than 3 points, and distances that are none.
 */
export function gride(
  neighbours: NeighbourDistances,
  n1: number,
  n2: number,
  options: EstimatorOptions = {},
): Gride {
  if (!Number.isInteger(n1) || !Number.isInteger(n2) || n1 < 1 || n2 <= n1) {
    throw new UserError({
      where: `${options.name ?? "neighbours"}, ranks`,
      what: `${n1} and ${n2} are not two ranks of neighbours, the nearer first`,
      remedy: "Give two integers from 1 on, such as 2 and 4",
    });
  }
  const found = distanceRatios(neighbours, n1, n2, options);
  const { ratios, places, scale, zeroDistances, tied } = found;
  const limit = outlierLimit(ratios);
  const among = Array.from(ratios.keys()).filter((i) => ratios[i] < limit);
  const outliers = ratios.length - among.length;
  const logs = Float64Array.from(among, (i) => logRatio(ratios[i]));
  const none = whyUndefined(found);
  if (none) return { n1, n2, outliers, ...withoutNumber(found, none) };
  const dimension = likeliestDimension(logs, n1, n2);
  if (Number.isNaN(dimension)) {
    const reason = `the likelihood has no maximum from ${MIN_DIMENSION} to ${MAX_DIMENSION} dimensions`;
    return { n1, n2, outliers, ...withoutNumber(found, reason) };
  }
  const error = standardError(ratios.map(logRatio), n1, n2, dimension);
  const influences = logs.map((log) => error ** 2 * (1 / dimension - slopeOfOne(log, dimension, n1, n2)));
  return {
    n1,
    n2,
    dimension,
    standardError: error,
    linkedError: linkedError(
      influences,
      Int32Array.from(among, (i) => places[i]),
      neighbours,
      n2,
    ),
    scale,
    queries: ratios.length,
    zeroDistances,
    tied,
    outliers,
    reason: null,
  };
}

/** How far GRIDE goes over scales (rule N9). */
export interface GrideScanOptions extends EstimatorOptions {
  /** Furthest neighbour asked of; 64 by default. */
  readonly rangeMax?: number;
}

/**
 * GRIDE over scales (rule N9): n1 = 1, 2, 4, ... and n2 = 2 n1, as far as n2 <= min(N - 1, k, rangeMax). The dimension is read where
 * it stays the same over scales; noise makes the small ones too high.
 * @returns one estimate a scale, the smallest first.
 * @throws UserError for fewer than 3 points, fewer than 2 neighbours, and a `rangeMax` below 2.
 */
export function grideScan(neighbours: NeighbourDistances, options: GrideScanOptions = {}): Gride[] {
  const { rangeMax = 64, ...rest } = options;
  requireOption(
    `${options.name ?? "neighbours"}, rangeMax`,
    rangeMax,
    rangeMax >= 2,
    "a number of at least 2",
  );
  const maximum = Math.min(neighbours.points - 1, neighbours.k, rangeMax);
  const scales: Gride[] = [];
  for (let n1 = 1; n1 === 1 || 2 * n1 <= maximum; n1 *= 2) scales.push(gride(neighbours, n1, 2 * n1, rest));
  return scales;
}

function logRatio(ratio: number): number {
  return Math.log(ratio === 1 ? 1 + TIE : ratio);
}

/** The median plus 20 times what the 95th percentile is above it: a ratio from there on is an outlier. None is where these agree. */
function outlierLimit(ratios: Float64Array): number {
  const sorted = ratios.map((ratio) => (ratio === 1 ? 1 + TIE : ratio)).sort();
  const last = sorted.length - 1;
  const median = interpolated(sorted, 0.5 * last);
  const high = interpolated(sorted, 0.95 * last);
  return high > median ? median + OUTLIER * (high - median) : Number.POSITIVE_INFINITY;
}

/** Where the derivative of the log likelihood crosses 0, N replaced by N - 1; NaN where it does not within the limits. */
function likeliestDimension(logs: Float64Array, n1: number, n2: number): number {
  const slope = (d: number) => {
    let sum = 0;
    for (const log of logs) sum += slopeOfOne(log, d, n1, n2);
    return sum - (logs.length - 1) / d;
  };
  let [low, high] = [MIN_DIMENSION, MAX_DIMENSION];
  if (!(slope(low) < 0 && slope(high) > 0)) return Number.NaN;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high || high - low < 1e-13 * high) return middle;
    if (slope(middle) > 0) high = middle;
    else low = middle;
  }
}

/** What one ratio adds to minus the derivative of the log likelihood by d, but for -1/d. */
function slopeOfOne(log: number, d: number, n1: number, n2: number): number {
  return ((1 - n2 + n1) / weight(log, d, MIN_WEIGHT) + n2 - 1) * log;
}

function standardError(logs: Float64Array, n1: number, n2: number, d: number): number {
  let sum = 0;
  for (const log of logs) sum += (log / weight(log, d, MIN_WEIGHT_OF_ERROR)) ** 2 * Math.exp(-d * log);
  return 1 / Math.sqrt(logs.length / d ** 2 + (n2 - n1 - 1) * sum);
}

/** 1 - mu^(-d), and no less than `least`. */
function weight(log: number, d: number, minimum: number): number {
  return Math.max(-Math.expm1(-d * log), minimum);
}
