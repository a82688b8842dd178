import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  type ParseOptions,
  parseDocument,
  type SchemaOptions,
} from "yaml";
import { refuse } from "../errors.js";
import { PYTHON_YAML } from "./python-yaml.js";

/** Anchors may repeat a part; a file that unfolds to more than this is an attack or a mistake. */
const MAX_UNFOLDED = 100;

/** Aliases in a whole file; the parser compares each with every anchor. */
const MAX_ALIASES = 1000;

/** Collections within collections; a configuration has eight at the most. */
const MAX_LEVELS = 64;

/** A text of YAML that was understood. */
export interface ParsedYaml {
  readonly document: Document;
  /** A place in the text, for people. */
  at(offset: number): string;
  /** The later of two equal keys of one mapping, which PyYAML takes. */
  readonly repeated: readonly { readonly key: string; readonly at: string }[];
  /** The values, without any prototype's. @throws UserError where aliases unfold to more than a configuration can hold. */
  values(): unknown;
}

/** What messages say of a text. */
export interface YamlAbout {
  /** The file's name, or the option. */
  readonly name: string;
  /** A place in it, line and column counted from 1. */
  at(line: number, column: number): string;
  /** How the message begins where it is no YAML, and what to do then. */
  readonly what: string;
  readonly remedy: string;
}

/**
 * Parses one YAML document. Tags, deep nesting, keys that are no words and (but for PyYAML) equal keys are refused.
 * @param isPython Whether a text with these keys at its top is read as PyYAML reads it; else it is YAML 1.2.
 * @throws UserError when it is no such document; of several mistakes the first is reported, the others are counted.
 */
export function parseYaml(
  text: string,
  about: YamlAbout,
  isPython: (keys: readonly string[]) => boolean = () => false,
): ParsedYaml {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return about.at(line, col);
  };
  const ours = parsed(text, about, { lineCounter: lines });
  // Which keys there are does not depend on how plain values are read.
  const python =
    isMap(ours.contents) &&
    isPython(ours.contents.items.map(({ key }) => (isScalar(key) ? String(key.value) : "")));
  const document = python ? parsed(text, about, { lineCounter: new LineCounter(), ...PYTHON_YAML }) : ours;
  const looked = lookThrough(document);
  if (looked.tooDeep !== undefined) refuseTooDeep(at(looked.tooDeep));
  const problems = [
    ...document.errors.map(({ message, pos }) => ({ message, offset: pos[0] })),
    ...document.warnings.map(({ message, pos }) => ({ message, offset: pos[0] })),
    ...looked.problems,
    ...(python ? [] : looked.repeated.map(({ offset }) => ({ message: "Map keys must be unique", offset }))),
  ];
  const [problem, ...others] = problems;
  if (problem) {
    const more = others.length > 0 ? `; and ${others.length} more` : "";
    refuse(at(problem.offset), `${about.what} no valid YAML: ${problem.message}${more}`, about.remedy);
  }
  return {
    document,
    at,
    repeated: looked.repeated.map(({ key, offset }) => ({ key, at: at(offset) })),
    values() {
      try {
        return document.toJS({ maxAliasCount: MAX_UNFOLDED });
      } catch (cause) {
        const what = cause instanceof Error ? cause.message : String(cause);
        refuse(about.name, what, "Write out the repeated parts", cause);
      }
    },
  };
}

function parsed(text: string, { name }: YamlAbout, options: ParseOptions & SchemaOptions): Document {
  try {
    return parseDocument(text, {
      prettyErrors: false,
      // Compared below, in one pass.
      uniqueKeys: false,
      resolveKnownTags: false,
      merge: true,
      ...options,
    });
  } catch (cause) {
    // The parser calls itself for each level, and has no limit but the stack's.
    if (cause instanceof RangeError) refuseTooDeep(name, cause);
    throw cause;
  }
}

function refuseTooDeep(where: string, cause?: unknown): never {
  refuse(where, `parts within parts are nested more than ${MAX_LEVELS} deep`, "Write it flatter", cause);
}

interface Found {
  readonly problems: { readonly message: string; readonly offset: number }[];
  readonly repeated: { readonly key: string; readonly offset: number }[];
  tooDeep?: number;
}

/** What the parser lets pass, found without recursion: nesting, equal keys, keys that are no words, too many aliases. */
function lookThrough(document: Document): Found {
  const found: Found = { problems: [], repeated: [] };
  const open: { node: unknown; level: number }[] = [{ node: document.contents, level: 0 }];
  let aliases = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, level } = next;
    if (isAlias(node)) {
      if (++aliases > MAX_ALIASES) {
        found.problems.push({ message: "Excessive alias count", offset: offsetOf(node) });
        break;
      }
    } else if (isCollection(node)) {
      if (level >= MAX_LEVELS) return { ...found, tooDeep: offsetOf(node) };
      if (isMap(node)) lookAtKeys(node.items, found);
      for (const item of node.items) open.push({ node: isPair(item) ? item.value : item, level: level + 1 });
    }
  }
  return found;
}

function lookAtKeys(pairs: readonly Pair[], found: Found): void {
  const known = new Set<unknown>();
  for (const { key } of pairs) {
    const offset = offsetOf(key);
    if (!isScalar(key)) {
      found.problems.push({ message: "A key is a word, not a list or a mapping", offset });
      continue;
    }
    if (known.has(key.value)) found.repeated.push({ key: String(key.source ?? key.value), offset });
    known.add(key.value);
  }
}

function offsetOf(node: unknown): number {
  return (isNode(node) ? (node as Node).range?.[0] : undefined) ?? 0;
}
