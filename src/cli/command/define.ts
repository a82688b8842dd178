import type { PublishedLookup } from "../../analysis/analysis.js";
import { flag, type Settings, type ValuesOf } from "../../settings/index.js";

/** What a command came to: printed as text, or as one JSON document where `--json` asks for it. */
export interface Outcome {
  readonly json: unknown;
  /** Lines for people. */
  readonly text: readonly string[];
  /** 0 by default. */
  readonly exitCode?: number;
}

/** What the program lends to commands that must not know who lends it. */
export interface Context {
  /** The command line, without the program's own name. */
  readonly words: readonly string[];
  /** What papers published for a configuration. */
  published(): Promise<PublishedLookup>;
}

/** The one meaning of `--json`, which every command has. */
const json = { json: flag({ about: "print one JSON document instead of text" }) };

/** What help says below the options. */
export type Details = string | ((words: readonly string[]) => string);

/** A command: what it takes, what it does, and how it is explained. Its name and description stand in the table of commands. */
export interface Command {
  /** In their order on the command line; the last one may be repeated. */
  readonly arguments: Settings;
  readonly settings: Settings;
  /** What else help says, below the options; where it depends on the command line, of its words. */
  readonly details?: Details;
  /** Whole command lines. */
  readonly examples: readonly string[];
  /** A number is the exit code of a command that has printed for itself. */
  run(options: ValuesOf<Settings>, context: Context): Promise<Outcome | number>;
}

/**
 * Describes a command; the options of `run` have the types of the settings and arguments.
 * @param run What it does. Long work shows its progress and prints for itself where it must; a result is returned, and
 * the kit prints it. `options.json` says whether a JSON document was asked for.
 */
export function defineCommand<A extends Settings, S extends Settings>(description: {
  readonly arguments?: A;
  readonly settings?: S;
  readonly details?: Details;
  readonly examples: readonly [string, ...string[]];
  run(
    options: ValuesOf<A> & ValuesOf<S> & ValuesOf<typeof json>,
    context: Context,
  ): Promise<Outcome | number>;
}): Command {
  return {
    ...description,
    arguments: description.arguments ?? {},
    settings: { ...description.settings, ...json },
    run: (options, context) =>
      description.run(options as ValuesOf<A> & ValuesOf<S> & ValuesOf<typeof json>, context),
  };
}
