import { classify, parseLabelRule } from "../../../data/label-rules/index.js";
import { type Labels, toLabels } from "../../../geometry/index.js";
import type { ModelName } from "../recipe.js";
import type { Position } from "../stimuli.js";
import { ANALYSIS_CLASSES } from "../tasks.js";

/** A model whose code is analysed by classes; the Baseline has none. */
export type ClassedModel = keyof typeof ANALYSIS_CLASSES;

/** Is this model's code analysed by classes? */
export function hasClasses(model: ModelName): model is ClassedModel {
  return model in ANALYSIS_CLASSES;
}

/** Groups of columns in the rule of E2M4. */
export const GROUPS = [0, 1, 2, 3, 4];
const PAIRS_OF_GROUPS = GROUPS.flatMap((upper) => GROUPS.map((lower) => `${upper},${lower}`));

/** How a figure speaks of a model's classes. */
interface ClassWords {
  /** What the classes are about: the title of a legend or an axis. */
  readonly title: string;
  /** In ascending order of the rule's value. */
  readonly names: readonly string[];
}

const GROUPED: ClassWords = { title: "group of xU, of xL", names: PAIRS_OF_GROUPS };
const ALIGNED: ClassWords = { title: "class", names: ["xU ≠ xL", "xU = xL"] };
const CLASS_WORDS: Readonly<Record<ClassedModel, ClassWords>> = {
  E1M1: { title: "class", names: ["xL > 6", "xL ≤ 6"] },
  E1M2: ALIGNED,
  E2M1: { title: "class", names: ["xU > xL", "xU ≤ xL"] },
  E2M2: { title: "xU < 6, xL ≥ 6", names: ["neither", "either"] },
  E2M3: ALIGNED,
  E2M4: GROUPED,
  E2M5: GROUPED,
};

/** Stimuli sorted into a model's classes. */
export interface StimulusClasses {
  readonly labels: Labels;
  /** What the classes are about. */
  readonly title: string;
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
  const { title, names } = CLASS_WORDS[model];
  return { labels, title, names: classes.map((value) => names[value]!) };
}

/** Pairs of positions as labels, xU first (rule G2). */
export function positionLabels(positions: readonly Position[]): Labels {
  return toLabels(
    { shape: [positions.length, 2], data: Float64Array.from(positions.flat()) },
    "positions of the stimuli",
  );
}
