/**
 * The minimum distortion that any code of Corridors images can have at a rate, where the distortion only asks for the cause:
 * the pair of positions S = (xU, xL) (rules B5 to B7). S -> image -> code is a chain, so a code has no more nats about S than
 * it holds of the image.
 */

import { CORRIDORS_LABELS, type CorridorsOptions, resolveCorridors } from "../data/corridors.js";
import { corridorsMeanRows } from "../data/corridors-means.js";
import { classify, namedRule, parseLabelRule } from "../data/label-rules/index.js";
import { refuse } from "../errors.js";

import type { DiscreteSourcePoint } from "./blahut-arimoto.js";
import { discreteProblem, pointsProblem, type SumPoint, sumProblem } from "./curve-problems.js";
import type { PointSourcePoint } from "./point-source.js";
import { RateDistortionCurve } from "./rate-distortion-curve.js";
import { entropyNats } from "./source.js";

/** Settings of the Corridors images; the paper's by default. */
export type CorridorsCause = Pick<CorridorsOptions, "size" | "sigma" | "bias" | "weights">;

/** The bound at one rate. */
export interface CorridorsBound {
  /** The rate that was asked for, in nats per image. */
  readonly rateNats: number;
  /** Squared error per pixel that some code of the positions reaches at this rate (rule B6). */
  readonly positionDistortion: number;
  /** No code of this rate gets below: where this is `positionDistortion`, both are the bound. */
  readonly lowerPositionDistortion: number;
  /** Their difference. */
  readonly gap: number;
  /** Nats per unit of position distortion; infinite where the rate is all that the positions hold. */
  readonly slope: number;
}

const TOLERANCE_NATS = 1e-5;
/** The positions together make 169 points, each step of which takes a hundred times longer. */
const JOINT_TOLERANCE_NATS = 1e-3;
/** Of the tolerance, for each point of a curve. */
const SHARE_OF_POINTS = 0.1;
/** Points of a source whose two positions depend on each other. */
const MAX_JOINT_CELLS = 1000;
/** Probabilities whose products agree so well are independent. */
const INDEPENDENT = 1e-12;

/**
 * Probabilities of the positions (rule D7): [size * size], xU the slow index.
 * @throws UserError when size, sigma, bias or weights are out of their range.
 */
export function corridorsProbabilities(cause: CorridorsCause = {}): Float64Array {
  // How many are drawn does not matter here.
  const { weights } = resolveCorridors({ ...cause, samples: 1 });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Float64Array.from(weights, (weight) => weight / total);
}

/**
 * The minimum position distortion at every rate: squared error per pixel between a reconstruction and the mean image of the
 * true positions (rule B6). Where the two positions are independent (no bias, or `lower`), the sum of two small problems.
 * @param toleranceNats largest gap between what is reached and what is proven, in nats: 1e-5 by default, 1e-3 where the
 * positions depend on each other (`aligned`, weights), which takes seconds.
 * @throws UserError when size, sigma, bias or weights are out of their range, and for positions that depend on each other in more than 1000 cells.
 */
export function corridorsPositionCurve(
  cause: CorridorsCause = {},
  toleranceNats?: number,
): RateDistortionCurve<SumPoint<PointSourcePoint>> {
  if (!positionsAreIndependent(cause)) return corridorsJointCurve(cause, toleranceNats);
  const { upper, lower } = columnProbabilities(cause);
  const tolerance = toleranceNats ?? TOLERANCE_NATS;
  const limits = { toleranceNats: tolerance * SHARE_OF_POINTS };
  const rows = halfRows(cause);
  const upperProblem = pointsProblem({ probabilities: upper, points: rows }, limits);
  const alike = upper.every((p, column) => Math.abs(p - lower[column]) < INDEPENDENT);
  const lowerProblem = alike ? upperProblem : pointsProblem({ probabilities: lower, points: rows }, limits);
  return new RateDistortionCurve(sumProblem([upperProblem, lowerProblem]), tolerance);
}

/** How often each column holds the upper and the lower corridor, [size] each. */
function columnProbabilities(cause: CorridorsCause) {
  const { size } = resolveCorridors({ ...cause, samples: 1 });
  const upper = new Float64Array(size);
  const lower = new Float64Array(size);
  corridorsProbabilities(cause).forEach((p, cell) => {
    upper[Math.floor(cell / size)] += p;
    lower[cell % size] += p;
  });
  return { upper, lower };
}

/**
 * Whether the position of one corridor says nothing about that of the other: {@link corridorsPositionCurve} is then a hundred times quicker.
 * @throws UserError when size, sigma, bias or weights are out of their range.
 */
export function positionsAreIndependent(cause: CorridorsCause = {}): boolean {
  const { upper, lower } = columnProbabilities(cause);
  const size = upper.length;
  return corridorsProbabilities(cause).every(
    (p, cell) => Math.abs(p - upper[Math.floor(cell / size)] * lower[cell % size]) < INDEPENDENT,
  );
}

/**
 * The same curve from the positions taken together, whether or not they are independent: a point for every cell, in two
 * coordinates a column.
 * @throws UserError as {@link corridorsPositionCurve}, and for more than 1000 cells.
 */
export function corridorsJointCurve(
  cause: CorridorsCause = {},
  toleranceNats = JOINT_TOLERANCE_NATS,
): RateDistortionCurve<SumPoint<PointSourcePoint>> {
  const { size } = resolveCorridors({ ...cause, samples: 1 });
  if (size * size > MAX_JOINT_CELLS) {
    refuse(
      "corridors, size",
      `positions that depend on each other make ${size * size} points, and at most ${MAX_JOINT_CELLS} are computed`,
      "Give a smaller size, or no bias",
    );
  }
  const rows = halfRows(cause);
  const probabilities = corridorsProbabilities(cause);
  const points = new Float64Array(probabilities.length * 2 * size);
  probabilities.forEach((_, cell) => {
    const [upper, lower] = [Math.floor(cell / size), cell % size];
    points.set(rows.subarray(upper * size, (upper + 1) * size), cell * 2 * size);
    points.set(rows.subarray(lower * size, (lower + 1) * size), (cell * 2 + 1) * size);
  });
  const limits = { toleranceNats: toleranceNats * SHARE_OF_POINTS };
  const problem = pointsProblem({ probabilities, points }, limits);
  return new RateDistortionCurve(sumProblem([problem]), toleranceNats);
}

/**
 * The minimum share of wrong answers to a task over the positions, at every rate (rule B7). Only the class
 * matters, so the symbols are the classes.
 * @param task a named rule (E2M1 to E2M4) or any rule over xU and xL (rule D14).
 * @param toleranceNats largest gap between what is reached and what is proven, in nats; 1e-5 by default.
 * @throws UserError when size, bias or weights are out of their range, and for a rule that cannot be
 * read or makes a single class.
 */
export function corridorsTaskCurve(
  task: string,
  cause: CorridorsCause = {},
  toleranceNats = TOLERANCE_NATS,
): RateDistortionCurve<DiscreteSourcePoint> {
  const { size } = resolveCorridors({ ...cause, samples: 1 });
  const all = corridorsProbabilities(cause);
  const cells = [...all.keys()].filter((cell) => all[cell] > 0);
  const labels = Int32Array.from(cells.flatMap((cell) => [Math.floor(cell / size), cell % size]));
  const rule = parseLabelRule(namedRule(task), CORRIDORS_LABELS, "corridors");
  const { classes, classOf } = classify(rule, labels, CORRIDORS_LABELS.length);
  const probabilities = new Float64Array(classes.length);
  cells.forEach((cell, n) => {
    probabilities[classOf[n]] += all[cell];
  });
  const distortions = Float64Array.from({ length: classes.length ** 2 }, (_, k) =>
    Number(Math.floor(k / classes.length) !== k % classes.length),
  );
  const limits = { toleranceNats: toleranceNats * SHARE_OF_POINTS };
  const problem = discreteProblem({ probabilities, distortions }, limits);
  return new RateDistortionCurve(problem, toleranceNats);
}

/**
 * H(S), the entropy of the positions in nats: from this rate on the positions can be recovered without error.
 * @throws UserError when size, sigma, bias or weights are out of their range.
 */
export function corridorsEntropyNats(cause: CorridorsCause = {}): number {
  return entropyNats(corridorsProbabilities(cause));
}

/**
 * The bound at one rate, for a model to be compared with: no code of this rate has a lower position
 * distortion (rule B6). For many rates of one cause ask a {@link corridorsPositionCurve}, which keeps what it
 * has computed.
 * @param rateNats at least 0, in nats per image.
 * @throws UserError for a rate that is negative or no number, and as {@link corridorsPositionCurve}.
 */
export function corridorsBoundAt(rateNats: number, cause: CorridorsCause = {}): CorridorsBound {
  const { distortion, lowerDistortion, gap, slope } = corridorsPositionCurve(cause).atRate(rateNats);
  return { rateNats, positionDistortion: distortion, lowerPositionDistortion: lowerDistortion, gap, slope };
}

/**
 * The mean rows, [size, size], so weighted that squared distances are those of a half of the image, per pixel: all of its
 * (size - 1) / 2 rows have one profile, and the best reconstruction has too.
 */
function halfRows(cause: CorridorsCause): Float64Array {
  const { shape, data } = corridorsMeanRows(cause);
  const size = shape[0]!;
  const weight = Math.sqrt((size - 1) / 2) / size;
  return data.map((value) => value * weight);
}
