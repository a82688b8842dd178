import {
  type DistortionIndex,
  distortionIndices,
  type Labels,
  type Points,
} from "../../../geometry/index.js";
import { PhiloxStream } from "../../../random/stream.js";
import { CLASSES, type ClassedModel, classesOf, comparedBy, hasClasses } from "../classes.js";
import { type Atlas, codeOf, type ModelCode } from "./atlas.js";

/** An index of one training: with the interval that other stimuli would have given (rules G14 and G15). */
export interface MeasuredIndex {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation over resamples. */
  readonly standardError: number;
}

/** The index of one class. */
export interface ClassIndex extends MeasuredIndex {
  readonly className: string;
}

/** What one model's code did to the geometry of the Baseline's of the same capacity and seed. */
export interface CodeIndices {
  readonly model: ClassedModel;
  readonly capacityNats: number;
  readonly seed: number;
  /** The model whose classes they are: the same model, or for E2M5 that of one of its tasks. */
  readonly classesOf: ClassedModel;
  /** The rule that made the classes (rule D14). */
  readonly rule: string;
  readonly prototypization: MeasuredIndex;
  /** For each class; of more than two, the intervals hold all at once (rule G15). */
  readonly specialization: readonly ClassIndex[];
  readonly orthogonalization: MeasuredIndex;
  readonly factorization: MeasuredIndex;
}

/** Names the stream of resamples: part of the result, never to be renamed. */
const STREAM = "indices of the reproduction";

const RESAMPLES = 200;

/**
 * Compares a code of the atlas with the Baseline's of the same capacity and seed, in the model's own classes and, of E2M5, in
 * those of its tasks (rules G10 to G15 and G19). Every comparison uses the same resamples of the stimuli.
 * @returns nothing for the Baseline itself, and where its code is missing.
 */
export function codeIndices(
  atlas: Atlas,
  { model, capacityNats, seed, points }: ModelCode,
  resamples = RESAMPLES,
): CodeIndices[] {
  const reference = codeOf(atlas, { model: "Baseline", capacityNats, seed });
  if (!hasClasses(model) || !reference) return [];
  return comparedBy(model).map((whose) => {
    const { labels, names } = classesOf(whose, atlas.stimuli.positions);
    const { prototypization, specialization, orthogonalization, factorization } = indicesBetween(
      points,
      reference.points,
      labels,
      resamples,
    );
    const several = labels.classes.length > 2;
    return {
      ...{ model, capacityNats, seed, classesOf: whose, rule: CLASSES[whose].rule },
      prototypization: measured(prototypization),
      specialization: specialization.byClass.map((index, k) => {
        const [low, high] = several ? specialization.simultaneous[k]! : [index.low, index.high];
        return { ...measured(index), low, high, className: names[k]! };
      }),
      orthogonalization: measured(orthogonalization),
      factorization: measured(factorization),
    };
  });
}

/** The indices of two codes on the resamples that all comparisons of a reproduction share. */
export function indicesBetween(code: Points, reference: Points, labels: Labels, resamples = RESAMPLES) {
  const stream = new PhiloxStream(0, STREAM);
  return distortionIndices(code, reference, labels, {
    uniform: (count) => stream.fillUniform(new Float64Array(count)),
    resamples,
  });
}

export function measured({ value, low, high, standardError }: DistortionIndex): MeasuredIndex {
  return { value, low, high, standardError };
}
