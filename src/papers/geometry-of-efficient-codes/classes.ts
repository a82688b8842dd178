import { classify, NAMED_RULES, parseLabelRule } from "../../data/label-rules/index.js";
import { type Labels, toLabels } from "../../geometry/index.js";
import type { ModelName } from "./recipe.js";

/** Positions of a Corridors image: the columns of the upper and the lower corridor. */
export type Position = readonly [xU: number, xL: number];

/** What the classifiers of E2M1 to E2M4 are trained on (label rules, D14); E2M5 is trained on all four at once. */
export const TASKS = NAMED_RULES;

/** Groups of columns in the rule of E2M4. */
/** Columns of each group in the rule of E2M4. */
export const GROUPS = ["0, 1", "2 to 4", "5 to 7", "8 to 10", "11, 12"];
const PAIRS_OF_GROUPS = GROUPS.flatMap((_, upper) => GROUPS.map((_, lower) => `${upper},${lower}`));
const GROUPED = { rule: TASKS.E2M4, title: "group of xU, of xL", names: PAIRS_OF_GROUPS };
const ALIGNED = { rule: TASKS.E2M3, title: "class", names: ["xU ≠ xL", "xU = xL"] };

/**
 * The classes by which each model's code is analysed: their rule, what they are about, and their names in ascending order of the
 * rule's value. Class 1 of E1M1 and E1M2 is the frequent one. The Baseline has none.
 */
export const CLASSES = {
  E1M1: { rule: "xL <= 6", title: "class", names: ["xL > 6", "xL ≤ 6"] },
  E1M2: ALIGNED,
  E2M1: { rule: TASKS.E2M1, title: "class", names: ["xU > xL", "xU ≤ xL"] },
  E2M2: { rule: TASKS.E2M2, title: "xU < 6, xL ≥ 6", names: ["neither", "either"] },
  E2M3: ALIGNED,
  E2M4: GROUPED,
  E2M5: GROUPED,
};

/** A model whose code is analysed by classes. */
export type ClassedModel = keyof typeof CLASSES;

/**
 * The models by whose classes a model's code is compared with the Baseline's: its own, and for E2M5, which learns all tasks at
 * once, those of the other tasks too (its own are those of E2M4).
 */
export function comparedBy(model: ClassedModel): readonly ClassedModel[] {
  return model === "E2M5" ? ["E2M5", "E2M1", "E2M2", "E2M3"] : [model];
}

/** Is this model's code analysed by classes? */
export function hasClasses(model: ModelName): model is ClassedModel {
  return model in CLASSES;
}

/** Stimuli sorted into a model's classes. */
export interface StimulusClasses {
  readonly labels: Labels;
  /** What the classes are about: the title of a legend or an axis. */
  readonly title: string;
  /** Name of each class of the labels. */
  readonly names: readonly string[];
}

/**
 * The classes by which a model's code is analysed (rule D14), for the positions of some stimuli.
 * @throws UserError when all of them fall into one class.
 */
export function classesOf(model: ClassedModel, positions: readonly Position[]): StimulusClasses {
  const { rule, title, names } = CLASSES[model];
  const where = `classes of ${model}`;
  const parsed = parseLabelRule(rule, ["xU", "xL"], where);
  const { classes, classOf } = classify(parsed, Int32Array.from(positions.flat()), 2);
  const labels = toLabels({ shape: [positions.length], data: classOf }, where);
  return { labels, title, names: classes.map((value) => names[value]!) };
}

/** Pairs of positions as labels, xU first (rule G2). */
export function positionLabels(positions: readonly Position[]): Labels {
  return toLabels(
    { shape: [positions.length, 2], data: Float64Array.from(positions.flat()) },
    "positions of the stimuli",
  );
}
