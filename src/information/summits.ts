/**
 * Where the dual's c(y) = sum_n p(n) e^(-slope |x(n) - y|^2) / Z(n) is highest over all of space. It is a mixture of
 * gaussians of one width, one on each point of the source, and mean shift climbs it: each step goes to the mean of the
 * points as they are weighted there, and never down (Cheng, "Mean shift, mode seeking, and clustering", 1995).
 */
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
/** A step of so few nats is the last. */
const LAST_STEP_NATS = 1e-14;
const MOST_STEPS = 2000;
/** Steps between two looks whether the climb leads to a summit that is known. */
const LOOK_EVERY = 4;

/**
 * The summits that are climbed to from the given places, each once, in the order in which they are found.
 * @param starts places, [*, K] each of one row.
 */
export function summitsFrom(field: DualField, starts: Iterable<Float64Array>): Summit[] {
  const found: Summit[] = [];
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
  for (let step = 1; ; step++) {
    const { mean, logHeight } = shift(field, place);
    const moved = slope * squaredDistance(mean, 0, place, 0, dimension);
    const arrived = moved < LAST_STEP_NATS || step >= MOST_STEPS;
    if ((arrived || step % LOOK_EVERY === 0) && isKnown(place)) return undefined;
    if (arrived) return { place, logHeight };
    place = mean;
  }
}

/** ln c at a place, and the mean of the points as weighted there: the next place. */
function shift({ points, dimension, slope, logWeights }: DualField, place: Float64Array) {
  const exponents = new Float64Array(logWeights.length);
  let greatest = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < exponents.length; n++) {
    const value = logWeights[n] - slope * squaredDistance(points, n * dimension, place, 0, dimension);
    exponents[n] = value;
    if (value > greatest) greatest = value;
  }
  const mean = new Float64Array(dimension);
  let sum = 0;
  for (let n = 0; n < exponents.length; n++) {
    const weight = Math.exp(exponents[n] - greatest);
    sum += weight;
    for (let k = 0; k < dimension; k++) mean[k] += weight * points[n * dimension + k];
  }
  for (let k = 0; k < dimension; k++) mean[k] /= sum;
  return { mean, logHeight: greatest + Math.log(sum) };
}
