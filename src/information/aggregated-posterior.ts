import { refuse } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { PhiloxStream } from "../random/stream.js";
import { errorOfMean, mean } from "../statistics.js";
import { assertFiniteTable } from "./tables.js";

/** Components of the mixture that are gone through at a time: they stay in the processor's nearest memory. */
const TILE = 64;
/** Dimensions are gone through by fours, each with a sum of its own. */
const LANES = 4;
/** Beyond this a standard deviation or its inverse leaves float64. */
const LARGEST_LOG_VARIANCE = 600;

/** Which codes the information is estimated from (rule I1). */
export interface PosteriorInformationOptions {
  /** [M], of which row's posterior each code is a sample; by default, code i is one of row i. */
  readonly rows?: ArrayLike<number>;
  /** Number of codes to use, drawn without replacement; all by default. */
  readonly samples?: number;
  /** Of the drawing; 0 by default. */
  readonly seed?: number;
}

/** A mean over samples with the error of that mean. */
export interface InformationEstimate {
  /** Nats; may fall below 0 by chance where there is no information. */
  readonly informationNats: number;
  /** Standard deviation over samples / sqrt(samples), in nats. */
  readonly standardErrorNats: number;
}

/** Mutual information as it follows from the aggregated posterior (rule I1). */
export interface PosteriorInformation extends InformationEstimate {
  /** Codes that were used. */
  readonly samples: number;
  /** Natural logarithm of the number of rows: no sample can carry more. An estimate near it is only a lower bound. */
  readonly ceilingNats: number;
}

/**
 * The mutual information I(X; Z) of a channel with gaussian posteriors, from its aggregated posterior (rule
 * I1): the mean over codes of `ln q(z|x) - ln((1/N) sum_j q(z|x_j))`. Without bias for x uniform on the N
 * rows; for the source from which the rows were drawn it is, on average, a lower bound that cannot exceed ln
 * N. Time grows with N x M x D.
 * Source: Hoffman and Johnson 2016; as a bound Poole et al. 2019.
 * @param means [N, D]: the posterior of row j is N(means_j, e^logVariances_j) in each dimension
 * independently.
 * @param logVariances [N, D]: natural logarithms of variances, within ±600.
 * @param codes [M, D]: a sample each of the posteriors of `rows`.
 * @throws UserError for tables that do not fit each other, fewer than 2 codes, numbers that are not finite,
 * rows that are not there, and a code that cannot be of its row.
 */
export function mutualInformationFromPosterior(
  means: NumericArray,
  logVariances: NumericArray,
  codes: NumericArray,
  options: PosteriorInformationOptions = {},
): PosteriorInformation {
  const { rows, chosen, dimensions } = check(means, logVariances, codes, options);
  const all = Array.from({ length: dimensions }, (_, d) => d);
  const information = pointwise(means, logVariances, codes, rows, chosen, all);
  return { ...meanOf(information), samples: chosen.length, ceilingNats: Math.log(means.shape[0]) };
}

/**
 * The same for each dimension of the code alone: I(X; Z_d) (rule I1). Their sum exceeds I(X; Z) by what the
 * dimensions share. Takes an exponential for each of N x M x D: about ten times as long as the whole code.
 * @param means [N, D].
 * @param logVariances [N, D].
 * @param codes [M, D].
 * @returns [D], in nats.
 * @throws UserError as {@link mutualInformationFromPosterior}.
 */
export function mutualInformationByDimension(
  means: NumericArray,
  logVariances: NumericArray,
  codes: NumericArray,
  options: PosteriorInformationOptions = {},
): InformationEstimate[] {
  const { rows, chosen, dimensions } = check(means, logVariances, codes, options);
  return Array.from({ length: dimensions }, (_, d) =>
    meanOf(pointwise(means, logVariances, codes, rows, chosen, [d])),
  );
}

function meanOf(values: Float64Array): InformationEstimate {
  return { informationNats: mean(values), standardErrorNats: errorOfMean(values) };
}

/** Posteriors of a few dimensions, padded to whole lanes with uninformative dimensions. */
interface Mixture {
  readonly count: number;
  readonly width: number;
  /** [count, width] */
  readonly means: Float64Array;
  /** [count, width], 1 / (sqrt(2) standard deviation). */
  readonly scales: Float64Array;
  /** [count], logarithm of the density's height, without the ln(2 pi) that all share. */
  readonly heights: Float64Array;
}

function mixtureOf(
  means: NumericArray,
  { data: logVariances }: NumericArray,
  dimensions: readonly number[],
): Mixture {
  const [count, stride] = means.shape as [number, number];
  const width = Math.ceil(dimensions.length / LANES) * LANES;
  const mixture: Mixture = {
    count,
    width,
    means: new Float64Array(count * width),
    scales: new Float64Array(count * width),
    heights: new Float64Array(count),
  };
  for (let j = 0; j < count; j++) {
    for (const [k, d] of dimensions.entries()) {
      const logVariance = logVariances[j * stride + d];
      mixture.means[j * width + k] = means.data[j * stride + d];
      mixture.scales[j * width + k] = Math.exp(-logVariance / 2) * Math.SQRT1_2;
      mixture.heights[j] -= logVariance / 2;
    }
  }
  return mixture;
}

/**
 * `ln q(z|x) - ln((1/N) sum_j q(z|x_j))` of each chosen code, in some of its dimensions. The sums over components are kept as
 * a maximum term and a sum relative to it, so that nothing overflows and no table [N, M] is held.
 */
function pointwise(
  means: NumericArray,
  logVariances: NumericArray,
  codes: NumericArray,
  rows: Uint32Array,
  chosen: Uint32Array,
  dimensions: readonly number[],
): Float64Array {
  const mixture = mixtureOf(means, logVariances, dimensions);
  const { count, width } = mixture;
  const stride = codes.shape[1];
  const points = new Float64Array(chosen.length * width);
  for (let m = 0; m < chosen.length; m++) {
    for (const [k, d] of dimensions.entries()) points[m * width + k] = codes.data[chosen[m] * stride + d];
  }
  const own = new Float64Array(chosen.length).fill(Number.NEGATIVE_INFINITY);
  const maxima = own.slice();
  const sums = new Float64Array(chosen.length);
  const densities = new Float64Array(TILE);
  for (let first = 0; first < count; first += TILE) {
    const size = Math.min(TILE, count - first);
    for (let m = 0; m < chosen.length; m++) {
      logDensities(mixture, first, size, points, m * width, densities);
      const row = rows[m] - first;
      if (row >= 0 && row < size) own[m] = densities[row];
      let maximum = maxima[m];
      for (let k = 0; k < size; k++) if (densities[k] > maximum) maximum = densities[k];
      // Too far from all components so far: a density of 0.
      if (maximum === Number.NEGATIVE_INFINITY) continue;
      let sum = sums[m] * Math.exp(maxima[m] - maximum);
      for (let k = 0; k < size; k++) sum += Math.exp(densities[k] - maximum);
      maxima[m] = maximum;
      sums[m] = sum;
    }
  }
  const logCount = Math.log(count);
  return own.map((density, m) => {
    if (density === Number.NEGATIVE_INFINITY) {
      refuse(
        `codes, row ${chosen[m]} (counted from 0)`,
        `the posterior of row ${rows[m]} has no density there`,
        "Give for each code the row that it is a sample of",
      );
    }
    return density - (maxima[m] + Math.log(sums[m]) - logCount);
  });
}

/** Log-densities of one point in `size` components from `first` on, without the ln(2 pi) that all share. */
function logDensities(
  { width, means, scales, heights }: Mixture,
  first: number,
  size: number,
  points: Float64Array,
  start: number,
  out: Float64Array,
): void {
  let at = first * width;
  for (let k = 0; k < size; k++) {
    // Four sums, as each addition waits for the one before it.
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let from = start; from < start + width; from += LANES, at += LANES) {
      const ta = (points[from] - means[at]) * scales[at];
      const tb = (points[from + 1] - means[at + 1]) * scales[at + 1];
      const tc = (points[from + 2] - means[at + 2]) * scales[at + 2];
      const td = (points[from + 3] - means[at + 3]) * scales[at + 3];
      a += ta * ta;
      b += tb * tb;
      c += tc * tc;
      d += td * td;
    }
    out[k] = heights[first + k] - (a + b + c + d);
  }
}

function check(
  means: NumericArray,
  logVariances: NumericArray,
  codes: NumericArray,
  { rows, samples, seed = 0 }: PosteriorInformationOptions,
) {
  const [count, dimensions] = assertFiniteTable(means, "means");
  assertFiniteTable(logVariances, "logVariances", [count, dimensions]);
  const [codeCount] = assertFiniteTable(codes, "codes", [undefined, dimensions]);
  const wide = logVariances.data.findIndex((value: number) => Math.abs(value) > LARGEST_LOG_VARIANCE);
  if (wide >= 0) {
    refuse(
      `logVariances, row ${Math.floor(wide / dimensions)} (counted from 0)`,
      `a log-variance of ${logVariances.data[wide]} is beyond ±${LARGEST_LOG_VARIANCE}`,
      "Look for what made the model diverge",
    );
  }
  if (rows ? rows.length !== codeCount : codeCount > count) {
    refuse(
      "rows",
      `${rows ? rows.length : count} rows for ${codeCount} codes`,
      "Give for each code the row that it is a sample of",
    );
  }
  if (samples !== undefined && !(Number.isInteger(samples) && samples >= 2)) {
    refuse("samples", `${samples} is not an integer of at least 2`, "Give 1000, for instance");
  }
  const chosen =
    samples === undefined || samples >= codeCount
      ? Uint32Array.from({ length: codeCount }, (_, m) => m)
      : new PhiloxStream(seed, "posterior information").permutation(codeCount).slice(0, samples).sort();
  if (chosen.length < 2) refuse("codes", "there is 1 code", "Give at least 2 codes");
  const own = chosen.map((m) => {
    const row = rows ? rows[m] : m;
    if (Number.isInteger(row) && row >= 0 && row < count) return row;
    return refuse(`rows, ${m} (counted from 0)`, `${row} is not a row of ${count}`, "Count rows from 0");
  });
  return { rows: own, chosen, dimensions };
}
