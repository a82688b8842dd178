import type { z } from "zod";
import { UserError } from "../errors.js";
import { nearest } from "../nearest.js";
import { child, dotted, type KeyPath, knownKeys, knownPaths, schemaAt } from "./schema-walk.js";

/** One thing wrong with a configuration: which key, what is wrong, and what to do. */
export interface Problem {
  readonly path: KeyPath;
  readonly what: string;
  readonly remedy: string;
}

/**
 * What a schema finds wrong with a value; an empty list when nothing is. Unknown keys come first: a misspelt key often
 * is the cause of a missing one.
 */
export function problemsOf(schema: z.core.$ZodType, value: unknown): Problem[] {
  const issues = (schema as z.ZodType).safeParse(value).error?.issues ?? [];
  const unknownFirst = issues.toSorted(
    (a, b) => Number(b.code === "unrecognized_keys") - Number(a.code === "unrecognized_keys"),
  );
  return unknownFirst.flatMap((issue) => describe(schema, value, issue));
}

/** All problems as one error of one line: the first is told, the others are counted. */
export function complain(problems: readonly Problem[], placeOf: (path: KeyPath) => string): UserError {
  const [first, ...others] = problems as [Problem, ...Problem[]];
  const more = others.length > 0 ? `; and ${others.length} more` : "";
  return new UserError({ where: placeOf(first.path), what: first.what + more, remedy: first.remedy });
}

/** A key that the schema does not know at its place, with the nearest that it knows there, else anywhere. */
function unknownKey(schema: z.core.$ZodType, root: unknown, path: KeyPath): Problem {
  const parent = path.slice(0, -1);
  const key = String(path.at(-1));
  const around = schemaAt(schema, root, parent);
  const siblings = around ? knownKeys(around, at(root, parent)) : [];
  const sibling = nearest(key, siblings);
  const meant = sibling ? [...parent, sibling] : nearestPath(key, knownPaths(schema, root));
  const place = parent.length === 0 ? "at the top" : `in ${dotted(parent)}`;
  return {
    path,
    what: `unknown key ${dotted(path)}${meant ? ` (did you mean ${dotted(meant)}?)` : ""}`,
    remedy: siblings.length > 0 ? `Known ${place}: ${siblings.join(", ")}` : "Remove it",
  };
}

const TYPE_NAMES: Record<string, string> = {
  int: "a whole number",
  number: "a number",
  string: "a text",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "keys and values",
};

function describe(schema: z.core.$ZodType, root: unknown, issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path as KeyPath;
  const key = dotted(path);
  const given = at(root, path);
  const problem = (what: string, remedy: string): Problem[] => [{ path, what: `${key}${what}`, remedy }];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((unknown) => unknownKey(schema, root, [...path, unknown]));
    case "invalid_union":
    case "invalid_value": {
      const values: readonly unknown[] =
        issue.code === "invalid_value" ? issue.values : "options" in issue ? (issue.options ?? []) : [];
      // A choice that need not be named has undefined among its values.
      const names = values.filter((value) => value !== undefined).map(String);
      const remedy = `Give ${names.length > 1 ? "one of " : ""}${names.join(", ")}`;
      if (given === undefined) return problem(" is missing", remedy);
      const meant = nearest(String(given), names);
      const question = meant && meant !== given ? ` (did you mean ${meant}?)` : "";
      return problem(`: ${show(given)} is not known${question}`, remedy);
    }
    case "invalid_type": {
      const wanted = TYPE_NAMES[issue.expected] ?? issue.expected;
      return given === undefined
        ? problem(" is missing", `Give ${wanted}`)
        : problem(`: expected ${wanted}, found ${show(given)}`, `Give ${wanted}`);
    }
    case "too_small":
      return problem(
        `: ${show(given)} is too ${size(issue.origin).small}`,
        `Give ${bound(issue.origin, issue.inclusive ? "at least" : "more than", issue.minimum)}`,
      );
    case "too_big":
      return problem(
        `: ${show(given)} is too ${size(issue.origin).big}`,
        `Give ${bound(issue.origin, issue.inclusive ? "at most" : "less than", issue.maximum)}`,
      );
    default:
      return problem(`: ${issue.message}`, "Correct it there");
  }
}

function size(origin: string): { small: string; big: string } {
  return COUNTED.has(origin) ? { small: "short", big: "long" } : { small: "small", big: "great" };
}

const COUNTED: ReadonlySet<string> = new Set(["array", "tuple", "string"]);

function bound(origin: string, relation: string, limit: number | bigint): string {
  const unit = COUNTED.has(origin) ? (origin === "string" ? " characters" : " entries") : "";
  return `${unit ? "" : "a number of "}${relation} ${limit}${unit}`;
}

function at(root: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((held, key) => child(held, key), root);
}

/** A value as a person would write it, cut where it is long. */
function show(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The path whose last key is nearest to a word; of equally near ones the shortest. Undefined when none is near. */
function nearestPath(word: string, paths: readonly (readonly string[])[]): readonly string[] | undefined {
  const name = nearest(
    word,
    paths.map((path) => path.at(-1)!),
  );
  return paths.filter((path) => path.at(-1) === name).sort((a, b) => a.length - b.length)[0];
}
