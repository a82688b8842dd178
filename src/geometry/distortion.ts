import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { distancesToLater } from "./distance.js";
import type { Labels } from "./labels.js";
import { assertSameCount, type Points } from "./points.js";

/** More classes than this make a matrix that cannot be read, and one that fills the memory. */
const MAX_CLASSES = 4096;

/** A larger ratio means that the reference distance is 0 but for rounding; its square would leave float64. */
const LARGEST_RATIO = 1e100;

/** A distortion matrix and what went into it (rules G4 and G5). */
export interface Distortion {
  /**
   * [classes, classes] in the order of `labels.classes`, symmetric and without a unit: mean ratio of the pair
   * of classes minus the mean ratio of all pairs; NaN if no pair is finite.
   */
  readonly matrix: NumericArray<Float64Array>;
  /**
   * Mean, standard deviation (divided by the number of pairs) and extremes of the ratio over all ordered
   * pairs, self-pairs included; without a unit, 1 keeps the distance.
   */
  readonly ratio: {
    readonly mean: number;
    readonly standardDeviation: number;
    readonly min: number;
    readonly max: number;
  };
  /** Ordered pairs of samples, self-pairs included. */
  readonly pairs: {
    readonly total: number;
    /** Pairs of two samples that coincide in both codes: 0/0, taken as 1. */
    readonly coincidingInBoth: number;
    /** Pairs that coincide in the reference only, or a ratio above 1e100: they are left out of every mean. */
    readonly infinite: number;
  };
}

/**
 * How much a code stretches (above 0) or shrinks (below 0) distances within and between classes, against a
 * reference code of the same samples and against its own average stretch (rules G4 and G5; D'Amato, Lancia and
 * Pezzulo, "The geometry of efficient codes"). Runs over all pairs without storing them.
 * @param latents the code, [samples, any dimension].
 * @param reference the code it is compared with, [samples, any dimension].
 * @throws UserError when the three do not hold the same samples, or when the labels make more than 4096 classes.
 */
export function distortionMatrix(latents: Points, reference: Points, labels: Labels): Distortion {
  assertSameCount(latents, reference);
  assertSameCount(latents, labels);
  const classes = labels.classes.length;
  if (classes > MAX_CLASSES) {
    throw new UserError({
      where: labels.name,
      what: `the labels make ${classes} classes; a distortion matrix takes at most ${MAX_CLASSES}`,
      remedy: "Give labels that several samples share, such as a class or a position",
    });
  }
  const { count } = latents;
  const { classOf, sizes } = labels;
  // Sums of ratio - 1 over pairs i < j: a code against itself is then exactly 0 everywhere.
  const excess = new Float64Array(classes * classes);
  const left = new Uint32Array(classes * classes);
  let [total, squares, min, max, coinciding, infinite] = [0, 0, 1, 1, 0, 0];
  const numerators = new Float64Array(count);
  const denominators = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const row = classOf[i] * classes;
    distancesToLater(latents, i, numerators);
    distancesToLater(reference, i, denominators);
    for (let j = i + 1; j < count; j++) {
      const numerator = numerators[j - i - 1];
      const denominator = denominators[j - i - 1];
      let ratio = numerator / denominator;
      if (denominator === 0 && numerator === 0) {
        ratio = 1;
        coinciding += 1;
      } else if (ratio > LARGEST_RATIO) {
        left[row + classOf[j]] += 1;
        infinite += 1;
        continue;
      }
      if (ratio < min) min = ratio;
      if (ratio > max) max = ratio;
      const difference = ratio - 1;
      excess[row + classOf[j]] += difference;
      total += difference;
      squares += difference * difference;
    }
  }
  const finitePairs = count * count - 2 * infinite;
  const mean = (2 * total) / finitePairs;
  const matrix = new Float64Array(classes * classes);
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b < classes; b++) {
      const [ab, ba] = [a * classes + b, b * classes + a];
      matrix[ab] = (excess[ab] + excess[ba]) / (sizes[a] * sizes[b] - left[ab] - left[ba]) - mean;
    }
  }
  return {
    matrix: { shape: [classes, classes], data: matrix },
    ratio: {
      mean: 1 + mean,
      standardDeviation: Math.sqrt(Math.max(0, (2 * squares) / finitePairs - mean * mean)),
      min,
      max,
    },
    pairs: { total: count * count, coincidingInBoth: 2 * coinciding, infinite: 2 * infinite },
  };
}
