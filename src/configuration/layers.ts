import type { z } from "zod";
import { sourceNamedBy } from "../data/sources/index.js";
import { childSchema, choicesOf, isMapping, type KeyPath, objectSchema, unwrap } from "./schema-walk.js";

/** Settings from one place: a preset, a file, or one `--set`. */
export interface Layer {
  readonly values: Readonly<Record<string, unknown>>;
  /** Where this layer says the setting at this path, for people; undefined where it is silent there. */
  place(path: KeyPath): string | undefined;
}

/**
 * Lays settings over others. Mappings merge key by key; lists and numbers are replaced; null takes a setting away. A
 * part that names another `type` than the one below keeps, of the settings below, only those that it has itself; data
 * from another source replace the data below. A key that the schema does not know stays, whatever its value, so that it is
 * refused when the whole is checked.
 */
export function overlay(schema: z.core.$ZodType, below: unknown, above: unknown): unknown {
  if (!isMapping(above)) return above;
  const kept = isMapping(below) ? keptBelow(schema, below, above) : {};
  const both = { ...kept, ...above };
  // A map, so that no key is taken for a property of objects.
  const merged = new Map(Object.entries(kept));
  // The choice comes first: the schemas of the other keys depend on it.
  for (const key of Object.keys(above).sort((a, b) => Number(b === "type") - Number(a === "type"))) {
    const value = above[key];
    const deeper = childSchema(schema, both, key);
    if (value === null && deeper) merged.delete(key);
    else merged.set(key, deeper ? overlay(deeper, merged.get(key), value) : value);
  }
  return Object.fromEntries(merged);
}

/** What of a mapping survives when another is laid over it. */
function keptBelow(
  schema: z.core.$ZodType,
  below: Record<string, unknown>,
  above: Record<string, unknown>,
): Record<string, unknown> {
  const choices = choicesOf(schema);
  if (choices) {
    const { discriminator, standard } = choices;
    const chosen = above[discriminator];
    if (chosen === undefined || chosen === (below[discriminator] ?? standard)) return below;
    const shape = objectSchema(schema, above)?.shape ?? {};
    return pick(below, (key) => Object.hasOwn(shape, key));
  }
  const source = sourceNamedBy(unwrap(schema), above);
  return source ? pick(below, (key) => Object.hasOwn(source.shape, key)) : below;
}

function pick(mapping: Record<string, unknown>, keep: (key: string) => boolean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(mapping).filter(([key]) => keep(key)));
}

/** Writes the standard choice into every part that is described without its `type`. */
export function fillChoices(schema: z.core.$ZodType, value: unknown): unknown {
  if (!isMapping(value)) return value;
  const choices = choicesOf(schema);
  const named =
    choices?.standard !== undefined && value[choices.discriminator] === undefined
      ? { [choices.discriminator]: choices.standard, ...value }
      : value;
  return Object.fromEntries(
    Object.entries(named).map(([key, inner]) => {
      const deeper = childSchema(schema, named, key);
      return [key, deeper ? fillChoices(deeper, inner) : inner];
    }),
  );
}

/** Where a setting was last said: the uppermost layer that says it, else the nearest mapping around it that one says. */
export function placeOf(layers: readonly Layer[], path: KeyPath): string | undefined {
  for (let length = path.length; length >= 0; length--) {
    for (const layer of layers.toReversed()) {
      const place = layer.place(path.slice(0, length));
      if (place !== undefined) return place;
    }
  }
  return undefined;
}
