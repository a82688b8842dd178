import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.js";
import { writeFileAtomic } from "../files/atomic.js";
import {
  CAPACITIES_NATS,
  type HeadVariant,
  MODEL_NAMES,
  modelNamed,
  modelPlan,
  type ReproductionPreset,
} from "../papers/geometry-of-efficient-codes/models.js";
import { modelResults } from "../papers/geometry-of-efficient-codes/results.js";
import { executePlan, type PlanEntry, surveyPlan } from "../plans/execute.js";
import { EXIT_CODES } from "./exit-codes.js";
import { grouped } from "./format.js";
import { watchInterrupt } from "./interrupt.js";
import { printJson, printLine } from "./output.js";
import { formatDuration } from "./progress/duration.js";
import { planProgress } from "./progress/plan-progress.js";
import { planLines, resultLines } from "./reproduction-tables.js";

/** What the command line says, lists and numbers still as text. */
export interface ReproductionOptions {
  readonly preset: ReproductionPreset;
  readonly only?: string;
  readonly capacities?: string;
  readonly seeds: string;
  readonly heads: HeadVariant;
  readonly workers: string;
  readonly runs: string;
  readonly out: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** The quick preset shows the two ends alone, as most of the paper's figures do. */
const QUICK_CAPACITIES = [0.3, 10];
const MOST_SEEDS = 100;
const MOST_WORKERS = 64;

/**
 * Trains the models of the paper that are not trained yet, tells how they compare, and writes results.json; returns the
 * exit code.
 * @throws UserError for a model, capacity or number that there is not, before anything is trained.
 */
export async function reproduceGeometry(options: ReproductionOptions): Promise<number> {
  const { preset, heads, runs, json = false } = options;
  const workers = countOf("--workers", options.workers, MOST_WORKERS);
  const plan = modelPlan({
    models: chosen("--only", options.only, modelNamed) ?? MODEL_NAMES,
    capacitiesNats:
      chosen("--capacities", options.capacities, capacityOf) ??
      (preset === "quick" ? QUICK_CAPACITIES : CAPACITIES_NATS),
    seeds: countOf("--seeds", options.seeds, MOST_SEEDS),
    preset,
    heads,
  });
  if (options.dryRun) return showPlan(surveyPlan(plan, runs), json);
  checkFolder(options.out);
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
  const results = modelResults(plan, outcomes, runs);
  const finished = results.filter(({ status }) => status === "finished").length;
  if (finished < results.length && interrupt.requested()) {
    process.stderr.write(
      `stopped: ${finished} of ${results.length} runs are finished; the same command goes on\n`,
    );
    return EXIT_CODES.interrupted;
  }
  const document = { paper: "The geometry of efficient codes", preset, heads, models: results };
  const path = join(options.out, "results.json");
  writeFileAtomic(path, `${JSON.stringify(document, null, 2)}\n`);
  if (json) printJson(document);
  else {
    for (const line of resultLines(results)) printLine(line);
    printLine();
    printLine(
      `${finished} of ${results.length} runs in ${formatDuration((performance.now() - begun) / 1000)}; the numbers are in ${path}`,
    );
  }
  return finished === results.length ? EXIT_CODES.done : EXIT_CODES.failed;
}

/** A list of different things, taken apart at its commas; undefined where it is not given. */
function chosen<Item>(
  option: string,
  text: string | undefined,
  read: (item: string, where: string) => Item,
): Item[] | undefined {
  return text === undefined
    ? undefined
    : [...new Set(text.split(",").map((item) => read(item, `${option} ${text}`)))];
}

function capacityOf(text: string, where: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new UserError({
    where,
    what: `"${text}" is no capacity`,
    remedy: "Give numbers of nats above 0, with commas between, such as 0.3,10",
  });
}

function countOf(option: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new UserError({
    where: `${option} ${text}`,
    what: "out of range",
    remedy: `Give a whole number from 1 to ${most}`,
  });
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
