import { existsSync } from "node:fs";
import { processName } from "../files/process-identity.js";
import { readText } from "../files/read.js";
import type { PlanEntry, PlanOutcome } from "../plans/execute.js";
import { type PlannedRun, sourceFailed } from "../plans/plan.js";
import type { QueuedJob, Trained } from "./engine.js";
import { logFile, type PlanFolder, type SubmittedJob, submittedJobs } from "./plan-folder.js";

export const TASK_STATES = ["finished", "running", "queued", "failed", "stopped", "to do"] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** What has become of a run of a plan so far. */
export interface TaskStatus {
  /** Counted from 1. */
  readonly task: number;
  readonly name: string;
  /** Name of its folder; null where there is none yet. */
  readonly run: string | null;
  readonly state: TaskState;
  /** Where it runs, why it waits, or why it failed. */
  readonly detail: string | null;
  readonly step: number;
  readonly totalSteps: number | null;
  /** Of all processes that have trained it; null where nothing is known yet. */
  readonly stepsPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/**
 * What has become of each run of a plan, from their folders and what a scheduler has queued.
 * @param entries what is there of it, in its order.
 * @param ended by task, how jobs ended that did not end well.
 */
export function statusOfPlan(
  planned: PlanFolder,
  entries: readonly PlanEntry[],
  jobs: readonly QueuedJob[],
  ended: ReadonlyMap<number, string> = new Map(),
): TaskStatus[] {
  const jobOf = new Map(jobs.map((job) => [job.task, job]));
  const submitted = submittedJobs(planned);
  const failed = new Set<PlannedRun>();
  return entries.map((entry, k) => {
    const { run, step, totalSteps, manifest } = entry;
    const task = k + 1;
    const found = stateOf(entry, jobOf.get(task), {
      failed,
      log: logFile(planned, task),
      submitted: submitted.get(task),
      ended: ended.get(task),
    });
    if (found.state === "failed") failed.add(entry.planned);
    const seconds = manifest?.wallTimeSeconds ?? 0;
    const rate = step > 0 && seconds > 0 ? step / seconds : null;
    const left = found.state === "finished" ? 0 : totalSteps === undefined ? null : totalSteps - step;
    return {
      task,
      name: entry.planned.name,
      run: run ?? null,
      ...found,
      step: found.state === "finished" ? (totalSteps ?? step) : step,
      totalSteps: totalSteps ?? null,
      stepsPerSecond: rate,
      secondsLeft: left === 0 ? 0 : left === null || rate === null ? null : left / rate,
    };
  });
}

/** What became of the runs of a plan that nothing here trains. */
export function trainedSoFar(entries: readonly PlanEntry[]): Trained {
  const outcomes = entries.map(({ planned, run, finished, manifest }): PlanOutcome => {
    if (finished) return { planned, run, status: "reused" };
    if (manifest?.status === "failed") {
      return { planned, run, status: "failed", reason: manifest.reason ?? "it does not say why" };
    }
    return { planned, run, status: "waiting" };
  });
  const finished = outcomes.filter(({ status }) => status === "reused").length;
  return { outcomes, finished, interrupted: false };
}

function stateOf(
  { planned, run, finished, heldBy, manifest }: PlanEntry,
  job: QueuedJob | undefined,
  {
    failed,
    log,
    submitted,
    ended,
  }: {
    readonly failed: ReadonlySet<PlannedRun>;
    readonly log: string;
    readonly submitted: SubmittedJob | undefined;
    readonly ended: string | undefined;
  },
): Pick<TaskStatus, "state" | "detail"> {
  if (finished) return { state: "finished", detail: null };
  if (job?.state === "running") return { state: "running", detail: `job ${job.id} on ${job.detail}` };
  if (heldBy) return { state: "running", detail: processName(heldBy) };
  if (job) return { state: "queued", detail: `job ${job.id}: ${job.detail}` };
  if (planned.codes && failed.has(planned.codes.of)) {
    return { state: "failed", detail: sourceFailed(planned.codes.of) };
  }
  if (manifest?.status === "failed") return { state: "failed", detail: manifest.reason ?? lastLine(log) };
  if (run !== undefined) return { state: "stopped", detail: ended ?? manifest?.reason ?? null };
  if (ended !== undefined && submitted?.job !== null) return { state: "failed", detail: ended };
  // A job that is gone, and no run: it failed before it could make one.
  const said = lastLine(log);
  if (said !== null) return { state: "failed", detail: said };
  if (!submitted?.job) return { state: "to do", detail: null };
  return {
    state: "failed",
    detail: `job ${submitted.job}_${submitted.index} has ended without a word: was it cancelled, or does its node not see the folder of runs?`,
  };
}

function lastLine(log: string): string | null {
  if (!existsSync(log)) return null;
  return readText(log).trimEnd().split("\n").at(-1) ?? null;
}
