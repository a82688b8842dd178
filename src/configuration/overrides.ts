import type { z } from "zod";
import { refuse } from "../errors.js";
import type { Layer } from "./layers.js";
import { child, isMapping, type KeyPath, knownKeys, schemaAt } from "./schema-walk.js";
import { readYamlValue } from "./yaml.js";

/** One `--set path=value`, taken apart. */
export interface Override {
  /** As given, for messages. */
  readonly where: string;
  /** The key, at its dots. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Takes `path=value` apart: the path at its dots, the value as YAML (`3`, `[0, 10]`, `{type: beta}`; nothing behind the
 * equals sign takes the setting away).
 * @throws UserError when there is no equals sign, a key is empty, or the value is no YAML.
 */
export function parseOverride(text: string): Override {
  const where = `--set ${text}`;
  const equals = text.indexOf("=");
  const path = text.slice(0, equals).trim().split(".");
  if (equals < 0 || path.includes("")) {
    refuse(where, "expected path=value", "Write for instance --set model.objective.capacity=3");
  }
  const value = readYamlValue(text.slice(equals + 1), where, {
    what: "the value is",
    remedy: "Put a text with special characters in quotes",
  });
  return { where, path, value: value ?? null };
}

/**
 * The settings that one override lays over a configuration. A path whose first key is unknown at the top is tried
 * under `model`: `objective.capacity` means `model.objective.capacity`. A number in a path is a position in a list.
 * Whether the schema knows the path is found out when the whole is checked.
 * @param below The configuration so far, whose lists are copied with one entry changed.
 * @throws UserError when a list has no such position.
 */
export function overrideLayer(
  schema: z.core.$ZodType,
  below: Readonly<Record<string, unknown>>,
  { where, path: given, value }: Override,
): Layer {
  const modelSchema = schemaAt(schema, below, ["model"]);
  const shortened = !knownKeys(schema, below).includes(given[0]!);
  const path =
    shortened && modelSchema && knownKeys(modelSchema, below.model).includes(given[0]!)
      ? ["model", ...given]
      : given;
  return {
    values: nested(below, path, value, where) as Record<string, unknown>,
    place: (asked) => (asked.length > 0 && sharesWay(asked, path) ? where : undefined),
  };
}

/** Whether one path continues the other. */
function sharesWay(a: KeyPath, b: KeyPath): boolean {
  return a.every((key, i) => i >= b.length || String(key) === String(b[i]));
}

/**
 * `{a: {b: value}}` for the path a.b. A list below is copied whole with one entry changed, since lists are replaced, not
 * merged.
 */
function nested(
  below: unknown,
  path: readonly string[],
  value: unknown,
  where: string,
  walked: readonly string[] = [],
  inList = false,
): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const here = [...walked, key];
  if (Array.isArray(below)) {
    const position = Number(key);
    if (!(/^\d+$/.test(key) && position < below.length)) {
      refuse(
        where,
        `${walked.join(".")} is a list of ${below.length}, and has no entry ${key}`,
        `Give an entry from 0 to ${below.length - 1}, or the whole list: --set ${walked.join(".")}=[...]`,
      );
    }
    return below.with(position, nested(below[position], rest, value, where, here, true));
  }
  const changed = { [key]: nested(child(below, key), rest, value, where, here, inList) };
  return inList && isMapping(below) ? { ...below, ...changed } : changed;
}
