import type { z } from "zod";
import { nearest } from "../given-names.js";

/** What is wrong with a value, and what to do about it; the place is known to the caller. */
export interface Explanation {
  readonly what: string;
  readonly remedy: string;
}

/** What zod says of a value of none of several forms whose schema has no message of its own. */
const UNION_MESSAGE = "Invalid input";

const TYPE_NAMES: Record<string, string> = {
  int: "a whole number",
  number: "a number",
  string: "a text",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "keys and values",
};

/**
 * What a schema finds wrong with a value, in words: for keys of a configuration and for options of a command alike.
 * @param given The value as the user wrote it.
 * @param remedyForText What to write in place of a text of the wrong type, where the caller knows better.
 */
export function explainIssue(
  issue: z.core.$ZodIssue,
  given: unknown,
  remedyForText: (text: string, expected: string, wanted: string) => string = (_text, _expected, wanted) =>
    `Give ${wanted}`,
): Explanation {
  switch (issue.code) {
    case "invalid_union":
    case "invalid_value": {
      const names = namesFor(issue);
      const isForms = issue.code === "invalid_union" && !("options" in issue);
      const hasOwnRemedy = isForms && issue.message !== UNION_MESSAGE;
      const remedy = hasOwnRemedy
        ? issue.message
        : `Give ${names.length > 1 ? "one of " : ""}${names.join(", ")}`;
      if (given === undefined) return { what: "is missing", remedy };
      const meant = nearest(String(given), names);
      const question = meant && meant !== given ? ` (did you mean ${meant}?)` : "";
      return { what: `${show(given)} is not known${question}`, remedy };
    }
    case "invalid_type": {
      const wanted = TYPE_NAMES[issue.expected] ?? issue.expected;
      if (given === undefined) return { what: "is missing", remedy: `Give ${wanted}` };
      return {
        what: `expected ${wanted}, found ${show(given)}`,
        remedy: typeof given === "string" ? remedyForText(given, issue.expected, wanted) : `Give ${wanted}`,
      };
    }
    case "too_small":
      return {
        what: `${show(given)} is too ${size(issue.origin).small}`,
        remedy: `Give ${bound(issue.origin, issue.inclusive ? "at least" : "more than", issue.minimum)}`,
      };
    case "too_big":
      return {
        what: `${show(given)} is too ${size(issue.origin).big}`,
        remedy: `Give ${bound(issue.origin, issue.inclusive ? "at most" : "less than", issue.maximum)}`,
      };
    default:
      return { what: issue.message, remedy: "Correct it there" };
  }
}

/** What a choice or one of several forms may be: its names, and the kinds of values. */
function namesFor(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "invalid_type") return [TYPE_NAMES[issue.expected] ?? issue.expected];
  // A choice that need not be named has undefined among its values.
  if (issue.code === "invalid_value") return issue.values.filter((value) => value !== undefined).map(String);
  if (issue.code !== "invalid_union") return [];
  return "options" in issue
    ? (issue.options ?? []).filter((value) => value !== undefined).map(String)
    : issue.errors.flatMap((issues) => issues.slice(0, 1).flatMap(namesFor));
}

/** A value as a person would write it, cut where it is long. */
export function show(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const COUNTED: ReadonlySet<string> = new Set(["array", "tuple", "string"]);

function size(origin: string): { small: string; big: string } {
  return COUNTED.has(origin) ? { small: "short", big: "long" } : { small: "small", big: "great" };
}

function bound(origin: string, relation: string, limit: number | bigint): string {
  const unit = COUNTED.has(origin) ? (origin === "string" ? " characters" : " entries") : "";
  return `${unit ? "" : "a number of "}${relation} ${limit}${unit}`;
}
