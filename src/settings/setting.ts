import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import { UserError } from "../errors.js";
import { explainIssue } from "./explain-issue.js";

/** How one value of a setting is read from a text, and which values it may have. */
export interface Item<Value> {
  readonly schema: z.ZodType<Value>;
  /** What the text says; the text itself where it says nothing of the kind, for the schema to refuse. */
  read(text: string): unknown;
  /** The kind of value in help: `n` is shown as `<n>`. */
  readonly placeholder: string;
  /** All values that there are, where they can be listed. */
  readonly choices?: readonly string[];
  /** What a shell offers in its place. */
  readonly completes?: "files" | "runs";
}

/**
 * One setting of a command or of a reproduction: from this description come its flag, its line of help, its
 * completion, its messages, and the TypeScript type of its value.
 */
export interface Setting<Value> {
  /** What it means: a phrase in lower case without a full stop. */
  readonly about: string;
  readonly form: "flag" | "one" | "list" | "repeated";
  readonly item: Item<unknown>;
  readonly schema: z.ZodType<Value>;
  /** The value by default; undefined where there is none. */
  readonly default: Value | undefined;
  /** What help calls the default, where it depends on something else. */
  readonly defaultText?: string;
  readonly required: boolean;
  /** Earlier names of its flag, without dashes, which work for one release. */
  readonly was: readonly string[];
  /** Values that once belonged to this flag and now belong to another setting, which they work for. */
  readonly moved?: { readonly values: readonly string[]; readonly to: string };
  /** What the flag means where no value follows it; without one, a value must follow. */
  readonly bare?: string;
  /** A letter for its flag: `q` for `-q`. */
  readonly short?: string;
  /** Heading of its part of the help. */
  readonly group?: string;
}

/** Settings by their names in code: `evaluationVotes` has the flag `--evaluation-votes`. */
export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** The values of settings, as a command receives them; those that have none are left out. */
export type ValuesOf<S extends Settings> = {
  readonly [Name in keyof S as undefined extends ValueOf<S[Name]> ? never : Name]: ValueOf<S[Name]>;
} & {
  readonly [Name in keyof S as undefined extends ValueOf<S[Name]> ? Name : never]?: Exclude<
    ValueOf<S[Name]>,
    undefined
  >;
};

type ValueOf<S> = S extends Setting<infer Value> ? Value : never;

/** What a command line says of settings, by name: texts, and whether a flag is there. */
export type RawValues = Readonly<Record<string, readonly string[] | boolean | undefined>>;

/** `--evaluation-votes` for `evaluationVotes`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * The values of settings, checked.
 * @param labelOf What a message calls a setting: its flag, or the argument at its place.
 * @throws UserError for the first setting whose value is missing or not allowed.
 */
export function readSettings<S extends Settings>(
  settings: S,
  raw: RawValues,
  labelOf: (name: string) => string = flagOf,
): ValuesOf<S> {
  const values = Object.entries(settings).map(([name, setting]) => [
    name,
    readSetting(setting, raw[name], labelOf(name)),
  ]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as ValuesOf<S>;
}

function readSetting(
  { form, item, schema, about, bare }: Setting<unknown>,
  said: readonly string[] | boolean | undefined,
  label: string,
): unknown {
  const raw = said === true && bare !== undefined ? [bare] : said;
  const given = raw === undefined || typeof raw === "boolean" ? raw : candidateOf(form, item, raw);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  if (given === undefined) {
    throw new UserError({
      where: label,
      what: "is missing",
      remedy: `Give ${label}${label.startsWith("-") ? ` <${item.placeholder}>` : ""}: ${about}`,
    });
  }
  const texts = Array.isArray(raw) ? (raw as readonly string[]) : [];
  const at = issue.path[0];
  const value = typeof at === "number" && Array.isArray(given) ? given[at] : given;
  const { what, remedy } = explainIssue(issue, value);
  const isOwn = issue.code === "custom" || issue.code === "invalid_format";
  throw new UserError({
    where: [label, ...texts].join(" "),
    what,
    remedy: isOwn ? `Give ${label} <${item.placeholder}>: ${about}` : remedy,
  });
}

function candidateOf(form: Setting<unknown>["form"], item: Item<unknown>, texts: readonly string[]): unknown {
  if (form === "repeated") return texts.map((text) => item.read(text));
  // A setting that is given twice has its last value, as in other command lines.
  const text = texts.at(-1)!;
  if (form !== "list") return item.read(text);
  return [...new Set(text.split(",").map((part) => item.read(part.trim())))];
}

/**
 * The words of a command line that give these values: those that differ from the defaults.
 * @returns For instance `["--bins", "40", "--force"]`.
 */
export function wordsOf<S extends Settings>(settings: S, values: Partial<ValuesOf<S>>): string[] {
  return Object.entries(settings).flatMap(([name, setting]) => {
    const value: unknown = (values as Readonly<Record<string, unknown>>)[name];
    if (value === undefined || isDeepStrictEqual(value, setting.default)) return [];
    const flag = flagOf(name);
    if (setting.form === "flag") return [value ? flag : flag.replace(/^--/, "--no-")];
    const list = (Array.isArray(value) ? value : [value]).map(textOf);
    return setting.form === "repeated" ? list.flatMap((text) => [flag, text]) : [flag, list.join(",")];
  });
}

function textOf(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}
