import { configurationKey } from "../configuration/compare.js";
import type { Configuration } from "../configuration/schema.js";
import { chosenSplit } from "../configuration/split.js";
import { resolveCorridors } from "../data/corridors.js";
import { planTraining } from "../training/schedule.js";

/** A training to be done. */
export interface PlannedRun {
  /** What it is called in messages, such as `E2M1, C = 0.3, seed 0`. */
  readonly name: string;
  readonly configuration: Configuration;
  /** Name of its folder, where it has to be made; a number is added to a name that is taken. */
  readonly runName: string;
  /** What it learns from, where that is the code of another run of the plan: it waits for that one, and writes its code. */
  readonly codes?: { readonly of: PlannedRun; readonly file: string };
  /**
   * Processor time of one of its steps, evaluations apart, on the machine of docs/speed.md: for the order of the runs, and the
   * time that is left. Where it is not known, all steps are taken to be alike.
   */
  readonly stepMilliseconds?: number;
}

/** What steps of a run cost: milliseconds where they are known, otherwise their number. */
export function stepsCost({ stepMilliseconds = 1 }: PlannedRun, steps: number): number {
  return steps * stepMilliseconds;
}

/** Why a run cannot be trained whose source has failed. */
export function sourceFailed({ name }: PlannedRun): string {
  return `${name} failed, whose code it is trained on`;
}

/** Trainings, in their order. None depends on another but for what {@link PlannedRun.codes} says. */
export type Plan = readonly PlannedRun[];

/**
 * Training steps of a configuration, if they can be known without reading its data: undefined for a file
 * without a `split`.
 * @throws UserError for settings of data to be drawn that are out of range, and a split that they do not
 * have.
 */
export function plannedSteps(configuration: Configuration): number | undefined {
  const { data, split, training } = configuration;
  const count = data.corridors ? resolveCorridors(data.corridors).samples : split?.train ? 0 : undefined;
  if (count === undefined) return stepsOfAnyData(training);
  const [start, end] = chosenSplit(configuration, { count }).train;
  return planTraining(end - start, training).totalSteps;
}

/** An epoch has a step at least, so that steps no more than the epochs are made whatever the data are. */
function stepsOfAnyData({ steps, epochs = Number.POSITIVE_INFINITY }: Configuration["training"]) {
  return steps !== undefined && steps <= epochs ? steps : undefined;
}

/**
 * Checks that every run of a plan has a name and a configuration of its own: two of the same configuration would write
 * in one folder at the same time. What a run learns from must stand before it.
 * @throws RangeError naming the two.
 */
export function checkPlan(plan: Plan): void {
  const earlier = new Set<PlannedRun>();
  const byName = new Map<string, PlannedRun>();
  const byKey = new Map<string, PlannedRun>();
  for (const run of plan) {
    if (run.codes && !earlier.has(run.codes.of)) {
      throw new RangeError(`"${run.name}" waits for "${run.codes.of.name}", which is not planned before it`);
    }
    const key = configurationKey(run.configuration);
    const twin = byName.get(run.name) ?? byKey.get(key);
    if (twin) throw new RangeError(`"${twin.name}" and "${run.name}" are the same run`);
    earlier.add(run);
    byName.set(run.name, run);
    byKey.set(key, run);
  }
}
