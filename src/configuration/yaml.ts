import { isAlias, isCollection, isMap, isNode, type Node } from "yaml";
import { refuse } from "../errors.js";
import type { Layer } from "./layers.js";
import { isMapping, type KeyPath } from "./schema-walk.js";
import { parseYaml } from "./yaml-document.js";

/** A configuration file's settings, and what their reader should know. */
export interface FileLayer extends Layer {
  /** One line each; nothing in them stops a training. */
  readonly warnings: readonly string[];
}

const MISTAKE = {
  what: "this is",
  remedy: "Correct the syntax there: keys end in a colon, and deeper keys are indented by spaces",
};

/**
 * Reads a configuration file's text: YAML 1.2, or what PyYAML makes of it. Places are `name:line:column`, both counted from 1.
 * @param name The file's name, for places.
 * @param isPython Whether a file with these keys at its top is one that PyYAML reads.
 * @throws UserError when it is no YAML, is empty, or holds something else than keys and values.
 */
export function yamlLayer(
  name: string,
  text: string,
  isPython: (keys: readonly string[]) => boolean,
): FileLayer {
  const {
    document,
    at,
    repeated,
    values: read,
  } = parseYaml(text, { ...MISTAKE, name, at: (line, column) => `${name}:${line}:${column}` }, isPython);
  const values = read();
  if (values === null || values === undefined) {
    refuse(name, "the file is empty", "Begin with a preset, such as the line preset: geometry");
  }
  if (!isMapping(values)) {
    refuse(
      name,
      `expected keys and values, such as seed: 1, and found ${Array.isArray(values) ? "a list" : "one value"}`,
      "Write one key per line, each with a colon after it",
    );
  }
  return {
    values,
    warnings: repeated.map(({ key, at }) => `${at}: ${key} is given twice; the last one holds, as in PyYAML`),
    place(path) {
      const offset = offsetOf(document.contents, path);
      return offset === undefined ? undefined : at(offset);
    },
  };
}

/** Where in the text the key at a path stands; for a merged or repeated part, where that is called. */
function offsetOf(contents: Node | null, path: KeyPath): number | undefined {
  let node: unknown = contents;
  let offset = isNode(contents) ? contents.range?.[0] : undefined;
  for (const key of path) {
    if (isAlias(node)) return offset;
    if (!isCollection(node)) return undefined;
    if (isMap(node)) {
      const pair = node.items.find((item) => isNode(item.key) && String(item.key) === String(key));
      if (!pair) return undefined;
      offset = (pair.key as Node).range?.[0];
      node = pair.value;
    } else {
      node = node.items[Number(key)];
      if (!isNode(node)) return undefined;
      offset = node.range?.[0];
    }
  }
  return offset;
}

/**
 * A value written as YAML on the command line.
 * @param report how the message begins where it is none, and what to do then.
 * @throws UserError when it is no valid YAML.
 */
export function readYamlValue(
  text: string,
  where: string,
  report: { readonly what: string; readonly remedy: string },
): unknown {
  return parseYaml(text, { ...report, name: where, at: () => where }).values();
}
