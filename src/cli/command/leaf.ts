import { Argument, Option, type Command as Program } from "commander";
import { flagOf, type RawValues, readSettings, type Setting, type Settings } from "../../settings/index.js";
import { printJson, printLine, printNote } from "../output.js";
import type { Command, Context } from "./define.js";
import { helpBelow, settingHelp } from "./help.js";

/** Runs what a command does, which gives the exit code. */
export type Execute = (perform: (context: Context) => Promise<number>) => Promise<void>;

/**
 * Gives a program the arguments, options and help of a command.
 * @param words The command line, of which help may depend.
 * @param execute runs the command.
 */
export function fillCommand(
  program: Program,
  command: Command,
  words: readonly string[],
  execute: Execute,
): void {
  const places = Object.entries(command.arguments);
  for (const [name, setting] of places) program.addArgument(argumentOf(name, setting));
  for (const [name, setting] of Object.entries(command.settings)) {
    for (const option of optionsOf(name, setting)) program.addOption(option);
  }
  const { details } = command;
  program
    .usage(usageOf(command.arguments))
    .addHelpText("after", () =>
      helpBelow(typeof details === "function" ? details(words) : details, command.examples),
    );
  program.action(async () => {
    const given = places.map(([name], k) => {
      const value: unknown = program.processedArgs[k];
      return [name, value === undefined || Array.isArray(value) ? nonEmpty(value) : [value]];
    });
    const raw = { ...program.opts(), ...Object.fromEntries(given) };
    await execute((context) => perform(command, raw, context));
  });
}

async function perform(command: Command, raw: RawValues, context: Context): Promise<number> {
  const all: Settings = { ...command.arguments, ...command.settings };
  const options = readSettings(all, currentNames(command.settings, raw), (name) =>
    Object.hasOwn(command.arguments, name) ? `<${placeOf(name)}>` : flagOf(name),
  );
  const outcome = await command.run(options, context);
  if (typeof outcome === "number") return outcome;
  if (options.json) printJson(outcome.json);
  else for (const line of outcome.text) printLine(line);
  return outcome.exitCode ?? 0;
}

/** What was given in an earlier way stands under its present name; a line says so. */
function currentNames(settings: Settings, raw: RawValues): RawValues {
  const current: Record<string, readonly string[] | boolean | undefined> = {};
  const move = (name: string, given: readonly string[] | boolean, earlier: string) => {
    printNote(`note: ${earlier} is now ${flagOf(name)}; the old name works until the next release`);
    const before = current[name];
    current[name] = Array.isArray(before) && Array.isArray(given) ? [...before, ...given] : given;
  };
  for (const [name, { was, moved }] of Object.entries(settings)) {
    for (const old of was) {
      const given = raw[attributeOf(old)];
      if (given !== undefined) move(name, given, `--${old}`);
    }
    const given = raw[name];
    const [value] = Array.isArray(given) ? (given as readonly string[]) : [];
    if (moved && value !== undefined && moved.values.includes(value)) {
      // An earlier name may have given the number that this flag takes now.
      current[name] ??= undefined;
      move(moved.to, [value], `${flagOf(name)} ${value}`);
    } else if (given !== undefined) current[name] = given;
  }
  return { ...raw, ...current };
}

/** An argument that is left out and one that is repeated no times are the same: not given. */
function nonEmpty(value: readonly string[] | undefined): readonly string[] | undefined {
  return value === undefined || value.length === 0 ? undefined : value;
}

/** `evaluation-votes` for the argument `evaluationVotes`. */
export const placeOf = (name: string) => flagOf(name).slice(2);

/** Optional for commander: a missing one is refused by its setting, which knows what it is. */
function argumentOf(name: string, setting: Setting<unknown>): Argument {
  const dots = setting.form === "repeated" ? "..." : "";
  return new Argument(`[${placeOf(name)}${dots}]`, settingHelp({ ...setting, required: false }));
}

/** `[options] <config> [runs...]` */
export function usageOf(settings: Settings): string {
  const places = Object.entries(settings).map(([name, { form, required }]) => {
    const place = `${placeOf(name)}${form === "repeated" ? "..." : ""}`;
    return required ? `<${place}>` : `[${place}]`;
  });
  return ["[options]", ...places].join(" ");
}

/** The options of a setting: its flag, and its earlier ones, which help does not show. */
export function optionsOf(name: string, setting: Setting<unknown>): Option[] {
  const { form, item, was, group, bare, short, default: standard } = setting;
  const make = (flag: string) => {
    if (form === "flag")
      return new Option(standard === true ? flag.replace(/^--/, "--no-") : flag, settingHelp(setting));
    const value = bare === undefined ? `<${item.placeholder}>` : `[${item.placeholder}]`;
    return new Option(`${flag} ${value}`, settingHelp(setting)).argParser(
      (text, before: readonly string[] | undefined) => [...(before ?? []), text],
    );
  };
  const option = make(`${short === undefined ? "" : `-${short}, `}${flagOf(name)}`);
  return [
    group === undefined ? option : option.helpGroup(group),
    ...was.map((old) => make(`--${old}`).hideHelp()),
  ];
}

/** The name under which commander keeps an option. */
const attributeOf = (flag: string) => flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
