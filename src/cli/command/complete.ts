import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { flagOf, type Setting, type Settings } from "../../settings/index.js";
import type { Command } from "./define.js";
import { type CommandEntry, type CommandGroup, type CommandNode, childOf, isGroup } from "./tree.js";

/** What may stand at the end of a command line: words with what they mean, and whether names of files may too. */
export interface Completions {
  readonly words: readonly (readonly [word: string, about: string])[];
  readonly files: boolean;
}

const NOTHING: Completions = { words: [], files: false };

/**
 * Completes a command line: names of commands, flags that are not there yet, choices, names of runs, or files.
 * @param line Its words after the program's name; the last one is being typed and may be empty.
 */
export async function completionsOf(root: CommandGroup, line: readonly string[]): Promise<Completions> {
  const typed = line.at(-1) ?? "";
  let node: CommandNode = root;
  let rest = line.slice(0, -1);
  while (isGroup(node) && rest.length > 0) {
    const child = childOf(node, rest[0]!);
    if (child === undefined) return NOTHING;
    node = child.node;
    rest = rest.slice(1);
  }
  if (isGroup(node)) return startingWith(typed, typed.startsWith("-") ? HELP : namesIn(node));
  const { default: command } = await (node as CommandEntry).load();
  return inCommand(command, rest, typed);
}

const HELP = [["--help", "show what there is"]] as const;

function namesIn({ commands }: CommandGroup): [string, string][] {
  return Object.entries(commands).flatMap(([name, node]) => ("about" in node ? [[name, node.about]] : []));
}

function startingWith(typed: string, words: Completions["words"], files = false): Completions {
  return { words: words.filter(([word]) => word.startsWith(typed)), files };
}

/** Completes within a command: the value of the flag before, a flag, or an argument at its place. */
function inCommand(
  { arguments: places, settings }: Command,
  before: readonly string[],
  typed: string,
): Completions {
  const flags = new Map(
    Object.entries(settings).map(([name, setting]) => [flagName(name, setting), setting]),
  );
  const runs = valueAfter("--runs", before) ?? String(settings.runs?.default ?? "runs");
  const asking = flags.get(before.at(-1) ?? "");
  if (asking && takesValue(asking)) return valuesOf(asking, typed, runs);
  if (typed.startsWith("-")) {
    const unused = [...flags].filter(([flag, { form }]) => form === "repeated" || !before.includes(flag));
    return startingWith(typed, [...unused.map(([flag, { about }]) => [flag, about] as const), ...HELP]);
  }
  const given = before.filter((word, k) => {
    const previous = flags.get(before[k - 1] ?? "");
    return !word.startsWith("-") && !(previous && takesValue(previous));
  });
  return valuesOf(argumentAt(places, given.length), typed, runs);
}

const takesValue = ({ form }: Setting<unknown>) => form !== "flag";

function flagName(name: string, { form, default: standard }: Setting<unknown>): string {
  return form === "flag" && standard === true ? flagOf(name).replace(/^--/, "--no-") : flagOf(name);
}

function argumentAt(places: Settings, k: number): Setting<unknown> | undefined {
  const settings = Object.values(places);
  const last = settings.at(-1);
  return settings[k] ?? (last?.form === "repeated" ? last : undefined);
}

function valueAfter(flag: string, words: readonly string[]): string | undefined {
  const at = words.lastIndexOf(flag);
  return at < 0 ? undefined : words[at + 1];
}

function valuesOf(setting: Setting<unknown> | undefined, typed: string, runs: string): Completions {
  if (!setting) return NOTHING;
  const { choices, completes } = setting.item;
  if (completes === "runs") return startingWith(typed, runNames(runs), true);
  if (!choices) return { words: [], files: completes === "files" };
  // A list is completed at its last entry.
  const entries = setting.form === "list" ? typed.slice(0, typed.lastIndexOf(",") + 1) : "";
  return startingWith(
    typed,
    choices.map((choice) => [`${entries}${choice}`, ""] as const),
  );
}

/** Folders that hold a run. */
function runNames(folder: string): [string, string][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "manifest.json")))
    .map((name) => [name, "run"]);
}
