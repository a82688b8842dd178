import type { z } from "zod";
import { UserError } from "../errors.js";
import { nearest } from "../given-names.js";
import { type Explanation, explainIssue, show } from "../settings/explain-issue.js";
import {
  choicesOf,
  dotted,
  isMapping,
  type KeyPath,
  knownKeys,
  knownPaths,
  schemaAt,
  valueAt,
} from "./schema-walk.js";

/** One thing wrong with a configuration: where, and, once it is asked for, what is wrong and what to do. */
export interface Problem {
  readonly path: KeyPath;
  /** Takes as long as there are keys to compare an unknown one with. */
  explain(): Explanation;
}

/**
 * What a schema finds wrong with a value; an empty list when nothing is. Unknown keys come first: a misspelt key often
 * is the cause of a missing one.
 */
export function problemsOf(schema: z.core.$ZodType, value: unknown): Problem[] {
  const issues = ((schema as z.ZodType).safeParse(value).error?.issues ?? []).flatMap((issue) =>
    withinMapping(issue, value),
  );
  const unknownFirst = issues.toSorted(
    (a, b) => Number(b.code === "unrecognized_keys") - Number(a.code === "unrecognized_keys"),
  );
  return unknownFirst.flatMap((issue): Problem[] => {
    const path = issue.path as KeyPath;
    if (issue.code !== "unrecognized_keys") return [{ path, explain: () => describe(value, issue) }];
    return issue.keys.map((key) => {
      const unknown = [...path, key];
      return { path: unknown, explain: () => unknownKey(schema, value, unknown) };
    });
  });
}

/** What is wrong within keys and values where a name would do as well: of a choice of forms, the issues of the one that was written. */
function withinMapping(issue: z.core.$ZodIssue, root: unknown): z.core.$ZodIssue[] {
  const isForms = issue.code === "invalid_union" && !("options" in issue);
  if (!isForms || !isMapping(valueAt(root, issue.path as KeyPath))) return [issue];
  const inner = issue.errors.find((issues) =>
    issues.every(({ code, path }) => path.length > 0 || code === "unrecognized_keys"),
  );
  return inner?.map((one) => ({ ...one, path: [...issue.path, ...one.path] })) ?? [issue];
}

/** All problems as one error of one line: the first is reported, the others are counted. */
export function errorOf(problems: readonly Problem[], placeOf: (path: KeyPath) => string): UserError {
  const [first, ...others] = problems as [Problem, ...Problem[]];
  const more = others.length > 0 ? `; and ${others.length} more` : "";
  const { what, remedy } = first.explain();
  return new UserError({ where: placeOf(first.path), what: what + more, remedy });
}

/** Words for the images that no key has, where people look for one: what is read is named by `file`, a folder too. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map(
  ["folder", "path", "dir", "directory", "images", "files"].map((word) => [`data.${word}`, "data.file"]),
);

/** A key that the schema does not know at its place, with the nearest that it knows there, else anywhere. */
function unknownKey(schema: z.core.$ZodType, root: unknown, path: KeyPath): Explanation {
  const parent = path.slice(0, -1);
  const key = String(path.at(-1));
  const around = schemaAt(schema, root, parent);
  const siblings = around ? knownKeys(around, valueAt(root, parent)) : [];
  const unspaced = valueAt(root, path) === null ? spacedOut(key) : undefined;
  if (unspaced) {
    return {
      what: `unknown key ${dotted(path)} (did you mean ${unspaced}?)`,
      remedy: `Put a space after the colon: {${unspaced}}`,
    };
  }
  const otherWord = OTHER_WORDS.get(dotted(path));
  if (otherWord !== undefined) {
    return {
      what: `unknown key ${dotted(path)} (did you mean ${otherWord}?)`,
      remedy: `Write data: {file: ${show(valueAt(root, path))}}: a folder or .zip of images, an .npy, .npz or .csv file`,
    };
  }
  const otherType = around && ofOtherType(around, valueAt(root, parent), path);
  if (otherType) return otherType;
  const sibling = nearest(key, siblings);
  const meant = sibling ? [...parent, sibling] : nearestPath(key, knownPaths(schema, root));
  const place = parent.length === 0 ? "at the top" : `in ${dotted(parent)}`;
  return {
    what: `unknown key ${dotted(path)}${meant ? ` (did you mean ${dotted(meant)}?)` : ""}`,
    remedy: siblings.length > 0 ? `Known ${place}: ${siblings.join(", ")}` : "Remove it",
  };
}

/** A key that a part has when it is of another type than the one chosen. */
function ofOtherType(part: z.core.$ZodType, value: unknown, path: KeyPath): Explanation | undefined {
  const { discriminator = "", options = [], standard } = choicesOf(part) ?? {};
  const key = String(path.at(-1));
  const types = options
    .filter(({ shape }) => Object.hasOwn(shape, key))
    .flatMap(({ shape }) => [...((shape[discriminator] as z.ZodType)._zod.values ?? [])])
    // One that need not be named has the value undefined too.
    .filter((type) => typeof type === "string");
  if (types.length === 0) return undefined;
  const chooser = dotted([...path.slice(0, -1), discriminator]);
  const chosen = (isMapping(value) ? value[discriminator] : undefined) ?? standard;
  return {
    what: `${dotted(path)} is a setting of ${chooser}=${types.join(" or ")}, and here ${discriminator} is ${show(chosen)}`,
    remedy: `Choose that type, with --set ${chooser.replace(/^model\.(?=.*\.)/, "")}=${types[0]}, or leave ${key} out`,
  };
}

/** `type: constant` for `type:constant`, which YAML takes for one word. */
function spacedOut(word: string): string | undefined {
  const [, key, value] = /^(\w+):(.+)$/.exec(word) ?? [];
  return key && `${key}: ${value}`;
}

function describe(root: unknown, issue: z.core.$ZodIssue): Explanation {
  const path = issue.path as KeyPath;
  const given = valueAt(root, path);
  const { what, remedy } = explainIssue(issue, given, remedyForText);
  return { what: `${dotted(path)}${what === "is missing" ? "" : ":"} ${what}`, remedy };
}

/** What to write instead of a text that is none of what is wanted, and nearly is. */
function remedyForText(text: string, expected: string, wanted: string): string {
  if (expected === "number" || expected === "int") {
    const number = numberMeant(text);
    return number === undefined ? `Give ${wanted}` : `Write ${number}`;
  }
  const spaced = expected === "object" ? spacedOut(text) : undefined;
  return spaced ? `Put a space after the colon: ${spaced}` : `Give ${wanted}`;
}

/** A number as YAML 1.1 and 1.2 both read it, where a text is one but for its underscores, or lacks a point. */
function numberMeant(text: string): string | undefined {
  const [, sign = "", whole = "", part = "", power] =
    /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text.trim().replaceAll("_", "")) ?? [];
  if (whole + part === "") return undefined;
  const units = `${sign === "-" ? "-" : ""}${whole.replace(/^0+(?=\d)/, "") || "0"}`;
  if (power === undefined) return part ? `${units}.${part}` : units;
  return `${units}.${part || "0"}e${/^[-+]/.test(power) ? "" : "+"}${power}`;
}

/** The path whose last key is nearest to a word; of equally near ones the shortest. Undefined when none is near. */
function nearestPath(word: string, paths: readonly (readonly string[])[]): readonly string[] | undefined {
  const name = nearest(
    word,
    paths.map((path) => path.at(-1)!),
  );
  return paths.filter((path) => path.at(-1) === name).sort((a, b) => a.length - b.length)[0];
}
