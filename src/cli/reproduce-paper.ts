import { existsSync, statSync } from "node:fs";
import { UserError } from "../errors.js";
import type { DeviceName } from "../onnx/devices.js";
import { type PlanEntry, type PlanOutcome, surveyPlan } from "../plans/execute.js";
import type { Plan, PlannedRun } from "../plans/plan.js";
import { EXIT_CODES } from "./exit-codes.js";
import { formatDuration } from "./format.js";
import { printJson, printLine } from "./output.js";
import { showPlan } from "./show-plan.js";
import { tellInterrupted, trainPlan } from "./train-plan.js";
import type { WrittenReproduction } from "./written-reproduction.js";

/** What the reproduction of any paper has to be told. */
export interface PaperOptions {
  /** Folder of the runs. */
  readonly runs: string;
  /** Folder of what is written. */
  readonly out: string;
  readonly workers: number;
  readonly device?: DeviceName;
  readonly dryRun?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** What becomes of each planned run. */
export type Outcomes = ReadonlyMap<PlannedRun, PlanOutcome>;

/** A paper as it is to be reproduced. */
export interface PaperToReproduce<Results> {
  readonly plan: Plan;
  /** What its runs are called, as the title of a column. */
  readonly what: string;
  /** Finds out before anything is trained what cannot be. */
  readonly check?: (entries: readonly PlanEntry[]) => void;
  readonly resultsOf: (outcomes: Outcomes) => Results | Promise<Results>;
  readonly write: (results: Results) => Promise<WrittenReproduction>;
  /** What is told for people. */
  readonly linesOf: (results: Results) => readonly string[];
}

/**
 * Trains what is not trained yet of a paper's plan, tells what it came to, and writes the report; returns the exit code.
 * Where nothing has changed since the report was written, nothing is done.
 * @throws UserError for what can be known to fail before anything is trained, and for files that cannot be written.
 */
export async function reproducePaper<Results>(
  { plan, what, check, resultsOf, write, linesOf }: PaperToReproduce<Results>,
  { runs, out, workers, device = "cpu", dryRun = false, json = false }: PaperOptions,
): Promise<number> {
  const entries = surveyPlan(plan, runs);
  if (dryRun) {
    showPlan(entries, what, json);
    return EXIT_CODES.done;
  }
  checkFolder(out);
  check?.(entries);
  const begun = performance.now();
  const { outcomes, interrupted } = await trainPlan(plan, { runs, workers, device, quiet: json });
  const finished = outcomes.filter(({ status }) => status === "finished" || status === "reused").length;
  if (finished < plan.length && interrupted) return tellInterrupted(finished, plan.length);
  const results = await resultsOf(new Map(outcomes.map((outcome) => [outcome.planned, outcome])));
  const { document, files, written } = await write(results);
  if (json) printJson(document);
  else {
    for (const line of linesOf(results)) printLine(line);
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

/** Better now than after the training. */
function checkFolder(path: string): void {
  if (!existsSync(path) || statSync(path).isDirectory()) return;
  throw new UserError({ where: `--out ${path}`, what: "this is a file", remedy: "Name a folder" });
}
