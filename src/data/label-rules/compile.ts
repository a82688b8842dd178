import { UserError } from "../../errors.js";
import { nearest } from "../../given-names.js";
import { ruleFunctions } from "./functions.js";
import { parseExpression, type Tree } from "./grammar.js";

/** A class for every sample, computed from its labels (rule D14). */
export interface LabelRule {
  /** As it was written. */
  readonly text: string;
  /** What the text is, for messages. */
  readonly where: string;
  /**
   * The value for one sample; a condition is 0 or 1. May be NaN or infinite where the rule divides by 0.
   * @param row the sample's labels, in the order of the names that the rule was read with.
   */
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

/** The value of a part of a rule for the labels of one sample. */
type Evaluate = (row: ArrayLike<number>) => number;

/** A part of a rule: a number, or a condition, which is 0 or 1 where a number is wanted. */
interface Part {
  readonly kind: "number" | "condition";
  readonly evaluate: Evaluate;
}

type Combine = (a: number, b: number) => number;

/** An operator between two parts: what kind of question it is, which decides what may stand at its sides. */
interface Operator {
  readonly kind: "arithmetic" | "order" | "equality" | "logic";
  readonly combine: Combine;
}

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["+", { kind: "arithmetic", combine: (a, b) => a + b }],
  ["-", { kind: "arithmetic", combine: (a, b) => a - b }],
  ["*", { kind: "arithmetic", combine: (a, b) => a * b }],
  ["/", { kind: "arithmetic", combine: (a, b) => a / b }],
  // The remainder has the sign of b, so that classes made with % never depend on the sign of a label.
  ["%", { kind: "arithmetic", combine: (a, b) => a - b * Math.floor(a / b) }],
  ["<", { kind: "order", combine: (a, b) => Number(a < b) }],
  ["<=", { kind: "order", combine: (a, b) => Number(a <= b) }],
  [">", { kind: "order", combine: (a, b) => Number(a > b) }],
  [">=", { kind: "order", combine: (a, b) => Number(a >= b) }],
  ["==", { kind: "equality", combine: (a, b) => Number(a === b) }],
  ["!=", { kind: "equality", combine: (a, b) => Number(a !== b) }],
  ["and", { kind: "logic", combine: (a, b) => a * b }],
  ["&&", { kind: "logic", combine: (a, b) => a * b }],
  ["or", { kind: "logic", combine: (a, b) => Math.max(a, b) }],
  ["||", { kind: "logic", combine: (a, b) => Math.max(a, b) }],
]);

/**
 * Turns the tree of a rule into functions of a row of labels, one closure a node; the text itself is never run.
 * @throws UserError for what is not part of the language, for unknown names and wrong numbers of arguments, and
 * where a condition and a number are confused, as in `not xU == xL` or `0 < xU < 5`, which other languages read in
 * two ways.
 */
function compile(tree: Tree, labelNames: readonly string[], where: string): Evaluate {
  return new Compiler(labelNames, where).part(tree).evaluate;
}

class Compiler {
  readonly #labelNames: readonly string[];
  readonly #where: string;

  constructor(labelNames: readonly string[], where: string) {
    this.#labelNames = labelNames;
    this.#where = where;
  }

  part(tree: Tree): Part {
    switch (tree.type) {
      case "Literal": {
        const { value } = tree;
        return typeof value === "number" ? number(() => value) : this.#label(String(value));
      }
      case "Identifier":
        return this.#label(tree.name);
      case "UnaryExpression":
        return this.#unary(tree.operator, this.part(tree.argument as Tree));
      case "BinaryExpression":
        return this.#binary(tree.operator, this.part(tree.left as Tree), this.part(tree.right as Tree));
      case "CallExpression":
        return this.#call(tree.callee as Tree, tree.arguments as Tree[]);
      default:
        throw this.#refusal(
          "a label rule has numbers, names, operators and functions only",
          `Functions are ${usages().join(", ")}; no lists, members or "a ? b : c"`,
        );
    }
  }

  /** A label by its name; one that is no word is written in quotes. */
  #label(name: string): Part {
    const column = this.#labelNames.indexOf(name);
    if (column < 0) throw this.#unknown("label", name, this.#labelNames);
    return number((row) => row[column]!);
  }

  #unary(operator: string, { kind, evaluate }: Part): Part {
    if (operator === "+") return number(evaluate);
    if (operator === "-") return number((row) => -evaluate(row));
    if (kind === "condition") return condition((row) => 1 - evaluate(row));
    throw this.#refusal(
      `"${operator}" takes a condition, but a number follows it`,
      `Put what it negates in brackets, such as ${operator} (xU == xL)`,
    );
  }

  #binary(operator: string, left: Part, right: Part): Part {
    const { kind, combine } = operators.get(operator)!;
    const evaluate: Evaluate = (row) => combine(left.evaluate(row), right.evaluate(row));
    if (kind === "arithmetic") return number(evaluate);
    const areAlike = left.kind === right.kind;
    if (kind === "logic") {
      if (areAlike && left.kind === "condition") return condition(evaluate);
      throw this.#refusal(
        `"${operator}" stands between conditions, but one side of it is a number`,
        "Compare the number with something, such as xU != 0",
      );
    }
    if (areAlike && (kind === "equality" || left.kind === "number")) return condition(evaluate);
    throw this.#refusal(
      `"${operator}" compares a condition`,
      "Comparisons do not chain: write 0 < xU and xU < 5, with brackets where in doubt",
    );
  }

  #call(callee: Tree, given: readonly Tree[]): Part {
    const name = callee.type === "Identifier" ? callee.name : "";
    const called = ruleFunctions.get(name);
    if (!called) throw this.#unknown("function", name, [...ruleFunctions.keys()]);
    const [minimum, maximum] = called.arguments;
    if (given.length < minimum || given.length > maximum) {
      throw this.#refusal(
        `${name} has ${given.length} ${given.length === 1 ? "argument" : "arguments"}; it takes ${minimum}${maximum > minimum ? " or more" : ""}`,
        `Write ${called.usage}`,
      );
    }
    const values = given.map((tree) => this.part(tree).evaluate);
    return number((row) => called.apply(values.map((evaluate) => evaluate(row))));
  }

  #unknown(kind: string, name: string, known: readonly string[]): UserError {
    const meant = nearest(name, known);
    return this.#refusal(
      `there is no ${kind} "${name}"`,
      `${meant ? `Did you mean ${meant}? ` : ""}${known.length > 0 ? `Known: ${known.join(", ")}` : "The data have no labels"}`,
    );
  }

  #refusal(what: string, remedy: string): UserError {
    return new UserError({ where: this.#where, what, remedy });
  }
}

function number(evaluate: Evaluate): Part {
  return { kind: "number", evaluate };
}

function condition(evaluate: Evaluate): Part {
  return { kind: "condition", evaluate };
}

function usages(): string[] {
  return [...ruleFunctions.values()].map(({ usage }) => usage);
}
