import { refuse } from "../errors.js";
import { requireWhole } from "../geometry/range.js";
import { assertFiniteList, deviationOf, notFinite } from "./tables.js";

/** A gaussian kernel is 0 to float64's relative precision beyond this number of bandwidths. */
const REACH = 9;
/** A curve continues beyond the outermost values for this number of bandwidths. */
const MARGIN = 3;

/** Where a kernel density is computed (rule I3), in the unit of the values. */
export interface KernelDensityOptions {
  /** Where the density is computed. By default `points` places, evenly spaced from end to end of the values and a little beyond. */
  readonly positions?: ArrayLike<number>;
  /** Number of places, at least 2, where `positions` names none; 256 by default. */
  readonly points?: number;
}

/** A density as a curve (rule I3). */
export interface KernelDensity {
  /** [K], ascending unless they were given, in the unit of the values. */
  readonly positions: Float64Array;
  /** [K], at each position, in 1 / unit of the values. */
  readonly density: Float64Array;
  /** Standard deviation of the kernel, in the unit of the values. */
  readonly bandwidth: number;
  /** Number of values. */
  readonly count: number;
  readonly mean: number;
  /** Divisor count - 1. */
  readonly standardDeviation: number;
}

/**
 * Scott's bandwidth in one dimension: `n^(-1/5)` times the standard deviation, in the unit of the values
 * (rule I3). Source: Scott, "Multivariate density estimation" (1992).
 * @param count n, the number of values.
 * @param standardDeviation of the values, divisor n - 1.
 */
export function scottBandwidth(count: number, standardDeviation: number): number {
  return count ** -0.2 * standardDeviation;
}

/**
 * Gaussian kernel density estimate with Scott's bandwidth (rule I3), exact: time grows with values times positions. For
 * millions of values see {@link StreamingDensity}.
 * @param values at least 2, not all equal.
 * @throws UserError for other values, for one that is not finite, for values whose squares leave float64, and for
 * positions that are not finite or fewer than 2 of them by number.
 */
export function kernelDensity(values: ArrayLike<number>, options: KernelDensityOptions = {}): KernelDensity {
  const moments = new Moments();
  for (let i = 0; i < values.length; i++) moments.add(values[i]);
  const summary = moments.summary();
  const positions = positionsOf(options, moments.low, moments.high, summary.bandwidth);
  return { positions, density: sumOfKernels(positions, values, summary), ...summary };
}

function sumOfKernels(
  positions: Float64Array,
  values: ArrayLike<number>,
  { bandwidth, count }: Summary,
): Float64Array {
  const height = kernelHeight(bandwidth, count);
  return positions.map((position) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += kernel((position - values[i]) / bandwidth);
    return height * sum;
  });
}

/**
 * The same density from values that come in pieces and are not kept: a fine histogram, smoothed. A value between
 * two points of its grid counts for both by its nearness, which adds a sixth of their squared distance to the kernel's
 * variance, on average.
 */
export class StreamingDensity {
  readonly #low: number;
  readonly #high: number;
  readonly #step: number;
  /** [bins + 1], weight at each point of the grid. */
  readonly #weights: Float64Array;
  readonly #moments = new Moments();
  #outside = 0;

  /**
   * @param range from the minimum to the maximum value that is counted.
   * @param bins steps of the grid.
   * @throws UserError for an empty range, or fewer than 1 bin.
   */
  constructor([low, high]: readonly [low: number, high: number], bins = 4096) {
    if (!(Number.isFinite(high - low) && low < high) || !Number.isInteger(bins) || bins < 1) {
      const what = `${bins} bins from ${low} to ${high} are no grid`;
      refuse("density", what, "Give a finite range and at least 1 bin");
    }
    this.#low = low;
    this.#high = high;
    this.#step = (high - low) / bins;
    this.#weights = new Float64Array(bins + 1);
  }

  /** Values beyond the range so far: counted in mean and deviation, and missing from the density. */
  get outside(): number {
    return this.#outside;
  }

  /**
   * Counts values in: every `stride`-th from `start` on, such as one dimension of a table of codes.
   * @throws UserError for a value that is not finite.
   */
  add(values: ArrayLike<number>, start = 0, stride = 1): this {
    const last = this.#weights.length - 1;
    for (let i = start; i < values.length; i += stride) {
      this.#moments.add(values[i]);
      if (values[i] < this.#low || values[i] > this.#high) {
        this.#outside += 1;
        continue;
      }
      const place = (values[i] - this.#low) / this.#step;
      const node = Math.min(Math.floor(place), last - 1);
      this.#weights[node + 1] += place - node;
      this.#weights[node] += 1 - (place - node);
    }
    return this;
  }

  /**
   * The density of all values so far.
   * @throws UserError as {@link kernelDensity}, and where the grid is coarser than half a bandwidth.
   */
  density(options: KernelDensityOptions = {}): KernelDensity {
    const summary = this.#moments.summary();
    const { bandwidth, count } = summary;
    if (this.#step > bandwidth / 2) {
      const what = `bins of ${this.#step} are too coarse for a bandwidth of ${bandwidth}`;
      refuse("density", what, "Give a narrower range, or more bins");
    }
    const positions = positionsOf(options, this.#moments.low, this.#moments.high, bandwidth);
    const height = kernelHeight(bandwidth, count);
    const density = positions.map((position) => {
      const place = (position - this.#low) / this.#step;
      const reach = (REACH * bandwidth) / this.#step;
      const end = Math.min(this.#weights.length - 1, Math.floor(place + reach));
      let sum = 0;
      for (let node = Math.max(0, Math.ceil(place - reach)); node <= end; node++) {
        sum += this.#weights[node] * kernel(((place - node) * this.#step) / bandwidth);
      }
      return height * sum;
    });
    return { positions, density, ...summary };
  }
}

type Summary = Pick<KernelDensity, "bandwidth" | "count" | "mean" | "standardDeviation">;

/** Count, mean, deviation and ends of values that come one by one (Welford 1962). */
class Moments {
  count = 0;
  low = Number.POSITIVE_INFINITY;
  high = Number.NEGATIVE_INFINITY;
  #mean = 0;
  #squares = 0;

  add(value: number): void {
    if (!Number.isFinite(value)) notFinite(`density, value ${this.count}`, value);
    const difference = value - this.#mean;
    this.count += 1;
    this.#mean += difference / this.count;
    this.#squares += difference * (value - this.#mean);
    if (value < this.low) this.low = value;
    if (value > this.high) this.high = value;
  }

  summary(): Summary {
    const { count } = this;
    if (count < 2 || this.low === this.high) {
      const what = count < 2 ? `${count} values have no density` : `all ${count} values are ${this.low}`;
      refuse("density", what, "Give at least 2 different values");
    }
    const standardDeviation = deviationOf(this.#squares, count, "density");
    const bandwidth = scottBandwidth(count, standardDeviation);
    return { count, mean: this.#mean, standardDeviation, bandwidth };
  }
}

function kernel(t: number): number {
  return Math.exp(-0.5 * t * t);
}

function kernelHeight(bandwidth: number, count: number): number {
  return 1 / (Math.sqrt(2 * Math.PI) * bandwidth * count);
}

function positionsOf(
  { positions, points = 256 }: KernelDensityOptions,
  low: number,
  high: number,
  bandwidth: number,
): Float64Array {
  if (positions) {
    assertFiniteList(positions, "density, positions");
    return Float64Array.from(positions);
  }
  requireWhole("density, points", points, 2);
  const start = low - MARGIN * bandwidth;
  const step = (high - low + 2 * MARGIN * bandwidth) / (points - 1);
  return Float64Array.from({ length: points }, (_, k) => start + k * step);
}
