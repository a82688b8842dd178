import { readFileSync } from "node:fs";
import type { PublishedLookup } from "../analysis/analysis.js";
import { UserError } from "../errors.js";
import { explainSystemError } from "../files/system-errors.js";
import { visibleText } from "../visible-text.js";
import { runCommand } from "./command/program.js";
import { type CommandGroup, isGroup } from "./command/tree.js";
import { COMMANDS } from "./commands/index.js";
import { EXIT_CODES } from "./exit-codes.js";
import { printNote, printText } from "./output.js";
import { ownFilesIn } from "./own-files.js";

/**
 * Runs one command line, its program's name not among the arguments, and sets `process.exitCode`. It never ends the process and never
 * rejects, and it leaves nothing behind: a process may run one after the other, as the tests do.
 */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  try {
    if (args[0] === "__complete") return await complete(args.slice(1));
    const commands = await withOwnFigures(args);
    process.exitCode = await runCommand(commands, version(), args, { words: args, published });
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** The commands, with the figures of files that the command line names. */
async function withOwnFigures(args: readonly string[]): Promise<CommandGroup> {
  const files = args.includes("figure") ? ownFilesIn(args) : [];
  const group = COMMANDS.commands.figure;
  if (files.length === 0 || group === undefined || !isGroup(group)) return COMMANDS;
  const { ownFigures } = await import("./own-figures.js");
  return { ...COMMANDS, commands: { ...COMMANDS.commands, figure: ownFigures(group, files) } };
}

/** Only here the general commands and the papers meet: what was published is shown for runs of a paper's own configuration. */
async function published(): Promise<PublishedLookup> {
  return (await import("../papers/geometry-of-efficient-codes/published-error.js")).publishedErrorFor;
}

/** Answers the script of a shell: see commands/completion.ts. */
async function complete(line: readonly string[]): Promise<void> {
  const { completionsOf } = await import("./command/complete.js");
  const { words, files } = await completionsOf(COMMANDS, line);
  const lines = words.map(([word, about]) => `${visibleText(word)}\t${visibleText(about)}\n`);
  printText([...lines, ...(files ? [":\n"] : [])].join(""), process.stdout);
}

function version(): string {
  const file = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(file) as { version: string }).version;
}

function report(thrown: unknown): number {
  // What reading and writing did not explain where it failed: a quota, a drive that is gone, too many open files.
  const error = explainSystemError(thrown, placeOf(thrown));
  if (error instanceof UserError) {
    printNote(`narrows: ${error.message}`);
    return EXIT_CODES.badInput;
  }
  printText(`narrows: ${error instanceof Error ? error.stack : String(error)}\n`, process.stderr);
  return EXIT_CODES.failed;
}

/** The path that an error of the system names. */
function placeOf(error: unknown): string {
  return error instanceof Error && "path" in error ? String(error.path) : "a file or device";
}
