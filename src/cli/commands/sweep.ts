import { loadConfiguration } from "../../configuration/load.js";
import { type PlanOutcome, surveyPlan } from "../../plans/execute.js";
import { openRun } from "../../runs/run.js";
import { parsed, repeated, text, whole } from "../../settings/index.js";
import { type GridAxis, parseGridAxis, textOf } from "../../sweeps/grid.js";
import { checkSweep, planSweep, type SweptRun } from "../../sweeps/plan.js";
import { likelihoodOf, tradeOf } from "../../sweeps/trade.js";
import { defineCommand } from "../command/define.js";
import { configuring, planning } from "../command/groups.js";
import { launching } from "../command/launching.js";
import { EXIT_CODES } from "../exit-codes.js";
import { formatDuration } from "../format.js";
import { isTrained, launchPlan } from "../launch.js";
import { printJson, warn } from "../output.js";
import { plannedRuns, reportInterrupted } from "../planned-runs.js";
import { type Column, left, right, tableLines } from "../table.js";
import { training } from "../training-session.js";

export default defineCommand({
  arguments: { config: text({ about: "a YAML file, as for train", required: true }) },
  settings: {
    grid: repeated(parsed(parseGridAxis, { about: "", placeholder: "key=values" }), {
      about: "values that a setting takes, such as objective.capacity=0.3,1,3 (grids are crossed)",
    }),
    seeds: whole({
      about: "number of seeds at each point, starting with the configuration's",
      minimum: 1,
      maximum: 1000,
      default: 1,
    }),
    ...configuring,
    ...planning,
    ...training,
    ...launching,
  },
  details: `
Keys are those of --set, with or without their leading "model."; a value may be anything that YAML can express. Each point is a
run in the folder of runs. What is finished there is not trained again; what was stopped, continues. Ctrl-C lets the workers
save and exits with 130; run the same command again to continue. A run that fails does not stop the others.`,
  examples: [
    "narrows sweep my.yaml --grid objective.capacity=0.3,1,3,10 --seeds 3 --workers 2",
    "narrows sweep my.yaml --set objective.type=beta --grid objective.beta=0.1,1,4 --set training.epochs=4 --dry-run",
    "narrows sweep my.yaml --grid channel.dimensions=2,5 --grid 'likelihood={type: mse},{type: bernoulli}'",
    "narrows sweep my.yaml --grid objective.capacity=0.3,1,3 --seeds 3 --on slurm --partition short --time 4:00:00",
    "narrows figure rate-distortion runs/my-* --out curves.svg",
  ],
  async run({ config, grid: axes, seeds, set, with: files, preset, dryRun, json, ...options }, { words }) {
    const warnings = new Set<string>();
    let block = {};
    const plan = planSweep({ axes, seeds }, (overrides) => {
      const loaded = loadConfiguration(config, [...set, ...overrides], preset, { files });
      for (const warning of loaded.warnings) warnings.add(warning);
      block = loaded.cluster;
      return loaded.configuration;
    });
    for (const warning of warnings) warn(warning);
    const entries = surveyPlan(plan, options.runs);
    const { task, status, cancel } = options;
    const willTrain = (k: number) => !status && !cancel && (task === undefined || task === k + 1);
    const toTrain = entries.flatMap(({ planned, finished }, k) =>
      finished || !willTrain(k) ? [] : [planned],
    );
    const steps = checkSweep(toTrain);
    if (dryRun) {
      const counted = entries.map((entry) => ({
        ...entry,
        totalSteps: entry.totalSteps ?? steps.get(entry.planned),
      }));
      return plannedRuns(counted, "point");
    }
    const begun = performance.now();
    const launched = await launchPlan(plan, { ...options, quiet: json, words, entries, block });
    if (!isTrained(launched)) return launched;
    const { outcomes, finished, interrupted } = launched;
    const results = plan.map((planned, k) => resultOf(planned, outcomes[k]!, options.runs));
    if (interrupted) {
      if (json) printJson(results);
      return reportInterrupted(finished, plan.length);
    }
    const took = formatDuration((performance.now() - begun) / 1000);
    return {
      json: results,
      text: [...resultLines(axes, results), "", `${finished} of ${plan.length} runs in ${took}`],
      exitCode: finished === plan.length ? EXIT_CODES.done : EXIT_CODES.failed,
    };
  },
});

type Result = ReturnType<typeof resultOf>;

/** What a run came to; null where there is nothing to report. */
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
