import { isAlias, isCollection, isMap, isNode, LineCounter, type Node, parseDocument } from "yaml";
import { UserError } from "../errors.js";
import type { Layer } from "./layers.js";
import { isMapping, type KeyPath } from "./schema-walk.js";

/** Anchors may repeat a part; a file that unfolds to more than this is an attack or a mistake. */
const MOST_ALIASES = 100;

/**
 * Reads a configuration file's text. Places are `name:line:column`, both counted from 1.
 * @param name The file's name, for places.
 * @throws UserError when it is no YAML, is empty, or holds something else than keys and values.
 */
export function yamlLayer(name: string, text: string): Layer {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const [problem, ...others] = document.errors;
  if (problem) {
    const more = others.length > 0 ? `; and ${others.length} more` : "";
    throw new UserError({
      where: at(problem.pos[0]),
      what: `this is no valid YAML: ${problem.message}${more}`,
      remedy: "Mend the syntax there: keys end in a colon, and deeper keys are indented by spaces",
      cause: problem,
    });
  }
  let values: unknown;
  try {
    values = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError({ where: name, what: reason, remedy: "Write the repeated parts out", cause });
  }
  if (values === null || values === undefined) {
    throw new UserError({
      where: name,
      what: "the file is empty",
      remedy: "Begin with a preset, such as the line preset: geometry",
    });
  }
  if (!isMapping(values)) {
    throw new UserError({
      where: name,
      what: `expected keys and values, such as seed: 1, and found ${Array.isArray(values) ? "a list" : "one value"}`,
      remedy: "Write one key a line, each with a colon behind it",
    });
  }
  return {
    values,
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
 * @param told how the message begins where it is none, and what to do then.
 * @throws UserError when it is no valid YAML.
 */
export function readYamlValue(
  text: string,
  where: string,
  { what, remedy }: { readonly what: string; readonly remedy: string },
): unknown {
  const document = parseDocument(text, { prettyErrors: false });
  const [problem] = document.errors;
  if (problem) {
    throw new UserError({ where, what: `${what} no valid YAML: ${problem.message}`, remedy, cause: problem });
  }
  return document.toJS();
}
