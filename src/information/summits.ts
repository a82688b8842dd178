/**
 * Where the dual's c(y) = sum_n p(n) e^(-slope |x(n) - y|^2) / Z(n) is highest over all of space. It is a mixture of
 * gaussians of one width, one on each point of the source, and mean shift climbs it: each step goes to the mean of the
 * points as they are weighted there, and never down (Cheng, "Mean shift, mode seeking, and clustering", 1995). Where c is flat
 * it would take thousands of steps; so longer ones, and Newton's, are taken where they lead higher.
 */
import { choleskySolve } from "./cholesky.js";
import { squaredDistance } from "./squared-distances.js";

/** A place that is higher than its surroundings. */
export interface Summit {
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
const MOST_STEPS = 1000;
/** Steps between two looks whether the climb leads to a summit that is known. */
const LOOK_EVERY = 4;
/** Newton's step takes the square of the dimension for every point. */
const MOST_NEWTON_DIMENSIONS = 64;
/** By how much longer the next shift is tried when a longer one has succeeded. */
const STRIDE_GROWTH = 1.6;

/**
 * The summits that are climbed to from the given places, each once, in the order in which they are found.
 * @param starts places, [K] each.
 * @param known summits that were found before, which come first.
 */
export function summitsFrom(
  field: DualField,
  starts: Iterable<Float64Array>,
  known: readonly Summit[] = [],
): Summit[] {
  const found = [...known];
  for (const start of starts) {
    const summit = climb(field, start, found);
    if (summit) found.push(summit);
  }
  return found;
}

/** Undefined where the climb ends on a known summit. */
function climb(field: DualField, start: Float64Array, known: readonly Summit[]): Summit | undefined {
  const { slope, dimension } = field;
  const isKnown = (place: Float64Array) =>
    known.some((summit) => slope * squaredDistance(place, 0, summit.place, 0, dimension) < SAME_PLACE_NATS);
  let place = start;
  let here = look(field, place);
  let stride = 1;
  for (let step = 1; ; step++) {
    const moved = slope * squaredDistance(here.mean, 0, place, 0, dimension);
    const arrived = moved < LAST_SHIFT_NATS || step >= MOST_STEPS;
    if ((arrived || step % LOOK_EVERY === 0) && isKnown(place)) return undefined;
    if (arrived) return { place, logHeight: here.logHeight };
    const newton = newtonPlace(field, place, here);
    const bold = newton ?? along(place, here.mean, stride);
    const there = look(field, bold);
    if (there.logHeight >= here.logHeight) {
      stride = newton ? 1 : stride * STRIDE_GROWTH;
      place = bold;
      here = there;
    } else {
      stride = 1;
      place = here.mean;
      here = look(field, place);
    }
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
  let greatest = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < shares.length; n++) {
    const value = logWeights[n] - slope * squaredDistance(points, n * dimension, place, 0, dimension);
    shares[n] = value;
    if (value > greatest) greatest = value;
  }
  let sum = 0;
  for (let n = 0; n < shares.length; n++) {
    shares[n] = Math.exp(shares[n] - greatest);
    sum += shares[n];
  }
  const mean = new Float64Array(dimension);
  for (let n = 0; n < shares.length; n++) {
    shares[n] /= sum;
    for (let k = 0; k < dimension; k++) mean[k] += shares[n] * points[n * dimension + k];
  }
  return { logHeight: greatest + Math.log(sum), shares, mean };
}

/**
 * Newton's next place, where ln c bends down in all directions: its second derivative is
 * -2 slope (I - 2 slope C), with C the covariance of the points as they are weighted there, and its first
 * 2 slope (mean - place). Undefined where it does not.
 */
function newtonPlace(
  { points, dimension, slope }: DualField,
  place: Float64Array,
  { shares, mean }: View,
): Float64Array | undefined {
  if (dimension > MOST_NEWTON_DIMENSIONS) return undefined;
  const bend = new Float64Array(dimension * dimension);
  for (let a = 0; a < dimension; a++) bend[a * dimension + a] = 1;
  for (let n = 0; n < shares.length; n++) {
    const weight = 2 * slope * shares[n];
    if (weight < Number.EPSILON) continue;
    for (let a = 0; a < dimension; a++) {
      const share = weight * (points[n * dimension + a] - mean[a]);
      for (let b = 0; b <= a; b++) bend[a * dimension + b] -= share * (points[n * dimension + b] - mean[b]);
    }
  }
  const step = choleskySolve(
    bend,
    mean.map((value, k) => value - place[k]),
  );
  return step?.map((value, k) => place[k] + value);
}

function along(from: Float64Array, to: Float64Array, stride: number): Float64Array {
  return from.map((value, k) => value + stride * (to[k] - value));
}
