import { executePlan, type PlanEntry, type PlanOptions, type PlanOutcome } from "../plans/execute.js";
import type { Plan } from "../plans/plan.js";
import type { Outcome } from "./command/define.js";
import { EXIT_CODES } from "./exit-codes.js";
import { formatDuration, grouped } from "./format.js";
import { printNote } from "./output.js";
import { PlanClock, type PlanWork } from "./progress/plan-clock.js";
import { planProgress } from "./progress/plan-progress.js";
import { left, right, tableLines } from "./table.js";
import { beginTraining, type Training } from "./training-session.js";

export interface TrainPlanOptions
  extends Pick<Training, "runs">,
    Partial<Pick<Training, "device">>,
    Pick<PlanOptions, "wanted" | "leavesOthers"> {
  readonly workers: number;
  /** As {@link PlanWork} has it. */
  readonly secondsAfter?: number;
  /** Shows nothing, for `--json`. */
  readonly quiet: boolean;
}

/**
 * Trains what is not trained yet of a plan under one display. Ctrl-C lets the workers save and end.
 * @returns what became of each run, the number of runs that are finished, and whether it was interrupted before all were.
 */
export async function trainPlan(
  plan: Plan,
  options: TrainPlanOptions,
): Promise<{
  readonly outcomes: PlanOutcome[];
  readonly finished: number;
  readonly interrupted: boolean;
}> {
  const { runs, workers, secondsAfter = 0, device = "cpu", quiet, wanted, leavesOthers } = options;
  const session = beginTraining(options);
  const progress = planProgress({ quiet, workers, secondsAfter });
  const outcomes = await executePlan(plan, {
    root: runs,
    workers,
    device,
    ...(wanted && { wanted }),
    ...(leavesOthers && { leavesOthers }),
    listener: progress.listener,
    shouldStop: session.shouldStop,
  }).finally(() => {
    progress.stop();
    session.end();
  });
  const finished = outcomes.filter(({ status }) => status === "finished" || status === "reused").length;
  return { outcomes, finished, interrupted: session.shouldStop() && finished < (wanted ?? plan).length };
}

/** Says how far a plan came that was interrupted; returns the exit code. */
export function reportInterrupted(finished: number, planned: number): number {
  printNote(`stopped: ${finished} of ${planned} runs are finished; run the same command again to continue`);
  return EXIT_CODES.interrupted;
}

/** What is made of a plan's runs, and what it takes. */
export interface PlanOutlook extends PlanWork {
  readonly shows: string;
}

/**
 * What would be trained, and how many steps of it are left; `what` is the title of the names' column.
 * @param outlook where it is known, the time that all takes, and what it shows.
 */
export function plannedRuns(entries: readonly PlanEntry[], what: string, outlook?: PlanOutlook): Outcome {
  const rows = entries.map(({ planned, run, finished, heldBy, step, totalSteps }) => ({
    name: planned.name,
    run: run ?? planned.runName,
    state: finished
      ? "finished"
      : run === undefined
        ? "to do"
        : heldBy === undefined
          ? "continues"
          : "in training",
    stepsLeft: finished ? 0 : totalSteps === undefined ? null : totalSteps - step,
    totalSteps: totalSteps ?? null,
  }));
  // Null where only the data say it.
  const steps = (count: number | null) => (count === null ? "-" : grouped(count));
  const total = rows.reduce((sum, { stepsLeft }) => sum + (stepsLeft ?? 0), 0);
  const unknown = rows.filter(({ stepsLeft }) => stepsLeft === null).length;
  const beyond = unknown > 0 ? `, and those of ${unknown} whose data are not read yet` : "";
  return {
    json: rows,
    text: [
      ...tableLines(
        [left(what), left("run"), left("state"), right("steps left"), right("of")],
        rows.map((row) => [row.name, row.run, row.state, steps(row.stepsLeft), steps(row.totalSteps)]),
      ),
      "",
      `${rows.length} runs, ${grouped(total)} steps left${beyond}`,
      ...(outlook === undefined ? [] : [expectedTime(entries, outlook), `it shows ${outlook.shows}`]),
    ],
  };
}

/** How long a plan takes on the machine on which the costs of its steps were measured. */
function expectedTime(entries: readonly PlanEntry[], work: PlanWork): string {
  const { workers, secondsAfter = 0 } = work;
  const seconds = new PlanClock(entries, 0, work).secondsLeft(0) ?? 0;
  const after = `of which ${formatDuration(secondsAfter)} to measure and draw all`;
  return `about ${formatDuration(seconds)} with ${workers} workers on as many quiet cores (docs/speed.md says which), ${after}`;
}
