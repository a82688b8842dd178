/**
 * Which runs are asked for: `status=finished rate<1 objective.capacity>=0.3 run~"baseline"`. Conditions of KEY, operator and value
 * stand behind each other, and all must hold. A value with blanks stands in quotes; `none` is that of a run that has nothing there.
 */
import { UserError } from "../../errors.js";
import type { SummarizedRun } from "../summary.js";
import { type FieldValue, fieldOf, TIME_FIELDS } from "./fields.js";

const OPERATORS = ["!=", "<=", ">=", "=", "<", ">", "~"] as const;
type Operator = (typeof OPERATORS)[number];

/** One condition, taken apart. */
export interface Condition {
  readonly key: string;
  readonly operator: Operator;
  readonly value: string;
  /** As given, for messages. */
  readonly where: string;
}

const CONDITION = new RegExp(
  String.raw`\s*(?:and\s+)?([\p{L}\p{N}_][\p{L}\p{N}_.-]*)\s*(${OPERATORS.join("|")})\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=!~][^\s]*))(?=\s|$)`,
  "uy",
);

/**
 * Takes conditions apart.
 * @throws UserError naming what is no condition, or an order that the value has not.
 */
export function parseWhere(text: string): Condition[] {
  const conditions: Condition[] = [];
  const end = text.trimEnd().length;
  CONDITION.lastIndex = 0;
  for (let from = 0; from < end; from = CONDITION.lastIndex) {
    CONDITION.lastIndex = from;
    const found = CONDITION.exec(text);
    if (!found) {
      throw new UserError({
        where: `--where ${JSON.stringify(text)}`,
        what: `expected KEY, one of ${OPERATORS.join(" ")} and a value at ${JSON.stringify(text.slice(from).trim())}`,
        remedy: "Write for example --where 'status=finished rate<1'",
      });
    }
    const [whole, key, operator, ...values] = found;
    const condition = {
      key: key!,
      operator: operator as Operator,
      value: values.find((value) => value !== undefined)!,
      where: `--where ${JSON.stringify(whole.trim())}`,
    };
    requireOrder(condition);
    conditions.push(condition);
  }
  return conditions;
}

function requireOrder({ key, operator, value, where }: Condition): void {
  if (!operator.startsWith("<") && !operator.startsWith(">")) return;
  const isTime = TIME_FIELDS.has(key);
  if (Number.isFinite(isTime ? timeOf(value) : numberOf(value))) return;
  throw new UserError({
    where,
    what: `expected ${isTime ? "a time" : "a number"} after ${operator}, found ${JSON.stringify(value)}`,
    remedy: isTime
      ? "Write a day or a time, such as 2026-11-29 or 2026-11-29T14:30"
      : "Write a number, or compare words with =, != or ~ (contains)",
  });
}

/** Whether a run meets all conditions. */
export function meets(run: SummarizedRun, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => holds(fieldOf(run, condition.key), condition));
}

function holds(found: FieldValue, { key, operator, value }: Condition): boolean {
  switch (operator) {
    case "=":
      return equals(found, value);
    case "!=":
      return !equals(found, value);
    case "~":
      return textsOf(found).some((text) => text.toLowerCase().includes(value.toLowerCase()));
    default: {
      const isTime = TIME_FIELDS.has(key);
      const [a, b] = isTime ? [timeOf(String(found)), timeOf(value)] : [found, numberOf(value)];
      // Nothing, or words, are neither above nor below a number.
      if (typeof a !== "number" || Number.isNaN(a)) return false;
      if (operator === "<") return a < b;
      if (operator === "<=") return a <= b;
      return operator === ">" ? a > b : a >= b;
    }
  }
}

function equals(found: FieldValue, value: string): boolean {
  if (typeof found === "number") return found === numberOf(value);
  const texts = textsOf(found);
  return texts.length === 0 ? value === "none" : texts.includes(value);
}

function textsOf(found: FieldValue): readonly string[] {
  if (found === null) return [];
  return typeof found === "object" ? found : [String(found)];
}

/** A number as a person writes it; NaN for anything else. */
function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

/** Milliseconds of a time or the begin of a day, in the user's own zone where none is given; NaN for anything else. */
function timeOf(text: string): number {
  return Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text);
}
