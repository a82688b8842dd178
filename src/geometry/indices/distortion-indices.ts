import type { Labels } from "../labels.js";
import { assertSameCount, type Points } from "../points.js";
import { requireOption, requireWhole } from "../range.js";
import { assertClasses, assertDimension } from "./assertions.js";
import { type ClassContrasts, classContrasts, type Series } from "./class-contrasts.js";
import { orderByClass, reorderPoints } from "./classwise.js";
import {
  bootstrapWeights,
  type Interval,
  percentileInterval,
  simultaneousIntervals,
  standardError,
} from "./resampling.js";

/** The intervals of distortion indices: source of chance, number of resamples, confidence. */
export interface IndicesOptions {
  /** Gives independent numbers, as many as asked, uniform in [0, 1): the only source of chance. */
  readonly uniform: (count: number) => Float64Array;
  /** Bootstrap resamples of the samples; 200 by default, 0 for no intervals. */
  readonly resamples?: number;
  /** Confidence of the intervals, in (0, 1); 0.95 by default. */
  readonly confidence?: number;
}

/**
 * A change from the reference code to the code, in natural logarithms of a ratio: 0 is no change, 0.69 a factor of 2.
 * NaN where it is undefined; infinite where a distance or a variance became 0, or is 0 in the reference only.
 */
export interface DistortionIndex {
  /** `inCode - inReference`. */
  readonly value: number;
  /** Ends of the bootstrap interval (rule G14); NaN where `value` is, or where no resample defines it. */
  readonly low: number;
  readonly high: number;
  /** Standard deviation over resamples (rule G15); NaN where one of them is undefined or infinite, or there are none. */
  readonly standardError: number;
  /** The property of the code: a natural logarithm of a ratio. */
  readonly inCode: number;
  /** The same property of the reference code. */
  readonly inReference: number;
  /** Resamples in which it is defined, of which the interval is made. */
  readonly resamples: number;
}

/** What a code did to the geometry of a reference code (rules G10 to G15 and G19). */
export interface DistortionIndices {
  /** Above 0: distances within classes shrank against those between classes (rule G11). */
  readonly prototypization: DistortionIndex & {
    /** The same for each class against all others. */
    readonly byClass: readonly DistortionIndex[];
  };
  /** For each class, above 0: it got more room than the other classes did (rule G12). */
  readonly specialization: {
    readonly byClass: readonly DistortionIndex[];
    /** Intervals of the classes that hold all at once (rule G15), to find the class that stands out. */
    readonly simultaneous: readonly Interval[];
  };
  /** Above 0: what distinguishes the classes became an axis of its own, along which they vary less (rule G19). */
  readonly orthogonalization: DistortionIndex;
  /** Above 0: members of a class differ more along other directions than those that distinguish the classes (rule G13). */
  readonly factorization: DistortionIndex;
  /** Bootstrap resamples that were drawn. */
  readonly resamples: number;
  /** Confidence of the intervals, in (0, 1). */
  readonly confidence: number;
}

/**
 * Prototypization, specialization, orthogonalization and factorization of a code against a reference code of the same
 * samples, with percentile bootstrap intervals over the samples (rules G10 to G15 and G19). They do not change when either code is rotated,
 * mirrored, moved or scaled, and change sign when the two codes are exchanged. Time grows with the square of the number
 * of samples, times resamples; no distance is stored.
 * @param latents the code, [samples, up to 256 dimensions].
 * @param reference the code it is compared with, [samples, up to 256 dimensions].
 * @throws UserError when the three do not hold the same samples, when the labels make one class or put no two samples
 * into one, and for more dimensions or options out of range.
 */
export function distortionIndices(
  latents: Points,
  reference: Points,
  labels: Labels,
  options: IndicesOptions,
): DistortionIndices {
  const { uniform, resamples = 200, confidence = 0.95 } = options;
  assertSameCount(latents, reference);
  assertSameCount(latents, labels);
  assertClasses(labels);
  assertDimension(latents);
  assertDimension(reference);
  requireWhole("distortion indices, resamples", resamples, 0);
  requireOption(
    "distortion indices, confidence",
    confidence,
    confidence > 0 && confidence < 1,
    "between 0 and 1",
  );
  const { order, starts } = orderByClass(labels);
  // Drawn in the order given, so that resamples are the same whatever the labels.
  const weightings = bootstrapWeights(labels.count, resamples, uniform).map((weights) =>
    Float64Array.from(order, (i) => weights[i]),
  );
  const contrasts = (points: Points) => classContrasts(reorderPoints(points, order), starts, weightings);
  const code = contrasts(latents);
  const base = contrasts(reference);
  const of = (property: (contrasts: ClassContrasts) => Series) =>
    change(property(code), property(base), confidence);
  const rooms = labels.classes.map((_, k) => changes(code.room[k], base.room[k]));
  const ofEachClass = (property: (contrasts: ClassContrasts, k: number) => Series) =>
    labels.classes.map((_, k) => of((contrasts) => property(contrasts, k)));
  return {
    prototypization: {
      ...of(({ separation }) => separation),
      byClass: ofEachClass(({ separationOf }, k) => separationOf[k]),
    },
    specialization: {
      byClass: ofEachClass(({ room }, k) => room[k]),
      simultaneous: simultaneousIntervals(rooms, confidence),
    },
    orthogonalization: of(({ orthogonality }) => orthogonality),
    factorization: of(({ factorization }) => factorization),
    resamples,
    confidence,
  };
}

/** For all samples first, then for each resample. */
function changes(code: Series, reference: Series): Series {
  // What is infinite in both has not changed.
  return code.map((now, w) => (now === reference[w] ? 0 : now - reference[w]));
}

function change(code: Series, reference: Series, confidence: number): DistortionIndex {
  const [value, ...resampled] = changes(code, reference);
  const defined = resampled.filter((found) => !Number.isNaN(found));
  const [low, high] = percentileInterval(Number.isNaN(value) ? [] : defined, confidence);
  return {
    value,
    low,
    high,
    standardError: standardError(resampled),
    inCode: code[0],
    inReference: reference[0],
    resamples: defined.length,
  };
}
