import { groupBy } from "../collections.js";
import type { PlanEntry, PlanOutcome } from "../plans/execute.js";
import type { Plan, PlannedRun } from "../plans/plan.js";
import { choice, type Setting, type Settings } from "../settings/index.js";
import { checkData } from "./check-data.js";
import {
  type Choice,
  type Definition,
  type Outlook,
  PRESETS,
  type Preset,
  type WriteOptions,
} from "./definition.js";
import type { DataSet } from "./reductions.js";
import { type WrittenReproduction, writeReproduction } from "./write.js";

/** A reproduction of which the user has said all: its plan, and what to do before and after the training. */
export interface PreparedReproduction {
  readonly plan: Plan;
  readonly outlook: Outlook;
  /**
   * Looks whether the trainings can begin.
   * @throws UserError for data that are missing, or do not fit their models.
   */
  check(entries: readonly PlanEntry[]): void;
  /**
   * Measures the runs, and writes results, figures and report.
   * @throws UserError when a run cannot be read, or a file cannot be written.
   */
  write(outcomes: readonly PlanOutcome[], options: WriteOptions): Promise<WrittenReproduction>;
}

/** A paper that can be reproduced. */
export interface Reproduction {
  /** What `narrows reproduce` calls it. */
  readonly name: string;
  /** Of the paper. */
  readonly title: string;
  /** What is trained, such as `model`. */
  readonly noun: string;
  /** Text of the help. */
  readonly details: string;
  /** Commands of the help. */
  readonly examples: readonly [string, ...string[]];
  /** `preset`, and all that is set by it. */
  readonly settings: Settings & { readonly preset: Setting<Preset> };
  /**
   * What follows from the settings: the plan, and what to do before and after the training.
   * @param values of the settings, where they are given.
   * @param runs folder of the runs.
   * @throws UserError for values that do not fit together, and for data that are not there.
   */
  prepare(
    values: { readonly preset: Preset } & Readonly<Record<string, unknown>>,
    runs: string,
  ): PreparedReproduction;
}

/**
 * Makes a paper's reproduction of what is particular to it: the framework adds flags and help, dry run,
 * training in workers, verdicts and report (CONTRIBUTING.md, "Add a paper").
 */
export function defineReproduction<
  Values extends { readonly seeds: number },
  Data extends DataSet,
  Planned extends PlannedRun,
  Results extends object,
  Findings = Results,
>(definition: Definition<Values, Data, Planned, Results, Findings>): Reproduction {
  const { name, title, noun, details, examples, presets } = definition;
  const own = definition.settings as Settings;
  return {
    name,
    title,
    noun,
    details,
    examples,
    settings: {
      preset: choice(PRESETS, { about: "how much is trained", default: "quick" }),
      ...Object.fromEntries(
        Object.entries(own).map(([key, setting]) => [
          key,
          withDefaults(setting, key as keyof Values, definition),
        ]),
      ),
    },
    prepare({ preset, ...values }, runs) {
      const given = Object.entries(values).filter(([key, value]) => key in own && value !== undefined);
      const replaced = given.map(([key]) => [definition.replaces?.[key as keyof Values], undefined]);
      const recipe = {
        ...presets[preset],
        ...Object.fromEntries(replaced.filter(([key]) => key !== undefined)),
        ...Object.fromEntries(given),
        preset,
      };
      const chosen: Choice<Values, Data> = { recipe, data: definition.data(recipe) };
      const plan = definition.plan(chosen, runs);
      return {
        plan,
        outlook: definition.outlook(chosen, plan),
        check: checkData,
        write: (outcomes, options) =>
          writeReproduction(definition, chosen, { plan, outcomes, runs }, options),
      };
    },
  };
}

/** A setting whose help says its default in each preset. */
function withDefaults<Values>(
  setting: Setting<unknown>,
  key: keyof Values,
  {
    presets,
    open = {},
  }: {
    readonly presets: Readonly<Record<Preset, Values>>;
    readonly open?: { readonly [Key in keyof Values]?: string };
  },
): Setting<unknown> {
  if (setting.defaultText !== undefined || setting.default !== undefined) return setting;
  const byText = [...groupBy(PRESETS, (preset) => textOf(presets[preset][key] ?? open[key]))];
  return {
    ...setting,
    defaultText:
      byText.length === 1
        ? byText[0]![0]
        : byText.map(([text, alike]) => `${text} for ${alike.join(" and ")}`).join("; "),
  };
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(",");
  return String(value);
}
