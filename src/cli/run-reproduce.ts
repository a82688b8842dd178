import { existsSync, statSync } from "node:fs";
import { UserError } from "../errors.js";
import { frozenPlan, frozenResults } from "../papers/geometry-of-efficient-codes/frozen.js";
import { modelPlan } from "../papers/geometry-of-efficient-codes/models.js";
import { modelResults } from "../papers/geometry-of-efficient-codes/results.js";
import { executePlan, type PlanEntry, surveyPlan } from "../plans/execute.js";
import { EXIT_CODES } from "./exit-codes.js";
import { grouped } from "./format.js";
import { watchInterrupt } from "./interrupt.js";
import { printJson, printLine } from "./output.js";
import { formatDuration } from "./progress/duration.js";
import { planProgress } from "./progress/plan-progress.js";
import { chosenModels, chosenWorkers, type ReproductionOptions } from "./reproduction-options.js";
import { planLines, resultLines } from "./reproduction-tables.js";
import { writeReproduction } from "./write-reproduction.js";

/**
 * Trains the models of the paper and the classifiers on their codes that are not trained yet, tells how they compare, and
 * writes the report; returns the exit code. Where nothing has changed since the report was written, nothing is done.
 * @throws UserError for a model, capacity or number that there is not, before anything is trained.
 */
export async function reproduceGeometry(options: ReproductionOptions): Promise<number> {
  const { preset, heads, runs, out, json = false } = options;
  const workers = chosenWorkers(options);
  const models = modelPlan(chosenModels(options));
  const frozen = options.frozen ? frozenPlan(models, runs) : [];
  const plan = [...models, ...frozen];
  if (options.dryRun) return showPlan(surveyPlan(plan, runs), json);
  checkFolder(out);
  const begun = performance.now();
  const interrupt = watchInterrupt();
  const progress = planProgress({ quiet: json });
  const outcomes = await executePlan(plan, {
    root: runs,
    workers,
    listener: progress.listener,
    shouldStop: interrupt.requested,
  }).finally(() => {
    progress.stop();
    interrupt.release();
  });
  const byRun = new Map(outcomes.map((outcome) => [outcome.planned, outcome]));
  const results = {
    models: modelResults(models, byRun, runs),
    frozen: frozenResults(frozen, byRun, runs),
  };
  const finished = [...results.models, ...results.frozen].filter(
    ({ status }) => status === "finished",
  ).length;
  if (finished < plan.length && interrupt.requested()) {
    process.stderr.write(
      `stopped: ${finished} of ${plan.length} runs are finished; the same command goes on\n`,
    );
    return EXIT_CODES.interrupted;
  }
  const { document, files, written } = await writeReproduction(
    { preset, heads, ...results },
    { runs, out, quiet: json, command: commandOf(options) },
  );
  if (json) printJson(document);
  else {
    for (const line of resultLines(results)) printLine(line);
    printLine();
    const took = formatDuration((performance.now() - begun) / 1000);
    printLine(
      written
        ? `${finished} of ${plan.length} runs in ${took}; open ${files.report} in a browser`
        : `nothing has changed since ${files.report} was written`,
    );
  }
  return finished === plan.length ? EXIT_CODES.done : EXIT_CODES.failed;
}

/** What is to be typed to make the report again. */
function commandOf({ preset, only, capacities, seeds, heads, frozen }: ReproductionOptions): string {
  return [
    `narrows reproduce geometry --preset ${preset} --heads ${heads} --seeds ${seeds}`,
    ...(only === undefined ? [] : [`--only ${only}`]),
    ...(capacities === undefined ? [] : [`--capacities ${capacities}`]),
    ...(frozen ? [] : ["--no-frozen"]),
  ].join(" ");
}

/** Better now than after the training. */
function checkFolder(path: string): void {
  if (!existsSync(path) || statSync(path).isDirectory()) return;
  throw new UserError({ where: `--out ${path}`, what: "this is a file", remedy: "Name a folder" });
}

function showPlan(entries: readonly PlanEntry[], json: boolean): number {
  const rows = entries.map(({ planned, run, finished, step, totalSteps }) => ({
    name: planned.name,
    run: run ?? planned.runName,
    state: finished ? "finished" : run === undefined ? "to do" : "goes on",
    stepsLeft: finished ? 0 : totalSteps === undefined ? null : totalSteps - step,
    totalSteps: totalSteps ?? null,
  }));
  if (json) {
    printJson(rows);
    return EXIT_CODES.done;
  }
  for (const line of planLines(rows)) printLine(line);
  const total = rows.reduce((sum, { stepsLeft }) => sum + (stepsLeft ?? 0), 0);
  printLine();
  printLine(`${rows.length} runs, ${grouped(total)} steps left`);
  return EXIT_CODES.done;
}
