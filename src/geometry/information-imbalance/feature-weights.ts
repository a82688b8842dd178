import { centredRows } from "../../linear-algebra/centring.js";
import { PhiloxStream } from "../../random/stream.js";
import type { Points } from "../points.js";
import { requireOption, requireWhole } from "../range.js";
import { assertVaryingSpaces } from "./assertions.js";
import { assertLambda, softImbalance } from "./differentiable.js";
import { type RankTable, rankTable } from "./rank-table.js";
import { automaticLambda, weightedDistances } from "./weighted-distances.js";

/** The measure, in messages. */
const WHERE = "feature weights";
const MEAN_DECAY = 0.9;
const SQUARE_DECAY = 0.999;
const ADAM_EPSILON = 1e-8;

/** How weights of features are learnt by the differentiable information imbalance: steps, learning rate, penalty. */
export interface FeatureWeightOptions {
  /** Steps of Adam; 100 by default. */
  readonly steps?: number;
  /** Of the first step, for features in units of their standard deviation; 0.1 by default. */
  readonly learningRate?: number;
  /** Steps in which the learning rate halves; a quarter of all by default. */
  readonly halvingSteps?: number;
  /**
   * Weighs the sum of all weights (in units of the standard deviation, their squares summing to their number) against the
   * imbalance: from 0, the default, upward; 0.001, for instance. More makes more weights 0.
   */
  readonly l1?: number;
  /** Rows whose neighbours are predicted, among all points; 1000 by default, or all where there are no more. */
  readonly rows?: number;
  /** Draws the rows (stream (seed, `feature weights`, 0)); 0 by default. */
  readonly seed?: number;
}

/** Weights of features with which their space predicts another (rule J11). */
export interface FeatureWeights {
  /** [D], what to multiply the features by; none below 0. 0 for a feature that does not vary. */
  readonly weights: Float64Array;
  /** [D], weight times standard deviation, the largest being 1: what a feature contributes, whatever its unit. */
  readonly importance: Float64Array;
  /** DII of the weights, on the rows that were used. */
  readonly imbalance: number;
  /** The same where every feature that varies counts alike: what the fit began with. */
  readonly startImbalance: number;
  /** The length at which `imbalance` is measured, in the units of the weighted features. */
  readonly lambda: number;
  /** [steps + 1], DII before each step and at the end. */
  readonly trace: Float64Array;
  /** Rows whose neighbours were predicted, M. */
  readonly rows: number;
}

/**
 * Which features of A predict the neighbours in B: weights that lower DII(A(w) -> B) (rule J11). A descent, not a search: another
 * start may end elsewhere. Of the weights that it came through, those of the minimum DII (with `l1`, of the minimum sum of both) are
 * returned, so that they are never worse than equal ones. Time steps M N D at most; 12 M N bytes.
 * Source as `differentiableImbalance`.
 * @param a features, [N, D]: units of a code, for instance.
 * @param b the space to be predicted, of the same samples: the input, for instance.
 * @throws UserError for spaces of different length, fewer than 3 samples, all points of one equal, and options out of range.
 */
export function fitFeatureWeights(a: Points, b: Points, options: FeatureWeightOptions = {}): FeatureWeights {
  assertVaryingSpaces(a, b, 1);
  const { steps = 100, learningRate = 0.1, l1 = 0, rows = Math.min(a.count, 1000), seed = 0 } = options;
  const { halvingSteps = Math.max(1, steps / 4) } = options;
  requireWhole(`${WHERE}, steps`, steps, 1);
  requireOption(
    `${WHERE}, learningRate`,
    learningRate,
    learningRate > 0 && learningRate < 1,
    "between 0 and 1",
  );
  requireOption(`${WHERE}, halvingSteps`, halvingSteps, halvingSteps > 0, "above 0");
  requireOption(
    `${WHERE}, l1`,
    l1,
    l1 >= 0 && l1 < Number.POSITIVE_INFINITY,
    "a finite number of at least 0",
  );
  const wholeRows = Number.isInteger(rows) && rows >= 1 && rows <= a.count;
  requireOption(`${WHERE}, rows`, rows, wholeRows, `an integer from 1 to ${a.count}`);

  const { points, deviations } = standardised(a);
  const table = rankTable(b, chosenRows(a.count, rows, seed));
  const descent = new Descent(deviations.map((deviation) => (deviation > 0 ? 1 : 0)));
  const distances = new Float64Array(rows * a.count);
  const trace = new Float64Array(steps + 1);
  let best = { loss: Number.POSITIVE_INFINITY, step: 0, lambda: 0, weights: descent.weights };
  for (let step = 0; step <= steps; step++) {
    const { value, gradient, lambda } = automatic(points, table, descent.weights, distances);
    trace[step] = value;
    const loss = value + l1 * descent.weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
    if (loss < best.loss) best = { loss, step, lambda, weights: descent.weights };
    if (step < steps) descent.step(gradient, learningRate * 0.5 ** (step / halvingSteps), l1);
  }
  const largest = best.weights.reduce((maximum, weight) => Math.max(maximum, Math.abs(weight)), 0);
  const importance = best.weights.map((weight) => Math.abs(weight) / largest);
  return {
    weights: importance.map((share, c) => (share > 0 ? share / deviations[c] : 0)),
    importance,
    imbalance: trace[best.step],
    startImbalance: trace[0],
    lambda: best.lambda / largest,
    trace,
    rows,
  };
}

function automatic(points: Points, table: RankTable, weights: Float64Array, distances: Float64Array) {
  weightedDistances(points, table.queries, weights, distances);
  const lambda = automaticLambda(distances, points.count);
  assertLambda(points, lambda, true);
  return { ...softImbalance(points, table, weights, distances, lambda), lambda };
}

/**
 * Adam on a sphere. Larger weights at the same lambda lower the DII without choosing anything, and lambda grows with the
 * weights: so only the part of the gradient counts that leaves their size as it is, and the size is restored after each step.
 */
class Descent {
  weights: Float64Array;
  readonly #size: number;
  readonly #means: Float64Array;
  readonly #squares: Float64Array;
  #steps = 0;

  constructor(start: Float64Array) {
    this.weights = start;
    this.#size = lengthOf(start);
    this.#means = new Float64Array(start.length);
    this.#squares = new Float64Array(start.length);
  }

  step(gradient: Float64Array, rate: number, l1: number): void {
    this.#steps += 1;
    const outward = gradient.reduce((sum, slope, c) => sum + slope * this.weights[c], 0) / this.#size ** 2;
    const next = this.weights.map((weight, c) => {
      const slope = gradient[c] - outward * weight;
      this.#means[c] += (1 - MEAN_DECAY) * (slope - this.#means[c]);
      this.#squares[c] += (1 - SQUARE_DECAY) * (slope * slope - this.#squares[c]);
      const mean = this.#means[c] / (1 - MEAN_DECAY ** this.#steps);
      const root = Math.sqrt(this.#squares[c] / (1 - SQUARE_DECAY ** this.#steps));
      const moved = weight - (rate * mean) / (root + ADAM_EPSILON);
      // Towards 0 in Adam's own measure and not beyond it; no faster than the slope itself could, as from 0 there is no way back.
      const taken = rate * Math.min(1, l1 / (root + ADAM_EPSILON));
      return Math.sign(moved) * Math.max(0, Math.abs(moved) - taken);
    });
    const size = lengthOf(next);
    // An l1 that would take everything leaves the weights as they are.
    if (size > 0) this.weights = next.map((weight) => (weight * this.#size) / size);
  }
}

function lengthOf(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

/** Features over their standard deviation (divisor: samples), centred; a feature that does not vary stays 0. */
function standardised(features: Points): {
  points: Points;
  deviations: Float64Array;
} {
  const { name, count, dimension } = features;
  const { centred } = centredRows(features);
  const deviations = new Float64Array(dimension);
  for (let at = 0; at < centred.length; at++) deviations[at % dimension] += centred[at] ** 2 / count;
  for (let c = 0; c < dimension; c++) deviations[c] = Math.sqrt(deviations[c]);
  const scaled = centred.map((value, at) =>
    deviations[at % dimension] > 0 ? value / deviations[at % dimension] : 0,
  );
  return { points: { name, count, dimension, coordinates: scaled }, deviations };
}

function chosenRows(count: number, rows: number, seed: number): Int32Array {
  if (rows === count) return Int32Array.from({ length: count }, (_, i) => i);
  return Int32Array.from(
    new PhiloxStream(seed, "feature weights").permutation(count).subarray(0, rows),
  ).sort();
}
