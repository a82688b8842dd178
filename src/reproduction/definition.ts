import type { DeviceName } from "../onnx/devices.js";
import type { PlannedRun } from "../plans/plan.js";
import { choice, type Setting, text, whole } from "../settings/index.js";
import type { PaperFigure } from "./figures/paper-figure.js";
import type { Measuring } from "./measured-once.js";
import type { DataSet, Labels } from "./reductions.js";
import type { Claim } from "./statements/claim.js";
import type { Column, PaperTable } from "./tables/table.js";

/**
 * How much is trained: `quick` what two processor cores do in ten minutes, `day` what they do in twelve hours, `paper` as much as
 * the published runs. A preset is nothing but a name for its values: what is made of them asks for the values alone.
 */
export const PRESETS = ["quick", "day", "paper"] as const;
/** Name of a preset of `PRESETS`. */
export type Preset = (typeof PRESETS)[number];

/** Everything that is asked for: the values of a preset, with those that the user gave in their place. */
export type Recipe<Values> = Values & { readonly preset: Preset };

/** A recipe, and the data sets that it is trained on. */
export interface Choice<Values, Data extends DataSet = DataSet> {
  readonly recipe: Recipe<Values>;
  readonly data: readonly Data[];
}

/** What figures and further measures are made with. */
export interface Tools<Values, Data extends DataSet> {
  readonly choice: Choice<Values, Data>;
  readonly measuring: Measuring;
  readonly progress: Progress;
}

/** What a reproduction comes to, said before anything is trained. */
export interface Outlook {
  /** Seconds to measure and draw everything on two cores, on the machine that the costs of steps were measured on. */
  readonly secondsAfter: number;
  /** The figures and tables that it will show, in words. */
  readonly shows: string;
}

/** Reports how far a phase is: its name, and how many of how many of its steps are done. */
export type Progress = (phase: string, done: number, of: number) => void;

/** The values of a preset that a user may change, each a flag; their defaults are those of the preset. */
export type SettingsOf<Values> = { readonly [Key in keyof Values]?: Setting<Values[Key] | undefined> };

/** A paper's reproduction: what differs between papers. */
export interface Definition<
  Values extends { readonly seeds: number },
  Data extends DataSet,
  Planned extends PlannedRun,
  Results extends object,
  Findings,
> {
  /** As in `narrows reproduce NAME`. */
  readonly name: string;
  /** Title of the paper. */
  readonly title: string;
  /** What a run of it is called: `model` or `network`. */
  readonly noun: string;
  /** What else help says, below the settings. */
  readonly details: string;
  readonly examples: readonly [string, ...string[]];
  /** One sentence on how the models of the preset `paper` are trained. */
  readonly asPublished: string;
  /** What else a reader has to know of a recipe. */
  readonly remark?: (recipe: Recipe<Values>) => string;
  readonly presets: Readonly<Record<Preset, Values>>;
  readonly settings: SettingsOf<Values>;
  /** Values that take the place of another where they are given, such as epochs that of steps. */
  readonly replaces?: { readonly [Key in keyof Values]?: keyof Values };
  /** What help calls a value that a preset leaves open, such as all images. */
  readonly open?: { readonly [Key in keyof Values]?: string };
  /** The values of a preset whose differences from the paper are reported. */
  readonly reported: Labels<Recipe<Values>>;
  /** @throws UserError for data that are not there, or not those of the preset. */
  readonly data: (recipe: Recipe<Values>) => readonly Data[];
  /** @param runs folder of the runs. */
  readonly plan: (choice: Choice<Values, Data>, runs: string) => readonly Planned[];
  readonly outlook: (choice: Choice<Values, Data>, plan: readonly Planned[]) => Outlook;
  /**
   * What the runs came to, each measured once; differs between any two reproductions whose reports differ.
   */
  readonly measure: (
    choice: Choice<Values, Data>,
    plan: readonly Planned[],
    measuring: Measuring,
  ) => Promise<Results>;
  /** What takes long and is computed again for each report; the results alone by default. */
  readonly analyse?: (results: Results, tools: Tools<Values, Data>) => Promise<Findings>;
  readonly statements: (findings: Findings) => Claim[];
  readonly tables: (results: Results, choice: Choice<Values, Data>) => readonly PaperTable[];
  /** Tables of what was analysed. */
  readonly furtherTables?: (findings: Findings, choice: Choice<Values, Data>) => readonly PaperTable[];
  /** Figures in any order; one that cannot be drawn is undefined. */
  readonly figures: (
    findings: Findings,
    tools: Tools<Values, Data>,
  ) => Promise<readonly (PaperFigure | undefined)[]>;
  /** What else results.json holds; the results by default. */
  readonly numbers?: (findings: Findings, choice: Choice<Values, Data>) => object;
  /** Columns of the table of all runs, between name and state. */
  readonly runColumns?: (results: Results) => readonly Column<Planned>[];
}

/** How a reproduction is written. */
export interface WriteOptions {
  /** Folder of what is written. */
  readonly out: string;
  readonly device: DeviceName;
  /** Processor threads for measures; all cores by default. */
  readonly threads?: number | undefined;
  /** Measures and writes again what was measured and written before. */
  readonly force: boolean;
  /** The whole command that makes the same again. */
  readonly command: string;
  readonly progress: Progress;
}

// Settings that mean the same in every reproduction.

/** The data sets of a paper: whole, as published, or small ones that stand in for them. */
export const SET_SIZES = ["whole", "small"] as const;
/** One of `SET_SIZES`. */
export type SetSize = (typeof SET_SIZES)[number];

/** Where the data sets of a recipe are. */
export interface DataPlace {
  readonly sets: SetSize;
  /** Of whole sets it holds a folder for each, named after the set. */
  readonly folder: string;
}

/** Which networks are trained: those of the paper, their layers with half of the channels, or still smaller ones. */
export const NETWORK_SIZES = ["paper", "half", "small"] as const;
/** One of `NETWORK_SIZES`. */
export type NetworkSize = (typeof NETWORK_SIZES)[number];

export const seeds = whole({ about: "number of seeds, from 0 on", minimum: 1, maximum: 100 });

/** As many seeds, from 0 on. */
export function firstSeeds(count: number): number[] {
  return Array.from({ length: count }, (_, seed) => seed);
}

export const epochs = whole({ about: "training epochs of each network", minimum: 1, maximum: 10_000 });

export const networks = choice(NETWORK_SIZES, {
  about: "the networks of the paper, those with half of their channels, or smaller ones",
});

export const sets = choice(SET_SIZES, { about: "the whole data sets, or small ones in their place" });

export const folder = text({ about: "folder of the data sets", placeholder: "dir", was: ["small"] });
