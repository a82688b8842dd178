import { firstRepeated } from "../collections.js";
import type { Override } from "../configuration/overrides.js";
import { isMapping } from "../configuration/schema-walk.js";
import { readYamlValue } from "../configuration/yaml.js";
import { refuse, UserError } from "../errors.js";

/** A setting, and the values that it takes one after the other. */
export interface GridAxis {
  /** As written, such as `objective.beta`. */
  readonly key: string;
  readonly values: readonly GridValue[];
}

/** One value of a setting on an axis of a grid. */
export interface GridValue {
  readonly value: unknown;
  /** For people and for names: `0.1`, or the `type` of a part. */
  readonly text: string;
  /** Sets it, as `--set` would. */
  readonly override: Override;
}

/**
 * Takes `key=value,value,...` apart: the key at its dots, the values as YAML, so that lists and mappings may stand among
 * them (`model.marginal={type: maf},{type: vamp}`). Whether there is such a setting is found out when it is set.
 * @throws UserError when there is no equals sign, no value, a value twice, or what is there is no YAML.
 */
export function parseGridAxis(text: string): GridAxis {
  const where = `--grid ${text}`;
  const equals = text.indexOf("=");
  const key = text.slice(0, Math.max(0, equals)).trim();
  const path = key.split(".");
  if (equals < 0 || path.includes("")) {
    refuse(where, "expected key=value,value,...", "Write for instance --grid objective.capacity=0.3,1,3");
  }
  const values = readValues(text.slice(equals + 1), where).map((value): GridValue => {
    const written = JSON.stringify(value);
    return { value, text: textOf(value), override: { where: `--grid ${key}=${written}`, path, value } };
  });
  const [, twice] = firstRepeated(values, ({ override }) => override.where) ?? [];
  if (twice) {
    throw new UserError({ where, what: `${twice.text} occurs twice`, remedy: "Name each value once" });
  }
  return { key, values };
}

function readValues(text: string, where: string): unknown[] {
  const values = readYamlValue(`[${text}]`, where, {
    what: "the values are",
    remedy: "Put commas between values, and a text with special characters in quotes",
  });
  if (Array.isArray(values) && values.length > 0) return values;
  refuse(where, "no value given", "Write the values after the equals sign, with commas between");
}

/** A part by its type and what else is said of it, such as `vamp components 5`; other values as JSON has them, a text without its quotes. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (isMapping(value) && typeof value.type === "string") {
    const { type, ...rest } = value;
    return [type, ...Object.entries(rest).map(([key, set]) => `${key} ${textOf(set)}`)].join(" ");
  }
  return JSON.stringify(value);
}

/**
 * Every combination of one value from each axis, the last axis changing fastest; a single empty one for no axis.
 * @throws UserError when two axes have the same key, with or without its leading `model.`.
 */
export function crossAxes(
  axes: readonly GridAxis[],
): { readonly key: string; readonly value: GridValue }[][] {
  const plain = ({ key }: GridAxis) => key.replace(/^model\./, "");
  const [, twice] = firstRepeated(axes, plain) ?? [];
  if (twice) {
    refuse(`--grid ${twice.key}`, "two grids have this key", "Put all of its values after one --grid");
  }
  return axes.reduce<{ key: string; value: GridValue }[][]>(
    (points, { key, values }) => points.flatMap((point) => values.map((value) => [...point, { key, value }])),
    [[]],
  );
}
