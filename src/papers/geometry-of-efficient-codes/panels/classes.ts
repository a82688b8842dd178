import { classify, parseLabelRule } from "../../../data/label-rules/index.js";
import { type Labels, toLabels } from "../../../geometry/index.js";
import type { ModelName } from "../models.js";
import type { Position } from "../stimuli.js";
import { ANALYSIS_CLASSES } from "../tasks.js";

/** A model whose code is analysed by classes; the Baseline has none. */
export type ClassedModel = keyof typeof ANALYSIS_CLASSES;

/** Is this model's code analysed by classes? */
export function hasClasses(model: ModelName): model is ClassedModel {
  return model in ANALYSIS_CLASSES;
}

const GROUPS = [0, 1, 2, 3, 4];
const PAIRS_OF_GROUPS = GROUPS.flatMap((upper) => GROUPS.map((lower) => `${upper},${lower}`));

/** What a figure calls the classes, in ascending order of the rule's value. */
const CLASS_NAMES: Readonly<Record<ClassedModel, readonly string[]>> = {
  E1M1: ["xL > 6", "xL ≤ 6"],
  E1M2: ["xU ≠ xL", "xU = xL"],
  E2M1: ["xU > xL", "xU ≤ xL"],
  E2M2: ["neither", "xU < 6 or xL ≥ 6"],
  E2M3: ["xU ≠ xL", "xU = xL"],
  E2M4: PAIRS_OF_GROUPS,
  E2M5: PAIRS_OF_GROUPS,
};

/** Stimuli sorted into a model's classes. */
export interface StimulusClasses {
  readonly labels: Labels;
  /** Name of each class of the labels. */
  readonly names: readonly string[];
}

/**
 * The classes by which a model's code is analysed (rule D14), for the positions of some stimuli.
 * @throws UserError when all of them fall into one class.
 */
export function classesOf(model: ClassedModel, positions: readonly Position[]): StimulusClasses {
  const rule = parseLabelRule(ANALYSIS_CLASSES[model], ["xU", "xL"], `classes of ${model}`);
  const { classes, classOf } = classify(rule, Int32Array.from(positions.flat()), 2);
  const labels = toLabels({ shape: [positions.length], data: classOf }, `classes of ${model}`);
  return { labels, names: classes.map((value) => CLASS_NAMES[model][value]!) };
}

/** Pairs of positions as labels, xU first (rule G2). */
export function positionLabels(positions: readonly Position[]): Labels {
  return toLabels(
    { shape: [positions.length, 2], data: Float64Array.from(positions.flat()) },
    "positions of the stimuli",
  );
}
