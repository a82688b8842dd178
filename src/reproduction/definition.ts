import type { DeviceName } from "../onnx/devices.js";
import type { PlannedRun } from "../plans/plan.js";
import { choice, type Setting, text, whole } from "../settings/index.js";
import type { PaperFigure } from "./figures/paper-figure.js";
import type { Measuring } from "./measured-once.js";
import type { DataSet, Labels } from "./reductions.js";
import type { Claim } from "./statements/claim.js";
import type { Column, PaperTable } from "./tables/table.js";

/**
 * How much is trained: `paper` as much as the published runs, `quick` little enough for an hour on a laptop.
 */
export const PRESETS = ["quick", "paper"] as const;
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

/** Reports how far a phase is. */
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
  /** The values of a preset whose differences from the paper are reported. */
  readonly reported: Labels<Recipe<Values>>;
  /** @throws UserError for data that are not there, or not those of the preset. */
  readonly data: (recipe: Recipe<Values>) => readonly Data[];
  /** @param runs folder of the runs. */
  readonly plan: (choice: Choice<Values, Data>, runs: string) => readonly Planned[];
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

/** Which networks are trained: those of the paper, or smaller ones. */
export const NETWORK_SIZES = ["paper", "small"] as const;
export type NetworkSize = (typeof NETWORK_SIZES)[number];

export const seeds = whole({ about: "number of seeds, from 0 on", minimum: 1, maximum: 100 });

export const epochs = whole({ about: "training epochs of each network", minimum: 1, maximum: 10_000 });

export const networks = choice(NETWORK_SIZES, { about: "the networks of the paper, or smaller ones" });

export const small = text({ about: "folder of the small data of the preset quick", placeholder: "dir" });
