import * as z from "zod";
import type { Item, Setting } from "./setting.js";

/** What every kind of setting can say of itself. */
export interface SettingOptions<Value> {
  /** What it means: a phrase in lower case without a full stop. */
  readonly about: string;
  readonly default?: Value;
  /** What help calls the default, where it depends on something else: `20 for quick, 200 for paper`. */
  readonly defaultText?: string;
  readonly required?: true;
  /** The kind of value in help, in place of the usual one. */
  readonly placeholder?: string;
  /** Earlier names of its flag, without dashes. */
  readonly was?: readonly string[];
  /** Values that once belonged to this flag and now belong to another setting. */
  readonly moved?: { readonly values: readonly string[]; readonly to: string };
  /** What the flag means where no value follows it; without one, a value must follow. */
  readonly bare?: string;
  /** A letter for its flag: `q` for `-q`. */
  readonly short?: string;
  /** Heading of its part of the help. */
  readonly group?: string;
}

/** The value of a setting: undefined is among its values unless it has a default or is required. */
type Given<Value, Options> = Options extends { readonly default: unknown } | { readonly required: true }
  ? Value
  : Value | undefined;

/** What a number may be. */
export interface Bounds {
  /** The lowest value that is allowed. */
  readonly minimum?: number;
  /** The highest value that is allowed. */
  readonly maximum?: number;
  /** A bound that is not itself allowed. */
  readonly above?: number;
}

/**
 * A setting whose value is a whole number.
 * @param options what it means, its default, and its bounds `minimum`, `maximum` and `above`.
 */
export function whole<const O extends SettingOptions<number> & Bounds>(
  options: O,
): Setting<Given<number, O>> {
  return one(options, { schema: bounded(z.int(), options), read: numberIn, placeholder: "n" });
}

/**
 * A setting whose value is a number.
 * @param options what it means, its default, and its bounds `minimum`, `maximum` and `above`.
 */
export function number<const O extends SettingOptions<number> & Bounds>(
  options: O,
): Setting<Given<number, O>> {
  return one(options, { schema: bounded(z.number(), options), read: numberIn, placeholder: "x" });
}

/** A setting whose value is a text, such as the name of a file. */
export function text<const O extends SettingOptions<string>>(options: O): Setting<Given<string, O>> {
  return one(options, {
    schema: z.string().min(1),
    read: (given) => given,
    placeholder: "text",
    completes: "files",
  });
}

/** The name of a run, or the path of its folder. */
export function runName<const O extends SettingOptions<string>>(options: O): Setting<Given<string, O>> {
  return one(options, {
    schema: z.string().min(1),
    read: (given) => given,
    placeholder: "run",
    completes: "runs",
  });
}

/** A number or text that a schema checks which other settings use too. */
export function checked<Value, const O extends SettingOptions<Value> & { readonly placeholder: string }>(
  schema: z.ZodType<Value>,
  options: O,
): Setting<Given<Value, O>> {
  return one<Value, O>(options, { schema, read: numberIn, placeholder: options.placeholder });
}

/** A setting whose value is one of several names; large and small letters are the same. */
export function choice<const Name extends string, const O extends SettingOptions<Name>>(
  names: readonly Name[],
  options: O,
): Setting<Given<Name, O>> {
  return one<Name, O>(options, {
    schema: z.enum(names),
    read: (given) => names.find((name) => name.toLowerCase() === given.trim().toLowerCase()) ?? given,
    placeholder: "name",
    choices: names,
  });
}

/** Yes or no, where not saying it is a third answer. */
export function yesOrNo<const O extends SettingOptions<boolean>>(options: O): Setting<Given<boolean, O>> {
  return one(options, {
    schema: z.enum(["yes", "no"]).transform((answer) => answer === "yes"),
    read: (given) => given,
    placeholder: "yes|no",
  });
}

/** A switch: off unless its flag is there; one that is on by default has the flag `--no-...`. */
export function flag(options: Omit<SettingOptions<boolean>, "required" | "placeholder">): Setting<boolean> {
  const standard = options.default ?? false;
  const item: Item<boolean> = { schema: z.boolean(), read: () => true, placeholder: "" };
  return {
    ...described(options),
    form: "flag",
    item,
    required: false,
    default: standard,
    schema: z.boolean().default(standard),
  };
}

/**
 * A setting of several different values in one text, with commas between.
 * @param of the setting of one of them.
 */
export function list<Value, const O extends SettingOptions<readonly Value[]>>(
  of: Setting<Value | undefined>,
  options: O,
): Setting<Given<readonly Value[], O>> {
  return several("list", of.item as Item<Value>, { placeholder: `${of.item.placeholder},...`, ...options });
}

/** A setting that may be given several times, or an argument with several values; none is an empty list. */
export function repeated<Value, const O extends Omit<SettingOptions<readonly Value[]>, "default">>(
  of: Setting<Value | undefined>,
  options: O,
): Setting<readonly Value[]> {
  const { placeholder } = of.item;
  const standard = options.required ? {} : { default: [] as readonly Value[] };
  return several("repeated", of.item as Item<Value>, { placeholder, ...options, ...standard }) as Setting<
    readonly Value[]
  >;
}

/**
 * A value that is read by a function of its own.
 * @param read Throws a UserError for a text that it does not take.
 */
export function parsed<Value, const O extends SettingOptions<Value>>(
  read: (text: string) => Value,
  options: O,
): Setting<Given<Value, O>> {
  return one<Value, O>(options, {
    schema: z.custom<Value>((value) => value !== undefined),
    read,
    placeholder: "text",
  });
}

function one<Value, O extends SettingOptions<Value>>(
  options: O,
  item: Item<Value>,
): Setting<Given<Value, O>> {
  return finished("one", options, item, item.schema);
}

function several<Value, O extends SettingOptions<readonly Value[]>>(
  form: "list" | "repeated",
  item: Item<Value>,
  options: O,
): Setting<Given<readonly Value[], O>> {
  const schema: z.ZodType<readonly Value[]> =
    form === "repeated" && !options.required ? z.array(item.schema) : z.array(item.schema).min(1);
  return finished(form, options, item, schema);
}

function finished<Value, O extends SettingOptions<Value>>(
  form: Setting<Value>["form"],
  options: O,
  item: Item<unknown>,
  schema: z.ZodType<Value>,
): Setting<Given<Value, O>> {
  const { placeholder = item.placeholder, required = false, default: standard } = options;
  return {
    ...described(options),
    form,
    item: { ...item, placeholder },
    required,
    default: standard as Given<Value, O> | undefined,
    schema: (required ? schema : withDefault(schema, standard)) as z.ZodType<Given<Value, O>>,
  };
}

function withDefault<Value>(
  schema: z.ZodType<Value>,
  standard: Value | undefined,
): z.ZodType<Value | undefined> {
  // Not zod's own default, which would take undefined out of the type of those that have none.
  return schema.optional().transform((value) => value ?? standard) as z.ZodType<Value | undefined>;
}

function described(options: Omit<SettingOptions<unknown>, "required">) {
  const { about, was = [], defaultText, moved, bare, short, group } = options;
  return {
    about,
    was,
    ...(defaultText !== undefined && { defaultText }),
    ...(moved && { moved }),
    ...(bare !== undefined && { bare }),
    ...(short !== undefined && { short }),
    ...(group !== undefined && { group }),
  };
}

function bounded<Schema extends z.ZodNumber>(
  schema: Schema,
  { minimum, maximum, above }: Bounds,
): z.ZodType<number> {
  let result: z.ZodNumber = schema;
  if (minimum !== undefined) result = result.min(minimum);
  if (maximum !== undefined) result = result.max(maximum);
  if (above !== undefined) result = result.gt(above);
  return result;
}

const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

function numberIn(given: string): number | string {
  return DECIMAL.test(given.trim()) ? Number(given) : given;
}
