/**
 * Where the dual's c(y) = sum_n p(n) e^(-slope |x(n) - y|^2) / Z(n) is highest over all of space. It is a mixture of
 * gaussians of one width, one on each point of the source, and mean shift climbs it: each step goes to the mean of the
 * points as they are weighted there, and never down (Cheng, "Mean shift, mode seeking, and clustering", 1995). Where c is flat
 * it would take thousands of steps; so longer ones, and Newton's, are taken where they lead higher.
 */
import { choleskySolve } from "../linear-algebra/cholesky.js";
import { squaredDistance } from "./squared-distances.js";

/** A place that is higher than its surroundings. */
export interface Mode {
  readonly place: Float64Array;
  /** ln c there. */
  readonly logHeight: number;
}

/** The mixture: each point's weight is p(n) / Z(n), as a logarithm. */
export interface DualField {
  /** [N, K], row-major. */
  readonly points: Float64Array;
  readonly dimension: number;
  readonly slope: number;
  /** ln p(n) - ln Z(n), [N]. */
  readonly logWeights: Float64Array;
}

/** Nats at which two places count as one: slope times their squared distance. */
export const SAME_PLACE_NATS = 1e-8;
/** A shift of so few nats is the last. */
const LAST_SHIFT_NATS = 1e-18;
const MAX_STEPS = 1000;
/** A climb ends after this number of steps in a row that rise too little, though each is longer than the one before. */
const MAX_IDLE_STEPS = 6;
/** A climb that comes so near to a mode that is known leads there, in the same nats. */
const NEAR_MODE_NATS = 1e-4;
/** Added to the second derivative, the first that makes it bend down in all directions (Levenberg). */
const DAMPINGS = [0, 0.1, 0.3, 1, 3, 10];
/** Steps without Newton's after a place where it led nowhere. */
const PLAIN_STEPS = 4;
/** Newton's step takes the square of the dimension for every point. */
const MAX_NEWTON_DIMENSIONS = 64;
/** Weights of points that Newton's step can do without: it only has to lead higher. */
const NEGLIGIBLE = 1e-6;
/** By how much longer the next shift is tried when a longer one has succeeded. */
const STRIDE_GROWTH = 1.6;

/** How far the climbs go. */
export interface ClimbLimits {
  /** Rises of ln c below this do not count. */
  readonly minRise: number;
  /** ln c of a mode that alone is worth to look no further soon. */
  readonly enough: number;
  /** 1000 by default, which hardly any climb needs. */
  readonly maxSteps?: number;
}

/**
 * The modes that are climbed to from the given places, [K] each, in the order in which they are found; those that
 * coincide once. Of modes above `enough` no more are looked for than there are dimensions.
 */
export function findModes(field: DualField, starts: Iterable<Float64Array>, limits: ClimbLimits): Mode[] {
  const found: Mode[] = [];
  for (const start of starts) {
    const mode = climb(field, start, found, limits);
    if (mode) found.push(mode);
    if (found.filter(({ logHeight }) => logHeight > limits.enough).length > field.dimension) break;
  }
  return found;
}

/** Undefined where the climb ends on a known mode. */
function climb(
  field: DualField,
  start: Float64Array,
  known: readonly Mode[],
  { minRise, maxSteps = MAX_STEPS }: ClimbLimits,
): Mode | undefined {
  const { slope, dimension } = field;
  const leadsTo = ({ place: mode }: Mode) =>
    slope * squaredDistance(place, 0, mode, 0, dimension) < NEAR_MODE_NATS;
  let place = start;
  let here = look(field, place);
  let stride = 1;
  let idle = 0;
  let plain = 0;
  for (let step = 1; ; step++) {
    if (known.some(leadsTo)) return undefined;
    const moved = slope * squaredDistance(here.mean, 0, place, 0, dimension);
    const arrived = moved < LAST_SHIFT_NATS || idle >= MAX_IDLE_STEPS || step >= maxSteps;
    if (arrived) return { place, logHeight: here.logHeight };
    const newton = plain > 0 ? undefined : newtonPlace(field, place, here);
    plain = Math.max(0, plain - 1);
    const before = here.logHeight;
    place = newton ?? along(place, here.mean, stride);
    const there = look(field, place);
    if (there.logHeight >= before) {
      stride = newton ? 1 : stride * STRIDE_GROWTH;
      here = there;
    } else {
      stride = 1;
      if (newton) plain = PLAIN_STEPS;
      place = here.mean;
      here = look(field, place);
    }
    idle = here.logHeight - before < minRise ? idle + 1 : 0;
  }
}

/** What is seen from a place. */
interface View {
  /** ln c. */
  readonly logHeight: number;
  /** Of the points' weights in c, [N]; their sum is 1. */
  readonly shares: Float64Array;
  /** The mean of the points so weighted: where a shift leads. */
  readonly mean: Float64Array;
}

function look({ points, dimension, slope, logWeights }: DualField, place: Float64Array): View {
  const shares = new Float64Array(logWeights.length);
  let maximum = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < shares.length; n++) {
    const value = logWeights[n] - slope * squaredDistance(points, n * dimension, place, 0, dimension);
    shares[n] = value;
    if (value > maximum) maximum = value;
  }
  let sum = 0;
  for (let n = 0; n < shares.length; n++) {
    shares[n] = Math.exp(shares[n] - maximum);
    sum += shares[n];
  }
  const mean = new Float64Array(dimension);
  for (let n = 0; n < shares.length; n++) {
    shares[n] /= sum;
    for (let k = 0; k < dimension; k++) mean[k] += shares[n] * points[n * dimension + k];
  }
  return { logHeight: maximum + Math.log(sum), shares, mean };
}

/**
 * Newton's next place: the second derivative of ln c is -2 slope (I - 2 slope C), with C the covariance of the points as
 * they are weighted there, and the first 2 slope (mean - place). Where ln c does not bend down in all directions, as much
 * is added as makes it. Undefined where that is too much, or there are too many dimensions.
 */
function newtonPlace(
  { points, dimension, slope }: DualField,
  place: Float64Array,
  { shares, mean }: View,
): Float64Array | undefined {
  if (dimension > MAX_NEWTON_DIMENSIONS) return undefined;
  const bend = new Float64Array(dimension * dimension);
  for (let n = 0; n < shares.length; n++) {
    const weight = 2 * slope * shares[n];
    if (weight < NEGLIGIBLE) continue;
    for (let a = 0; a < dimension; a++) {
      const share = weight * (points[n * dimension + a] - mean[a]);
      for (let b = 0; b <= a; b++) bend[a * dimension + b] -= share * (points[n * dimension + b] - mean[b]);
    }
  }
  const shift = mean.map((value, k) => value - place[k]);
  for (const damping of DAMPINGS) {
    const damped = bend.slice();
    for (let a = 0; a < dimension; a++) damped[a * dimension + a] += 1 + damping;
    const step = choleskySolve(damped, shift);
    if (step) return step.map((value, k) => place[k] + value);
  }
  return undefined;
}

function along(from: Float64Array, to: Float64Array, stride: number): Float64Array {
  return from.map((value, k) => value + stride * (to[k] - value));
}
