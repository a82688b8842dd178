import jsep from "jsep";
import { refuse } from "../../errors.js";

/** The tree of a rule as jsep gives it: data, nothing that runs. */
export type Tree = jsep.CoreExpression;

/** A longer text is no rule, and could nest deeper than the stack. */
const LONGEST = 1000;

// The parser has one grammar for everybody who imports it: this is its only user, and sets it once.
jsep.removeAllUnaryOps();
jsep.removeAllBinaryOps();
jsep.removeAllLiterals();
for (const operator of ["-", "+", "!", "not"]) jsep.addUnaryOp(operator);
for (const [precedence, operators] of [
  ["or", "||"],
  ["and", "&&"],
  ["==", "!="],
  ["<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/", "%"],
].entries()) {
  for (const operator of operators) jsep.addBinaryOp(operator, precedence + 1);
}
// Where an expression ends is where the next one begins, if there is one too many.
jsep.hooks.add("after-expression", function (env) {
  if (env.node) env.node.end = this.index;
});

/**
 * The tree of one expression.
 * @param where what the text is, for messages.
 * @throws UserError where it is not one, with the column, counted from 1.
 */
export function parseExpression(text: string, where: string): Tree {
  if (text.length > LONGEST) {
    refuse(
      where,
      `a label rule of ${text.length} characters; it may have ${LONGEST}`,
      "Write a shorter rule",
    );
  }
  const tree = parse(text, where);
  if (tree.type !== "Compound") return tree;
  if (tree.body.length === 0) {
    refuse(where, "the label rule is empty", "Write a rule such as xU <= xL");
  }
  const column = Number(tree.body[0]?.end) + 1;
  refuseMisspelt(where, text, `nothing joins what begins at column ${column} to what stands before`);
}

function parse(text: string, where: string): Tree {
  try {
    // The space lets the parser see a word at the end, such as `or`, as the operator that it is.
    return jsep(`${text} `) as Tree;
  } catch (error) {
    if (!(error instanceof Error && "index" in error && "description" in error)) throw error;
    const atEnd = Number(error.index) >= text.trimEnd().length;
    const place = atEnd ? "at its end" : `at column ${Number(error.index) + 1}`;
    refuseMisspelt(where, text, `${lowerFirst(String(error.description).trim())} ${place}`);
  }
}

/** A text that is no rule; the commonest slip is `=` for `==`. */
function refuseMisspelt(where: string, text: string, what: string): never {
  refuse(
    where,
    `in the label rule ${JSON.stringify(text)}, ${what}`,
    /(^|[^=<>!])=($|[^=])/.test(text)
      ? "Equality is written with two signs: xU == xL"
      : "Write one expression, such as xU <= xL or 5 * bin(xU, 2, 5) + xL",
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
