import { compile } from "./compile.js";
import { parseExpression } from "./grammar.js";

/** A class for every sample, computed from its labels (rule D14). */
export interface LabelRule {
  /** As it was written. */
  readonly text: string;
  /** What the text is, for messages. */
  readonly where: string;
  /** The value for one sample; a condition is 0 or 1. May be NaN or infinite where the rule divides by 0. */
  evaluate(row: ArrayLike<number>): number;
}

/**
 * Understands a rule over the labels of a data set (rule D14): `xU <= xL`, `xU < 6 or xL >= 6`,
 * `5 * bin(xU, 2, 5, 8, 11) + bin(xL, 2, 5, 8, 11)`. The text is parsed, never run.
 * @param labelNames the names of a row's numbers, in order.
 * @param where what the text is, for messages: a file and the key in it, for instance.
 * @throws UserError for a text that is not one expression (with the column), for unknown names and functions, wrong
 * numbers of arguments, and conditions where only numbers make sense or the other way round.
 */
export function parseLabelRule(text: string, labelNames: readonly string[], where: string): LabelRule {
  const tree = parseExpression(text, where);
  return { text, where, evaluate: compile(tree, labelNames, `${where}, label rule ${JSON.stringify(text)}`) };
}
