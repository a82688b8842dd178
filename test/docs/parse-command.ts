import type { Command } from "../../src/cli/command/define.js";
import type { CommandGroup, CommandNode } from "../../src/cli/command/tree.js";
import { built } from "./built.js";

const [{ runCommand }, { isGroup }, { COMMANDS }] = await Promise.all([
  built<typeof import("../../src/cli/command/program.js")>("cli/command/program.js"),
  built<typeof import("../../src/cli/command/tree.js")>("cli/command/tree.js"),
  built<typeof import("../../src/cli/commands/index.js")>("cli/commands/index.js"),
]);

/** What a command line asks for: every word has been understood, and every value is allowed. */
export interface ParsedCommand {
  /** The values of its arguments and settings, defaults included. */
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Reads a command line as the program does, and runs nothing.
 * @returns undefined for a line that only asks for help.
 * @throws UserError for a command, option or value that there is not.
 */
export async function parseCommand(words: readonly string[]): Promise<ParsedCommand | undefined> {
  let parsed: ParsedCommand | undefined;
  const keep = (options: Readonly<Record<string, unknown>>) => {
    parsed = { options };
  };
  await runCommand(unarmed(COMMANDS, keep) as CommandGroup, "0.0.0", words, {
    words,
    published: async () => () => undefined,
  });
  return parsed;
}

/** The same table, whose commands only keep what they were given. */
function unarmed(node: CommandNode, keep: (options: Readonly<Record<string, unknown>>) => void): CommandNode {
  if ("renamedTo" in node) return node;
  if (isGroup(node)) {
    const commands = Object.entries(node.commands).map(
      ([name, each]) => [name, unarmed(each, keep)] as const,
    );
    return { ...node, commands: Object.fromEntries(commands) };
  }
  const load = async (): Promise<{ default: Command }> => {
    const { default: command } = await node.load();
    const run: Command["run"] = async (options) => {
      keep(options);
      return 0;
    };
    return { default: { ...command, run } };
  };
  return { ...node, load };
}
