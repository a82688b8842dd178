import { UserError } from "../../errors.js";
import { nearest } from "../../given-names.js";
import type { Command } from "./define.js";

/** A command in the table: its file is loaded when it is run, or asked for its help. */
export interface CommandEntry {
  /** A verb first, in lower case, without a full stop. */
  readonly about: string;
  load(): Promise<{ readonly default: Command }>;
}

/** Commands under a common name, such as `narrows measure mig`. */
export interface CommandGroup {
  readonly about: string;
  readonly commands: CommandTable;
  /** The command that is meant where none is named. */
  readonly default?: string;
  readonly details?: string;
  readonly examples?: readonly string[];
}

/** The earlier name of a command, which works for one release. */
export interface RenamedCommand {
  readonly renamedTo: string;
}

export type CommandNode = CommandEntry | CommandGroup | RenamedCommand;

/** Commands by name, in the order in which help lists them. */
export type CommandTable = Readonly<Record<string, CommandNode>>;

/** Where the words of a command line lead in a table. */
export interface Resolved {
  /** Names of the groups and the command, as they are now. */
  readonly path: readonly string[];
  readonly node: CommandNode;
  /** The words that follow. */
  readonly rest: readonly string[];
  /** A renamed command on the way: its name then and now. */
  readonly renamed?: { readonly from: string; readonly to: string };
}

export const isGroup = (node: CommandNode): node is CommandGroup => "commands" in node;

/** A command of a group by its name, an earlier one too; undefined where there is none. */
export function childOf(
  { commands }: CommandGroup,
  word: string,
): { readonly name: string; readonly node: CommandNode } | undefined {
  const found = Object.hasOwn(commands, word) ? commands[word]! : undefined;
  if (found === undefined) return undefined;
  const name = "renamedTo" in found ? found.renamedTo : word;
  return { name, node: commands[name]! };
}

const HELP_FLAGS: readonly string[] = ["-h", "--help"];

/**
 * Finds the command of a command line.
 * @throws UserError for a name that a group does not have.
 */
export function resolveCommand(root: CommandGroup, words: readonly string[]): Resolved {
  let node: CommandNode = root;
  let rest = words;
  let renamed: Resolved["renamed"];
  const path: string[] = [];
  while (isGroup(node) && rest.length > 0 && !rest[0]!.startsWith("-")) {
    const word = rest[0]!;
    const child = childOf(node, word);
    if (child === undefined) throw unknownCommand(word, path, node.commands);
    const { name } = child;
    if (name !== word) renamed = { from: [...path, word].join(" "), to: [...path, name].join(" ") };
    path.push(name);
    node = child.node;
    rest = rest.slice(1);
  }
  if (isGroup(node) && node.default !== undefined && !rest.some((word) => HELP_FLAGS.includes(word))) {
    path.push(node.default);
    node = node.commands[node.default]!;
  }
  return { path, node, rest, ...(renamed && { renamed }) };
}

function unknownCommand(word: string, path: readonly string[], table: CommandTable): UserError {
  const names = Object.keys(table).filter((name) => !("renamedTo" in table[name]!));
  const meant = nearest(word, names) ?? inGroup(word, table);
  return new UserError({
    where: [...path, word].join(" "),
    what: `there is no such command${meant ? ` (did you mean ${meant}?)` : ""}`,
    remedy: `The commands are ${names.join(", ")}; ${["narrows", ...path].join(" ")} --help describes them`,
  });
}

/** The same name in a group, such as `datasets inspect` for `inspect`. */
function inGroup(word: string, table: CommandTable): string | undefined {
  const group = Object.entries(table).find(([, node]) => isGroup(node) && childOf(node, word) !== undefined);
  return group && `${group[0]} ${word}`;
}
