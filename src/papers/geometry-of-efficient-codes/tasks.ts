import { NAMED_RULES } from "../../data/label-rules/index.js";

/** What the classifiers of E2M1 to E2M4 are trained on (label rules, D14); E2M5 is trained on all four at once. */
export const TASKS = NAMED_RULES;

/** The classes by which each model's code is analysed; class 1 of E1M1 and E1M2 is the frequent one. The Baseline has none. */
export const ANALYSIS_CLASSES = {
  E1M1: "xL <= 6",
  E1M2: "xU == xL",
  ...TASKS,
  E2M5: TASKS.E2M4,
} as const;
