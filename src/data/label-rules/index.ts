import { own } from "../../given-names.js";

/** Classes computed from labels: rules as a researcher writes them, read and applied without running any text. */
export { type Classification, classify } from "./classify.js";
export { type LabelRule, parseLabelRule } from "./compile.js";

/**
 * Label rules that a configuration may call by name: the tasks of "The geometry of efficient codes" over xU and xL, the
 * columns of the upper and the lower corridor, 0 to 12.
 */
export const NAMED_RULES = {
  /** The upper corridor is not to the right of the lower one: 91 of 169 cells. */
  E2M1: "xU <= xL",
  /** The upper corridor is to the left, or the lower one is not: 127 of 169 cells. */
  E2M2: "xU < 6 or xL >= 6",
  /** The corridors are aligned: 13 of 169 cells. */
  E2M3: "xU == xL",
  /** Columns in five groups, 0-1, 2-4, 5-7, 8-10, 11-12: a class for each pair of groups, 25 in all. */
  E2M4: "5 * bin(xU, 2, 5, 8, 11) + bin(xL, 2, 5, 8, 11)",
} as const;

/** The rule that a name of {@link NAMED_RULES} stands for, or the text itself where it is no name. */
export function namedRule(text: string): string {
  return own<string>(NAMED_RULES, text) ?? text;
}
