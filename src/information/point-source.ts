/**
 * Reproductions wherever they are best. For a fixed slope this is a mixture of gaussians that is fitted to the points of
 * the source, its weights and places free and its width given (Rose 1994): the weights are a convex problem, solved by
 * `blahutArimoto`, and the places grow where the dual's c(y) is above 1, until it is nowhere.
 */
import { refuse } from "../errors.js";
import { requireWhole } from "../geometry/range.js";
import {
  type BlahutArimotoOptions,
  blahutArimoto,
  type DiscreteSourcePoint,
  requireTolerance,
} from "./blahut-arimoto.js";
import { findModes, type Mode, SAME_PLACE_NATS } from "./modes.js";
import type { PointSource } from "./source.js";
import { squaredDistance, squaredDistances } from "./squared-distances.js";

/** A point of the rate-distortion function of a {@link PointSource}, and the reproductions that attain it. */
export interface PointSourcePoint extends DiscreteSourcePoint {
  /** [M, K], those of `marginal`, row-major. */
  readonly reproductions: Float64Array;
}

/** Reproductions with their probabilities. */
export type Reproductions = Pick<PointSourcePoint, "marginal" | "reproductions">;

/** When to stop, and where to begin. */
export interface PointSourceOptions extends Omit<BlahutArimotoOptions, "marginal"> {
  /** Of a neighbouring slope; the source's own points by default. */
  readonly begin?: Reproductions;
  /** How often reproductions are moved and added; 40 by default. */
  readonly maxRounds?: number;
}

const TOLERANCE_NATS = 1e-7;
const MAX_ROUNDS = 40;
/** Of the tolerance, for the weights between two moves of the places. */
const SHARE_OF_WEIGHTS = 0.1;
/** Of the tolerance: a climb that rises less at a step goes nowhere. */
const SHARE_OF_RISES = 1e-3;
/** Of a climb from a reproduction, as long as it may have to move again. */
const NEAR_STEPS = 12;
/** Number of pairs of reproductions between which modes are looked for. */
const MAX_PAIRS = 400;

/**
 * The point of the rate-distortion function at a slope for squared error, reproductions free in all of space (rule B3).
 * `rateNats` and `distortion` are those of a channel that was found. The lower value takes for max c(y) the highest of the
 * modes climbed to from every point of the source, every reproduction and, where these are few, halfway between every
 * two: it is a bound as long as no mode lies higher that none of these lead to.
 * @param slope Nats per unit of squared distance, above 0 and finite.
 * @throws UserError for another slope, and limits out of range.
 */
export function rateDistortionOfPoints(
  source: PointSource,
  slope: number,
  options: PointSourceOptions = {},
): PointSourcePoint {
  const { probabilities, points } = source;
  const { toleranceNats = TOLERANCE_NATS, maxRounds = MAX_ROUNDS, maxIterations } = options;
  if (!(slope > 0 && slope < Number.POSITIVE_INFINITY)) {
    refuse(
      `slope ${slope}`,
      "reproductions are free at finite slopes above 0",
      "Give, for instance, 10 nats per unit of squared distance",
    );
  }
  const where = "rate-distortion function of points";
  requireTolerance(where, toleranceNats);
  requireWhole(`${where}, maxRounds`, maxRounds, 1);
  const dimension = points.length / probabilities.length;
  const minRise = toleranceNats * SHARE_OF_RISES;
  let code: Reproductions = options.begin ?? { marginal: probabilities, reproductions: points };
  for (let round = 1; ; round++) {
    const distortions = squaredDistances(points, code.reproductions, dimension);
    const fit = blahutArimoto({ probabilities, distortions }, slope, {
      toleranceNats: toleranceNats * SHARE_OF_WEIGHTS,
      marginal: code.marginal,
      ...(maxIterations === undefined ? {} : { maxIterations }),
    });
    code = withoutIdle({ marginal: fit.marginal, reproductions: code.reproductions }, dimension);
    const logSums = logSumsOf(distortions, fit.marginal, slope);
    const logWeights = logSums.map((sum, n) => Math.log(probabilities[n]) - sum);
    const field = { points, dimension, slope, logWeights };
    // While the reproductions themselves have to move, the rest of space can wait.
    const enough = round < maxRounds ? toleranceNats : Number.POSITIVE_INFINITY;
    const near = findModes(field, rowsOf(code.reproductions, dimension), {
      minRise,
      enough: Number.POSITIVE_INFINITY,
      maxSteps: NEAR_STEPS,
    });
    const modes =
      heightOf(near) > enough
        ? near
        : findModes(field, starts(code.reproductions, points, dimension), { minRise, enough });
    const highest = heightOf(modes);
    const dualNats = -logSums.reduce((sum, value, n) => sum + probabilities[n] * value, 0) - highest;
    const dualRate = dualNats - slope * fit.distortion;
    // Not minus 0, the lower bound of every rate: a code of rate 0 may still be a bad one.
    if (fit.rateNats - dualRate <= toleranceNats || round >= maxRounds) {
      const lowerRateNats = Math.min(fit.rateNats, Math.max(0, dualRate));
      return { ...fit, ...code, dualNats, lowerRateNats, iterations: round };
    }
    const better = modes.filter(({ logHeight }) => logHeight > 0);
    code = withModes(code, better, slope, dimension);
  }
}

/** ln c at the highest: at least 0, its mean over the reproductions. */
function heightOf(modes: readonly Mode[]): number {
  return modes.reduce((maximum, { logHeight }) => Math.max(maximum, logHeight), 0);
}

/** ln Z(n) = ln sum_m q(m) e^(-slope d(n, m)), [N]. */
function logSumsOf(distortions: Float64Array, marginal: Float64Array, slope: number): Float64Array {
  const columns = marginal.length;
  return Float64Array.from({ length: distortions.length / columns }, (_, n) => {
    const row = distortions.subarray(n * columns, (n + 1) * columns);
    let [minimum, sum] = [Number.POSITIVE_INFINITY, 0];
    for (let m = 0; m < columns; m++) if (marginal[m] > 0) minimum = Math.min(minimum, row[m]);
    for (let m = 0; m < columns; m++) {
      if (marginal[m] > 0) sum += marginal[m] * Math.exp(-slope * (row[m] - minimum));
    }
    return Math.log(sum) - slope * minimum;
  });
}

function* starts(
  reproductions: Float64Array,
  points: Float64Array,
  dimension: number,
): Generator<Float64Array> {
  const places = [...rowsOf(reproductions, dimension)];
  yield* places;
  yield* rowsOf(points, dimension);
  if ((places.length * (places.length - 1)) / 2 > MAX_PAIRS) return;
  for (const [a, place] of places.entries()) {
    for (const other of places.slice(a + 1)) yield place.map((value, k) => (value + other[k]) / 2);
  }
}

function* rowsOf(array: Float64Array, dimension: number): Generator<Float64Array> {
  for (let start = 0; start < array.length; start += dimension) yield array.slice(start, start + dimension);
}

function withoutIdle({ marginal, reproductions }: Reproductions, dimension: number): Reproductions {
  const kept = [...marginal.keys()].filter((m) => marginal[m] > 0);
  const total = kept.reduce((sum, m) => sum + marginal[m], 0);
  const rows = [...rowsOf(reproductions, dimension)];
  return {
    marginal: Float64Array.from(kept, (m) => marginal[m] / total),
    reproductions: Float64Array.from(kept.flatMap((m) => [...rows[m]])),
  };
}

/** Every one of these modes is a reproduction then: one that is nearly there moves, another one is new, of no mass so far. */
function withModes(
  { marginal, reproductions }: Reproductions,
  modes: readonly Mode[],
  slope: number,
  dimension: number,
): Reproductions {
  const moved = reproductions.slice();
  const added: Float64Array[] = [];
  for (const { place } of modes) {
    const near = marginal.findIndex(
      (_, m) => slope * squaredDistance(reproductions, m * dimension, place, 0, dimension) < SAME_PLACE_NATS,
    );
    if (near < 0) added.push(place);
    else moved.set(place, near * dimension);
  }
  return {
    marginal: Float64Array.from([...marginal, ...added.map(() => 0)]),
    reproductions: Float64Array.from([...moved, ...added.flatMap((place) => [...place])]),
  };
}
