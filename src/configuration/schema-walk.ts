import * as z from "zod";

// What a schema knows about its own keys, read from the schema itself: messages and shorthands need no second list.

/** A key path: names of settings, and positions in lists. */
export type KeyPath = readonly (string | number)[];

/** `model.encoder.layers.0.channels`; `(top)` for the whole. */
export function dotted(path: KeyPath): string {
  return path.length === 0 ? "(top)" : path.join(".");
}

/** The schema inside wrappers such as `.optional()`, `.default()` and `.prefault()`. */
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const inner = (schema as z.ZodOptional)._zod.def.innerType as z.core.$ZodType | undefined;
  return inner ? unwrap(inner) : schema;
}

/** The options of a union distinguished by one key, that key, and the option that stands where nothing is said. */
interface Choices {
  readonly discriminator: string;
  readonly options: readonly z.ZodObject[];
  readonly standard: string | undefined;
}

/** How a schema distinguishes its choices; undefined where it has none. */
export function choicesOf(schema: z.core.$ZodType): Choices | undefined {
  const union = unwrap(schema);
  if (!(union instanceof z.ZodDiscriminatedUnion)) return undefined;
  const { discriminator, options } = union.def;
  const standard = (schema as z.ZodPrefault)._zod.def.defaultValue as Record<string, string> | undefined;
  return {
    discriminator,
    options: options as unknown as readonly z.ZodObject[],
    standard: standard?.[discriminator],
  };
}

/** The object schema of a value: of a union, the option that the value chooses. Undefined where there is none. */
export function objectSchema(schema: z.core.$ZodType, value: unknown): z.ZodObject | undefined {
  const choices = choicesOf(schema);
  if (choices) {
    const { discriminator, options, standard } = choices;
    const chosen = isMapping(value) ? (value[discriminator] ?? standard) : standard;
    // One that need not be named is chosen by nothing, too.
    return options.find((option) => option.shape[discriminator]!.safeParse(chosen).success);
  }
  const plain = unwrap(schema);
  // A name, or keys and values, as `initialisation` may be.
  const written = plain instanceof z.ZodUnion && isMapping(value) ? plain.options.find(isObject) : plain;
  return written && isObject(written) ? written : undefined;
}

function isObject(schema: z.core.$ZodType): schema is z.ZodObject {
  return schema instanceof z.ZodObject;
}

/** The schema of one setting of a value; undefined where the schema knows no such key. */
export function childSchema(
  schema: z.core.$ZodType,
  value: unknown,
  key: string | number,
): z.core.$ZodType | undefined {
  const plain = unwrap(schema);
  if (plain instanceof z.ZodArray) return plain.element;
  if (plain instanceof z.ZodTuple) return plain.def.items[Number(key)];
  const shape = objectSchema(schema, value)?.shape;
  return shape && Object.hasOwn(shape, key) ? shape[key] : undefined;
}

/** The schema at a path below a value; undefined where the schema does not know the path. */
export function schemaAt(
  schema: z.core.$ZodType,
  value: unknown,
  path: KeyPath,
): z.core.$ZodType | undefined {
  let here: z.core.$ZodType | undefined = schema;
  let held = value;
  for (const key of path) {
    here = here && childSchema(here, held, key);
    held = child(held, key);
  }
  return here;
}

/** The keys that a mapping at this place may have, by what it has chosen. */
export function knownKeys(schema: z.core.$ZodType, value: unknown): string[] {
  return Object.keys(objectSchema(schema, value)?.shape ?? {});
}

/** Every path of settings that the schema knows, by what a value has chosen; lists are not entered. */
export function knownPaths(schema: z.core.$ZodType, value: unknown): string[][] {
  return knownKeys(schema, value).flatMap((key) => {
    const deeper = childSchema(schema, value, key);
    return [[key], ...(deeper ? knownPaths(deeper, child(value, key)).map((path) => [key, ...path]) : [])];
  });
}

/** A mapping of keys to values, as YAML and JSON have them. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value under a key of a mapping or a list; undefined where there is none. */
export function child(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The value under a path of mappings and lists; undefined where there is none. */
export function valueAt(root: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((held, key) => child(held, key), root);
}
