import { UserError } from "../errors.js";
import type { Points } from "../geometry/points.js";
import { requireWhole } from "../geometry/range.js";
import { dot } from "../linear-algebra/vectors.js";
import { assertNumericArray, type NumericArray } from "../numeric-array.js";
import { PhiloxStream } from "../random/stream.js";
import { errorOfMean, mean } from "../statistics.js";
import { assertComparable } from "./assertions.js";

/** Directions of the projections (rule Q3). */
export interface SlicedWassersteinOptions {
  /** How many directions are drawn, 256 by default; or the directions, [P, D], each of which is scaled to length 1. */
  readonly projections?: number | NumericArray;
  /** Draws the directions (stream (seed, `sliced wasserstein`, 0)); 0 by default. */
  readonly seed?: number;
}

/** The sliced Wasserstein distances of two sets of samples (rule Q3). */
export interface SlicedWasserstein {
  /** Mean over directions of the distance W1 of the projections, in the samples' unit. */
  readonly w1: number;
  /** Root of the mean over directions of the squared distance W2, in the samples' unit. */
  readonly w2: number;
  /** Of `w1` and `w2`, as directions are a sample of all: by their spread; NaN for one direction. */
  readonly standardErrors: { readonly w1: number; readonly w2: number };
  /** [P], of each direction. */
  readonly perProjection: { readonly w1: Float64Array; readonly w2Squared: Float64Array };
}

/**
 * Sliced Wasserstein distances of two sets of samples (rule Q3): both are projected on the same directions,
 * where the best transport pairs them in ascending order. Sets of different size are compared by their
 * quantile functions, exactly. Time P (N D + N log N).
 * Source: Bonneel, Rabin, Peyré and Pfister, "Sliced and Radon Wasserstein barycenters of measures" (2015).
 * @param x samples [N_x, D]: pixels, or features of a network.
 * @param y samples [N_y, D].
 * @throws UserError for samples of different dimension, and for directions that are not: another dimension,
 * or of length 0.
 */
export function slicedWasserstein(
  x: Points,
  y: Points,
  options: SlicedWassersteinOptions = {},
): SlicedWasserstein {
  assertComparable(x, y, 1);
  const directions = directionsOf(x.dimension, options);
  const w1 = new Float64Array(directions.length);
  const w2Squared = new Float64Array(directions.length);
  for (const [p, direction] of directions.entries()) {
    const costs = transportOnLine(projected(x, direction), projected(y, direction));
    w1[p] = costs.w1;
    w2Squared[p] = costs.w2Squared;
  }
  const w2 = Math.sqrt(mean(w2Squared));
  const squareError = errorOfMean(w2Squared);
  return {
    w1: mean(w1),
    w2,
    standardErrors: { w1: errorOfMean(w1), w2: w2 > 0 ? squareError / (2 * w2) : squareError },
    perProjection: { w1, w2Squared },
  };
}

/**
 * W1 and squared W2 between two sets of numbers, each sorted in ascending order (rule Q3): the integrals of
 * the difference of their quantile functions, which are steps. For sets of equal size that is the mean over
 * pairs of equal rank. The order is not checked.
 * @param x [N_x], ascending.
 * @param y [N_y], ascending, in the same unit.
 * @returns W1 in that unit, W2 squared in its square.
 */
export function transportOnLine(
  x: Float64Array,
  y: Float64Array,
): { readonly w1: number; readonly w2Squared: number } {
  let [w1, w2Squared] = [0, 0];
  // Shares of the way in units of 1 / (N_x N_y): whole numbers, so that steps that end together do so exactly.
  const end = x.length * y.length;
  for (let i = 0, j = 0, at = 0; at < end; ) {
    const [endX, endY] = [(i + 1) * y.length, (j + 1) * x.length];
    const next = Math.min(endX, endY);
    const gap = Math.abs(x[i] - y[j]);
    w1 += (next - at) * gap;
    w2Squared += (next - at) * gap * gap;
    at = next;
    if (endX === next) i += 1;
    if (endY === next) j += 1;
  }
  return { w1: w1 / end, w2Squared: w2Squared / end };
}

function projected({ coordinates, count, dimension }: Points, direction: Float64Array): Float64Array {
  return Float64Array.from({ length: count }, (_, i) =>
    dot(coordinates.subarray(i * dimension, (i + 1) * dimension), direction),
  ).sort();
}

function directionsOf(dimension: number, { projections = 256, seed = 0 }: SlicedWassersteinOptions) {
  if (typeof projections === "number") {
    requireWhole("sliced Wasserstein distance, projections", projections, 1);
    const stream = new PhiloxStream(seed, "sliced wasserstein");
    const drawn = () => unitVector(stream.fillNormal(new Float64Array(dimension)));
    return Array.from({ length: projections }, drawn);
  }
  assertNumericArray(projections, "sliced Wasserstein distance, projections");
  const { shape, data } = projections;
  if (shape.length !== 2 || shape[0] < 1 || shape[1] !== dimension) {
    throw new UserError({
      where: "sliced Wasserstein distance, projections",
      what: `an array of shape [${shape.join(", ")}] does not hold directions in ${dimension} dimensions`,
      remedy: `Give one row of ${dimension} numbers per direction`,
    });
  }
  return Array.from({ length: shape[0] }, (_, p) =>
    unitVector(Float64Array.from(data.subarray(p * dimension, (p + 1) * dimension))),
  );
}

function unitVector(direction: Float64Array): Float64Array {
  const length = Math.sqrt(dot(direction, direction));
  if (length > 0 && length < Number.POSITIVE_INFINITY) return direction.map((value) => value / length);
  throw new UserError({
    where: "sliced Wasserstein distance, projections",
    what: `a direction has length ${length}`,
    remedy: "Give directions of finite length above 0",
  });
}
