import { firstRepeated } from "../collections.js";
import type { Override } from "../configuration/overrides.js";
import type { Configuration } from "../configuration/schema.js";
import { isMapping } from "../configuration/schema-walk.js";
import { loadRemembering } from "../data/sources/index.js";
import { refuse, UserError } from "../errors.js";
import type { PlannedRun } from "../plans/plan.js";
import { checkRunName } from "../runs/names.js";
import { type DataLoader, prepareExperiment } from "../training/experiment.js";
import { planTraining } from "../training/schedule.js";
import { crossAxes, type GridAxis, type GridValue } from "./grid.js";

/** A training at one point of a grid. */
export interface SweptRun extends PlannedRun {
  /** What the grid says there, by key as written. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** That of its configuration. */
  readonly seed: number;
}

/** The points of a sweep: axes of a grid, and seeds at each point. */
export interface SweepChoice {
  readonly axes: readonly GridAxis[];
  /** Number of seeds at each point: that of the configuration, and those that follow it. */
  readonly seeds: number;
}

/** A grid larger than this is a slip of the hand. */
const MAX_RUNS = 10_000;
const LONGEST_NAME = 90;

/**
 * The trainings of a grid: every point with the first seed, then every point with the next.
 * @param choice axes of the grid, and the number of seeds.
 * @param configure The configuration with these settings laid over it.
 * @throws UserError when a setting is unknown or does not fit, the grid also says the seeds or the name, two of its
 * points are the same training, it has more than 10,000, or the configuration's name is none for a folder.
 */
export function planSweep(
  { axes, seeds }: SweepChoice,
  configure: (overrides: readonly Override[]) => Configuration,
): SweptRun[] {
  const seedAxis = axes.find(({ key }) => key === "seed");
  if (seedAxis && seeds > 1) {
    refuse(
      `--seeds ${seeds}`,
      `the seeds are also given by --grid ${seedAxis.key}`,
      "Leave one of the two out",
    );
  }
  if (axes.some(({ key }) => key === "name")) {
    refuse(
      "--grid name",
      "a grid names its runs itself, by the name of the configuration and their settings",
      "Give that name with --set name=NAME",
    );
  }
  const count = axes.reduce((product, { values }) => product * values.length, seeds);
  if (count > MAX_RUNS) {
    refuse("--grid", `these are ${count} runs`, `Give fewer values, for at most ${MAX_RUNS} runs`);
  }
  const points = crossAxes(axes).map((point) => {
    return { point, configuration: configure(point.map(({ value }) => value.override)) };
  });
  const withSeed = (k: number) =>
    points.map(({ point, configuration }) =>
      sweptRun(point, { ...configuration, seed: configuration.seed + k }),
    );
  const runs = Array.from({ length: seeds }, (_, k) => withSeed(k)).flat();
  requireDifferent(runs);
  return runs;
}

function sweptRun(
  point: readonly { key: string; value: GridValue }[],
  configuration: Configuration,
): SweptRun {
  const { name, seed } = configuration;
  const said = point.filter(({ key }) => key !== "seed");
  return {
    name: [...said.map(({ key, value }) => `${key} = ${value.text}`), `seed ${seed}`].join(", "),
    runName: checkRunName(`${[name, ...said.map(nameOf)].join("-").slice(0, LONGEST_NAME)}-s${seed}`),
    configuration,
    settings: Object.fromEntries(point.map(({ key, value }) => [key, value.value])),
    seed,
  };
}

/** `beta0.1`, `c3` for a capacity, `maf` for a word: a part of a run's name. */
function nameOf({ key, value: { value, text } }: { key: string; value: GridValue }): string {
  const last = key.split(".").at(-1)!;
  const word =
    typeof value === "string" || isMapping(value) ? text : `${last === "capacity" ? "c" : last}${text}`;
  return word.replaceAll(/[^\p{L}\p{N}._+=,]+/gu, "_");
}

function requireDifferent(runs: readonly SweptRun[]): void {
  const [earlier, later] = firstRepeated(runs, ({ configuration }) => JSON.stringify(configuration)) ?? [];
  if (!earlier || !later) return;
  refuse("--grid", `"${earlier.name}" and "${later.name}" are the same training`, "Leave one of them out");
}

/**
 * Finds out before any of them is trained whether runs can begin: their data are there, and their models fit the data.
 * @returns the training steps of each, which depend on its data.
 * @throws UserError of the first that cannot, naming it.
 */
export function checkSweep(runs: readonly PlannedRun[]): Map<PlannedRun, number> {
  const load = loadRemembering(1);
  const steps = new Map<string, number>();
  return new Map(
    runs.map((run) => {
      // The seed changes nothing that could fail here.
      const key = JSON.stringify({ ...run.configuration, seed: 0 });
      const known = steps.get(key) ?? stepsOf(run, load);
      steps.set(key, known);
      return [run, known];
    }),
  );
}

function stepsOf({ name, configuration }: PlannedRun, load: DataLoader): number {
  try {
    const { split } = prepareExperiment(configuration, load);
    return planTraining(split.train.count, configuration.training).totalSteps;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { where } = error.problem;
    throw new UserError({ ...error.problem, where: `${name}: ${where}`, cause: error });
  }
}
