/**
 * The classes of the paper's models as label rules (rule D14) over xU and xL, the columns of the upper and the lower
 * corridor, 0 to 12.
 */

/** Columns in five groups: 0-1, 2-4, 5-7, 8-10, 11-12; a class for each pair of groups. */
const FIVE_BY_FIVE = "5 * bin(xU, 2, 5, 8, 11) + bin(xL, 2, 5, 8, 11)";

/** What the classifiers of E2M1 to E2M4 are trained on; E2M5 is trained on all four at once. */
export const TASKS = {
  /** The upper corridor is not to the right of the lower one: 91 of 169 cells. */
  E2M1: "xU <= xL",
  /** The upper corridor is to the left, or the lower one is not: 127 of 169 cells. */
  E2M2: "xU < 6 or xL >= 6",
  /** The corridors are aligned: 13 of 169 cells. */
  E2M3: "xU == xL",
  /** 25 classes. */
  E2M4: FIVE_BY_FIVE,
} as const;

/** The classes by which each model's code is analysed; class 1 of E1M1 and E1M2 is the frequent one. The Baseline has none. */
export const ANALYSIS_CLASSES = {
  E1M1: "xL <= 6",
  E1M2: "xU == xL",
  ...TASKS,
  E2M5: FIVE_BY_FIVE,
} as const;
