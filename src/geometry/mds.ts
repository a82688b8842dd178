import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { pairwiseDistances } from "./distance.js";
import { principalComponents } from "./pca.js";
import type { Points } from "./points.js";
import { requireOption, requireWhole } from "./range.js";
import { smacof } from "./smacof.js";

/** All distances are held in memory: 400 MB for this many points. */
const MAX_POINTS = 10_000;

/** Dimensions of an embedding, and how long its stress is minimised. */
export interface MdsOptions {
  /** Dimensions of the embedding; 2 by default. */
  readonly dimensions?: number;
  /** Random starts in addition to the classical one, unless that keeps every distance already; 4 by default. */
  readonly randomStarts?: number;
  /** Passes a start may take; 300 by default. */
  readonly iterations?: number;
  /** Relative decrease of the raw stress below which a start has converged; 1e-5 by default. */
  readonly tolerance?: number;
}

/** A map of points that keeps their distances as well as its dimensions allow (rules G7 and G8). */
export interface MdsResult {
  /** [points, dimensions], centred on the origin, along its principal axes. */
  readonly embedding: NumericArray<Float64Array>;
  /** Raw stress: the sum over pairs of the squared error of the distance, in squared units of the points (rule G7). */
  readonly stress: number;
  /** Stress-1: the root of the raw stress over the sum of squared distances, in [0, 1]; 0 for points that coincide (rule G7). */
  readonly stress1: number;
  /** What each start came to, with its raw stress; the first is the classical one, the others are random. */
  readonly starts: readonly {
    readonly start: string;
    readonly stress: number;
    readonly iterations: number;
    readonly converged: boolean;
  }[];
}

/**
 * Metric multidimensional scaling of Euclidean distances by SMACOF (rule G8): from the classical solution
 * (Torgerson: for Euclidean distances, the principal components) and from random configurations; the one of
 * lowest raw stress is kept. Where the classical one keeps every distance there is none better, and no other
 * is tried.
 * Source: de Leeuw, "Applications of convex analysis to multidimensional scaling" (1977).
 * @param points [N, D], N up to 10,000.
 * @param uniform gives independent numbers, as many as asked, uniform in [0, 1): the only source of chance.
 * @returns the map, [N, dimensions] in the unit of the points, and its stress.
 * @throws UserError for more than 10,000 points, and for options out of range.
 */
export function metricMds(
  points: Points,
  uniform: (count: number) => Float64Array,
  options: MdsOptions = {},
): MdsResult {
  const { dimensions = 2, randomStarts = 4, iterations = 300, tolerance = 1e-5 } = options;
  requireWhole("multidimensional scaling, dimensions", dimensions, 1);
  requireWhole("multidimensional scaling, random starts", randomStarts, 0);
  requireWhole("multidimensional scaling, iterations", iterations, 1);
  requireOption("multidimensional scaling, tolerance", tolerance, tolerance >= 0, "a number of at least 0");
  if (points.count > MAX_POINTS) {
    throw new UserError({
      where: points.name,
      what: `multidimensional scaling holds the distances of all pairs, and ${points.count} points have too many`,
      remedy: `Give at most ${MAX_POINTS} points, for instance a random sample`,
    });
  }
  const distances = pairwiseDistances(points);
  const limits = { iterations, tolerance };
  const from = (start: string, configuration: Float64Array) => ({
    start,
    ...smacof(distances, configuration, dimensions, limits),
  });
  const results = [from("classical", principalCoordinates(points, dimensions))];
  for (let s = 1; s <= randomStarts && !results[0].exact; s++) {
    results.push(from(`random ${s}`, uniform(points.count * dimensions)));
  }
  const best = results.reduce((a, b) => (b.stress < a.stress ? b : a));
  const { count } = points;
  // Stress does not see where a map lies or how it is turned: its principal axes make runs comparable.
  const map: Points = {
    name: "embedding",
    count,
    dimension: dimensions,
    coordinates: best.configuration,
  };
  const embedding = principalCoordinates(map, dimensions);
  const squares = distances.reduce((sum, value) => sum + value * value, 0);
  return {
    embedding: { shape: [count, dimensions], data: embedding },
    stress: best.stress,
    stress1: best.stress === 0 ? 0 : Math.sqrt(best.stress / squares),
    starts: results.map(({ configuration: _, exact: __, ...outcome }) => outcome),
  };
}

/** Principal components as coordinates, with zeros where the points have fewer of them than the map has dimensions. */
function principalCoordinates(points: Points, dimensions: number): Float64Array {
  const known = Math.min(dimensions, points.dimension, points.count);
  const { projection } = principalComponents(points, known);
  const coordinates = new Float64Array(points.count * dimensions);
  for (let k = 0; k < projection.data.length; k++) {
    coordinates[Math.floor(k / known) * dimensions + (k % known)] = projection.data[k];
  }
  return coordinates;
}
