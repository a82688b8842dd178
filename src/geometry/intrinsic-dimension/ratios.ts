import { UserError } from "../../errors.js";
import {
  assertDistances,
  type DimensionEstimate,
  type EstimatorOptions,
  estimatorOptions,
  type NeighbourDistances,
} from "./estimate.js";

/** Ratios of two neighbours' distances (rule N4). */
export interface DistanceRatios {
  /** r(n2) / r(n1), at least 1, of the queries that have one, in their order. */
  readonly ratios: Float64Array;
  /** The query of each, as its place among the M. */
  readonly places: Int32Array;
  /** Queries left out because their nearer distance is 0, or so near 0 that the ratio is none. */
  readonly zeroDistances: number;
  /** Ratios of exactly 1. */
  readonly tied: number;
  /** Mean of r(n1) and r(n2) over the queries that have a ratio. */
  readonly scale: number;
}

/**
 * The ratios r(n2) / r(n1) of each query (rule N4).
 * @throws UserError for distances that are none, and under the policy `error` for a distance of 0.
 */
export function distanceRatios(
  neighbours: NeighbourDistances,
  n1: number,
  n2: number,
  options: EstimatorOptions,
): DistanceRatios {
  const { zeros, name } = estimatorOptions(options);
  const queries = assertDistances(neighbours, n2, name);
  const { distances, k } = neighbours;
  const ratios = new Float64Array(queries);
  const places = new Int32Array(queries);
  let [kept, tied, sum] = [0, 0, 0];
  for (let query = 0; query < queries; query++) {
    const near = distances[query * k + n1 - 1];
    const far = distances[query * k + n2 - 1];
    const ratio = far / near;
    if (!Number.isFinite(ratio)) {
      if (zeros === "drop-mu") continue;
      throw new UserError({
        where: `${name}, query ${query}`,
        what: `neighbour ${n1} lies at a distance of ${near}: there is no ratio to it`,
        remedy:
          "Drop points that repeat another, or choose the policy drop-mu, which leaves such queries out",
      });
    }
    places[kept] = query;
    ratios[kept++] = ratio;
    if (ratio === 1) tied += 1;
    sum += near + far;
  }
  return {
    ratios: ratios.subarray(0, kept),
    places: places.subarray(0, kept),
    zeroDistances: queries - kept,
    tied,
    scale: sum / (2 * kept),
  };
}

/** Why these ratios have no dimension, or null. */
export function whyUndefined({ ratios, tied, zeroDistances }: DistanceRatios): string | null {
  if (ratios.length < 3) {
    return `only ${ratios.length} ratios are left without ${zeroDistances} distances of 0`;
  }
  if (tied === ratios.length) return "each point's neighbours lie at one distance: all ratios are 1";
  return null;
}

/** What is reported if there is no dimension. */
export function withoutNumber(
  { ratios, scale, zeroDistances, tied }: DistanceRatios,
  reason: string,
): DimensionEstimate {
  return {
    dimension: Number.NaN,
    standardError: Number.NaN,
    linkedError: null,
    scale,
    queries: ratios.length,
    zeroDistances,
    tied,
    reason,
  };
}
