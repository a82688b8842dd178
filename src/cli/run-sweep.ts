import { loadConfiguration } from "../configuration/load.js";
import type { DeviceName } from "../onnx/devices.js";
import { type PlanOutcome, surveyPlan } from "../plans/execute.js";
import { openRun } from "../runs/run.js";
import { type GridAxis, parseGridAxis, textOf } from "../sweeps/grid.js";
import { checkSweep, planSweep, type SweptRun } from "../sweeps/plan.js";
import { likelihoodOf, tradeOf } from "../sweeps/trade.js";
import { EXIT_CODES } from "./exit-codes.js";
import { printJson, printLine, warn } from "./output.js";
import { formatDuration } from "./progress/duration.js";
import { showPlan } from "./show-plan.js";
import { type Column, tableLines } from "./table.js";
import { tellInterrupted, trainPlan } from "./train-plan.js";

export interface SweepOptions {
  readonly grid?: readonly string[];
  readonly set?: readonly string[];
  readonly preset?: string;
  readonly seeds: number;
  readonly workers: number;
  readonly device: DeviceName;
  readonly runs: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/**
 * Trains a configuration at every point of a grid with every seed, as far as it is not trained yet, and tells what each came
 * to; returns the exit code.
 * @throws UserError for a setting that is unknown or does not fit, or data that are not there, before anything is trained.
 */
export async function sweep(path: string, options: SweepOptions): Promise<number> {
  const { runs, seeds, workers, device, json = false } = options;
  const axes = (options.grid ?? []).map(parseGridAxis);
  const warnings = new Set<string>();
  const plan = planSweep({ axes, seeds }, (overrides) => {
    const loaded = loadConfiguration(path, [...(options.set ?? []), ...overrides], options.preset);
    for (const warning of loaded.warnings) warnings.add(warning);
    return loaded.configuration;
  });
  for (const warning of warnings) warn(warning);
  const entries = surveyPlan(plan, runs);
  const steps = checkSweep(entries.flatMap(({ planned, finished }) => (finished ? [] : [planned])));
  if (options.dryRun) {
    const counted = entries.map((entry) => ({
      ...entry,
      totalSteps: entry.totalSteps ?? steps.get(entry.planned),
    }));
    showPlan(counted, "point", json);
    return EXIT_CODES.done;
  }
  const begun = performance.now();
  const { outcomes, interrupted } = await trainPlan(plan, { runs, workers, device, quiet: json });
  const results = plan.map((planned, k) => resultOf(planned, outcomes[k]!, runs));
  const finished = outcomes.filter(({ status }) => status === "finished" || status === "reused").length;
  if (json) printJson(results);
  if (finished < plan.length && interrupted) return tellInterrupted(finished, plan.length);
  if (!json) {
    for (const line of resultLines(axes, results)) printLine(line);
    printLine();
    const took = formatDuration((performance.now() - begun) / 1000);
    printLine(`${finished} of ${plan.length} runs in ${took}`);
  }
  return finished === plan.length ? EXIT_CODES.done : EXIT_CODES.failed;
}

type Result = ReturnType<typeof resultOf>;

/** What a run came to; null where there is nothing to tell. */
function resultOf({ name, settings, seed, configuration }: SweptRun, outcome: PlanOutcome, root: string) {
  const { run, status } = outcome;
  const trade = run === undefined ? undefined : tradeOf(openRun(root, run), configuration);
  return {
    name,
    settings,
    seed,
    run: run ?? null,
    status,
    reason: outcome.status === "failed" ? outcome.reason : null,
    step: trade?.step ?? null,
    rateNats: trade?.rateNats ?? null,
    rateEstimator: trade?.rateEstimator ?? null,
    distortion: trade?.distortion ?? null,
    distortionUnit: likelihoodOf(configuration)?.distortionUnit ?? null,
    negativeElboNats: trade?.negativeElboNats ?? null,
  };
}

const left = (title: string): Column => ({ title, align: "left" });
const right = (title: string): Column => ({ title, align: "right" });

/** A column, and what stands in it for a run; null for nothing. */
type TableColumn = readonly [Column, (result: Result) => string | null];

/** A line for each run; the columns of what no run has are left out. Below them, why those failed that did. */
function resultLines(axes: readonly GridAxis[], results: readonly Result[]): string[] {
  const seedIsOnAxis = axes.some(({ key }) => key === "seed");
  const columns: TableColumn[] = [
    ...axes.map(({ key }): TableColumn => [right(key), ({ settings }) => textOf(settings[key])]),
    [right("seed"), ({ seed }) => (seedIsOnAxis ? null : String(seed))],
    [left("run"), ({ run, status }) => run ?? status],
    [right("rate nats"), ({ rateNats }) => orNull(rateNats, (value) => value.toFixed(3))],
    [left("rate is"), ({ rateEstimator }) => rateEstimator],
    [right("distortion"), ({ distortion }) => orNull(distortion, distortionText)],
    [left("in"), ({ distortion, distortionUnit }) => (distortion === null ? null : distortionUnit)],
    [right("-ELBO nats"), ({ negativeElboNats }) => orNull(negativeElboNats, (value) => value.toFixed(3))],
  ];
  const shown = columns.filter(([, cellOf]) => results.some((result) => cellOf(result) !== null));
  const table = tableLines(
    shown.map(([column]) => column),
    results.map((result) => shown.map(([, cellOf]) => cellOf(result) ?? "-")),
  );
  const failures = results.flatMap(({ name, reason }) =>
    reason === null ? [] : [`failed: ${name}: ${reason}`],
  );
  return failures.length > 0 ? [...table, "", ...failures] : table;
}

function orNull(value: number | null, text: (value: number) => string): string | null {
  return value === null ? null : text(value);
}

/** Errors per pixel are far below 1, nats per image far above. */
function distortionText(value: number): string {
  return value.toFixed(Math.abs(value) < 1 ? 5 : 3);
}
