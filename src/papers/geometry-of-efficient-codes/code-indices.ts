import { classify, parseLabelRule } from "../../data/label-rules/index.js";
import {
  type DistortionIndex,
  distortionIndices,
  type Labels,
  type Points,
  toLabels,
} from "../../geometry/index.js";
import { PhiloxStream } from "../../random/stream.js";
import { type Atlas, codeOf, type ModelCode } from "./atlas.js";
import type { ModelName } from "./models.js";
import type { Position } from "./stimuli.js";
import { ANALYSIS_CLASSES } from "./tasks.js";

/** The models that have classes to be analysed by: all but the Baseline, which they are compared with. */
export type ComparedModel = keyof typeof ANALYSIS_CLASSES;

/** An index of one training: with the interval that other stimuli would have given (rules G14 and G15). */
export interface MeasuredIndex {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation over resamples. */
  readonly standardError: number;
}

/** What one model's code did to the geometry of the Baseline's of the same capacity and seed. */
export interface CodeIndices {
  readonly model: ComparedModel;
  readonly capacityNats: number;
  readonly seed: number;
  /** The rule that made the classes (rule D14). */
  readonly rule: string;
  readonly prototypization: MeasuredIndex;
  /** For each class; of more than two, the intervals hold all at once (rule G15). */
  readonly specialization: readonly MeasuredIndex[];
  readonly orthogonalization: MeasuredIndex;
}

/** Names the stream of resamples: part of the result, never to be renamed. */
const STREAM = "indices of the reproduction";

const RESAMPLES = 200;

/** Whether a model has classes, and thus indices. */
export function isCompared(model: ModelName): model is ComparedModel {
  return model !== "Baseline";
}

/** Sorts stimuli into the classes that a rule over xU and xL makes of their positions (rule D14). */
export function classesOf(positions: readonly Position[], rule: string): Labels {
  const values = Int32Array.from(positions.flat());
  const { classOf } = classify(parseLabelRule(rule, ["xU", "xL"], "classes of the stimuli"), values, 2);
  return toLabels({ shape: [positions.length], data: classOf }, `classes by ${rule}`);
}

/**
 * Compares a code of the atlas with the Baseline's of the same capacity and seed, in the model's own classes (rules G10 to
 * G15). Every comparison uses the same resamples of the stimuli.
 * @returns undefined for the Baseline itself, and where its code is missing.
 */
export function codeIndices(
  atlas: Atlas,
  { model, capacityNats, seed, points }: ModelCode,
  resamples = RESAMPLES,
): CodeIndices | undefined {
  const reference = codeOf(atlas, { model: "Baseline", capacityNats, seed });
  if (!isCompared(model) || !reference) return undefined;
  const rule = ANALYSIS_CLASSES[model];
  const labels = classesOf(atlas.stimuli.positions, rule);
  const { prototypization, specialization, orthogonalization } = indicesBetween(
    points,
    reference.points,
    labels,
    resamples,
  );
  const several = labels.classes.length > 2;
  return {
    model,
    capacityNats,
    seed,
    rule,
    prototypization: measured(prototypization),
    specialization: specialization.byClass.map((index, k) => {
      const [low, high] = several ? specialization.simultaneous[k]! : [index.low, index.high];
      return { ...measured(index), low, high };
    }),
    orthogonalization: measured(orthogonalization),
  };
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
