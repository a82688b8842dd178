import { CommanderError, Command as Program } from "commander";
import { UserError } from "../../errors.js";
import { printNote, printText } from "../output.js";
import type { Context } from "./define.js";
import { helpBelow } from "./help.js";
import type { Execute } from "./leaf.js";
import { type CommandGroup, isGroup, resolveCommand } from "./tree.js";

/**
 * Runs one command line over a table of commands; returns the exit code.
 * @param words The command line without the program's own name.
 * @param context is lent to the command.
 * @throws UserError for what is unknown, missing or not allowed, with the place and the remedy.
 */
export async function runCommand(
  root: CommandGroup,
  version: string,
  words: readonly string[],
  context: Context,
): Promise<number> {
  // `narrows help measure mig` is `narrows measure mig --help`.
  const asked = words[0] === "help" ? [...words.slice(1), "--help"] : words;
  const resolved = resolveCommand(root, asked);
  const { path, node, rest, renamed } = resolved;
  if (renamed) {
    printNote(
      `note: narrows ${renamed.from} is now narrows ${renamed.to}; the old name works until the next release`,
    );
  }
  let exitCode = 0;
  const program = await programOf(root, version, path, asked, async (perform) => {
    exitCode = await perform(context);
  });
  // A group by itself lists its commands.
  const arguments_ = isGroup(node) && rest.length === 0 ? ["--help"] : rest;
  try {
    await program.parseAsync([...path, ...arguments_], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and the version end so too.
    if (error.exitCode !== 0) throw explained(error, path);
  }
  return exitCode === 0 ? Number(process.exitCode ?? 0) : exitCode;
}

/** The help of a command or group, as it is printed. */
export async function helpOf(root: CommandGroup, version: string, path: readonly string[]): Promise<string> {
  const program = await programOf(root, version, path, [], async () => {});
  const at = path.reduce((held, name) => held.commands.find((command) => command.name() === name)!, program);
  let help = "";
  at.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  return help;
}

/** The program with the commands along a path: those beside it are listed by name. */
async function programOf(
  root: CommandGroup,
  version: string,
  path: readonly string[],
  words: readonly string[],
  execute: Execute,
): Promise<Program> {
  const program = new Program("narrows").version(version, "-V, --version", "print the version");
  await fill(program, root, path, words, execute);
  return program;
}

async function fill(
  program: Program,
  group: CommandGroup,
  [next, ...further]: readonly string[],
  words: readonly string[],
  execute: Execute,
): Promise<void> {
  silence(program.description(group.about)).addHelpText("after", helpBelow(group.details, group.examples));
  for (const [name, node] of Object.entries(group.commands)) {
    if ("renamedTo" in node) continue;
    const child = silence(new Program(name).description(node.about));
    program.addCommand(child);
    if (isGroup(node)) await fill(child, node, name === next ? further : [], words, execute);
    else if (name === next) {
      const [{ fillCommand }, { default: command }] = await Promise.all([import("./leaf.js"), node.load()]);
      fillCommand(child, command, words, execute);
    }
  }
}

/** Errors come as exceptions, and help goes through the one door of what is printed. */
function silence(program: Program): Program {
  return program
    .exitOverride()
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => printText(text, process.stdout),
      writeErr: (text) => printText(text, process.stderr),
      outputError: () => {},
    });
}

/** A mistake that commander found, with a place and a remedy like all others. */
function explained(error: CommanderError, path: readonly string[]): UserError {
  const [what = "", suggestion] = error.message.replace(/^error: /, "").split("\n");
  const meant = suggestion?.match(/Did you mean (?:one of )?(.+?)\?\)$/)?.[1];
  return new UserError({
    where: path.join(" ") || "narrows",
    what: what.replace(/\.$/, ""),
    remedy: `${meant ? `Did you mean ${meant}? ` : ""}See ${["narrows", ...path].join(" ")} --help`,
  });
}
