import { join } from "node:path";
import type { ProcessIdentity } from "../files/process-identity.js";
import type { DeviceName } from "../onnx/devices.js";
import { listCheckpoints } from "../runs/checkpoints.js";
import { runLayout } from "../runs/layout.js";
import type { Manifest } from "../runs/manifest-text.js";
import { listRuns, type Run, writerOf } from "../runs/run.js";
import { runFinder } from "../training/about-run.js";
import type { Evaluation } from "../training/evaluate.js";
import type { HeldElsewhere, RunBegin, RunProgress, WorkerEnd } from "./messages.js";
import { checkPlan, type Plan, type PlannedRun, plannedSteps, sourceFailed, stepsCost } from "./plan.js";
import { startWorker, type Worker } from "./worker-process.js";

/** A planned run, and what is there of it already. */
export interface PlanEntry {
  readonly planned: PlannedRun;
  /** Name of the run of this configuration; undefined where there is none yet. */
  readonly run: string | undefined;
  readonly finished: boolean;
  /** The process of another plan, or of a single training, that trains it now. */
  readonly heldBy?: ProcessIdentity | undefined;
  /** What the run says of itself; undefined where there is none yet. */
  readonly manifest?: Manifest | undefined;
  /** Steps made and kept. */
  readonly step: number;
  /** Steps of the whole training; undefined if this depends on the data. */
  readonly totalSteps: number | undefined;
}

/** What became of a planned run. */
export type PlanOutcome = { readonly planned: PlannedRun; readonly run: string | undefined } & (
  | { readonly status: "reused" | "finished" | "interrupted" | "waiting" }
  | { readonly status: "failed"; readonly reason: string }
);

/** Reports while a plan is executed; workers are counted from 0. */
export interface PlanListener {
  /** Once, before anything is trained: what is wanted of the plan. */
  onPlan?(entries: readonly PlanEntry[]): void;
  /** Another process trains this run: it is waited for, and gone on with where that process ends without finishing it. */
  onWait?(planned: PlannedRun, run: string, process: ProcessIdentity): void;
  onBegin?(planned: PlannedRun, worker: number, at: RunBegin): void;
  /** A few times a second. */
  onProgress?(planned: PlannedRun, worker: number, progress: RunProgress): void;
  onEvaluation?(
    planned: PlannedRun,
    worker: number,
    evaluation: Evaluation,
    at: { step: number; epoch: number },
  ): void;
  onWarning?(planned: PlannedRun, worker: number, message: string): void;
  onEnd?(planned: PlannedRun, worker: number, end: WorkerEnd): void;
}

/** How a plan is executed. */
export interface PlanOptions {
  /** Folder of the runs. */
  readonly root: string;
  /** Processes that run at the same time, one thread each. */
  readonly workers: number;
  readonly device?: DeviceName;
  readonly listener?: PlanListener;
  /** The runs that are trained, where that is not the whole plan: of the others only what they came to is used. */
  readonly wanted?: readonly PlannedRun[];
  /** Waits for no run that another process trains, unless one that learns from its code is still to be trained. */
  readonly leavesOthers?: boolean;
  /** Asked several times a second; true lets the workers save and end, and starts nothing more. */
  shouldStop?(): boolean;
  /** The built worker, if it is not next to this module. */
  readonly workerFile?: URL;
}

const ASK_EVERY_MS = 100;
const LOOK_AT_OTHERS_EVERY_MS = 500;

/**
 * Trains what is not trained yet of a plan, each run in a folder of its own, in a few processes. A finished run of the very
 * same configuration is reused, an interrupted or failed one is gone on with, the longest ones first. A run that fails,
 * or a process that dies, stops no other but those that learn from its code. What another process trains is left to it, and
 * waited for while there is nothing else to do.
 * @returns what became of each, in the order of the plan.
 * @throws RangeError when two of its runs are the same, UserError when the folder of runs cannot be read.
 */
export async function executePlan(plan: Plan, options: PlanOptions): Promise<PlanOutcome[]> {
  const { workers, listener = {}, shouldStop = () => false, leavesOthers = false } = options;
  const entries = surveyPlan(plan, options.root);
  const wanted = new Set(options.wanted ?? plan);
  listener.onPlan?.(entries.filter(({ planned }) => wanted.has(planned)));
  const outcomes = new Map<PlannedRun, PlanOutcome>();
  for (const { planned, run, finished } of entries) {
    outcomes.set(planned, { planned, run, status: finished ? "reused" : "waiting" });
  }
  const queue = entries
    .filter(({ planned, finished }) => !finished && wanted.has(planned))
    .sort((a, b) => left(b) - left(a));
  /** What other processes train. */
  const held = new Map<PlanEntry, string>();
  const leaveToOther = (entry: PlanEntry, run: string, by: ProcessIdentity | undefined) => {
    held.set(entry, run);
    if (by) listener.onWait?.(entry.planned, run, by);
  };
  /** Brings back what other processes train no more. */
  const reclaim = () => {
    for (const [entry, run] of held) {
      if (writerOf(join(options.root, run))) continue;
      held.delete(entry);
      queue.unshift(entry);
    }
  };
  /** By the number of the worker. */
  const processes = new Map<number, Worker>();
  const busy = new Set<Promise<WorkerEnd | HeldElsewhere>>();
  let stopping = false;
  const look = () => {
    stopping ||= shouldStop();
    if (stopping) for (const worker of processes.values()) worker.stop();
  };
  const timer = setInterval(look, ASK_EVERY_MS);
  const sourceOf = ({ codes }: PlannedRun) => (codes ? outcomes.get(codes.of) : undefined);
  /** The next run that need not wait. */
  const takeReady = (): PlanEntry | undefined => {
    const ready = queue.findIndex(({ planned }) => isReady(sourceOf(planned)));
    return ready < 0 ? undefined : queue.splice(ready, 1)[0];
  };
  const serve = async (worker: number) => {
    for (look(); !stopping; look()) {
      reclaim();
      const entry = takeReady();
      if (entry) await trainEntry(entry, worker);
      else if (busy.size === 0 && (held.size === 0 || (leavesOthers && queue.length === 0))) return;
      else await Promise.race([...busy, ...(held.size > 0 ? [pause()] : [])]);
    }
  };
  /** The process of a worker, a new one where it died. */
  const processOf = (worker: number): Worker => {
    const known = processes.get(worker);
    if (known?.alive) return known;
    const started = startWorker(options.workerFile);
    processes.set(worker, started);
    return started;
  };
  const trainEntry = async (entry: PlanEntry, worker: number) => {
    const { planned } = entry;
    let { run } = entry;
    const { configuration, runName } = planned;
    const conclude = (end: WorkerEnd) => {
      outcomes.set(planned, { planned, run, ...end });
      listener.onEnd?.(planned, worker, end);
    };
    const source = sourceOf(planned);
    if (source?.status === "failed") {
      return conclude({ status: "failed", reason: sourceFailed(source.planned) });
    }
    const codes = planned.codes && source?.run !== undefined && { of: source.run, file: planned.codes.file };
    const { root, device = "cpu" } = options;
    const ended = processOf(worker).train(
      { kind: "train", root, configuration, runName, codes: codes || undefined, device },
      (report) => {
        if (report.kind === "begun") {
          run = report.run;
          listener.onBegin?.(planned, worker, report);
        } else if (report.kind === "progress") listener.onProgress?.(planned, worker, report);
        else if (report.kind === "warning") listener.onWarning?.(planned, worker, report.message);
        else if (report.kind === "evaluation")
          listener.onEvaluation?.(planned, worker, report.evaluation, report);
      },
    );
    busy.add(ended);
    const end = await ended;
    busy.delete(ended);
    if (end.status === "held") leaveToOther(entry, end.run, end.by);
    else conclude(end);
  };
  for (const entry of [...queue]) {
    const { run, heldBy } = entry;
    if (run === undefined || heldBy === undefined) continue;
    queue.splice(queue.indexOf(entry), 1);
    leaveToOther(entry, run, heldBy);
  }
  const toDo = queue.length + held.size;
  try {
    await Promise.all(Array.from({ length: Math.min(workers, toDo) }, (_, k) => serve(k)));
  } finally {
    clearInterval(timer);
    await Promise.all([...processes.values()].map((process) => process.close()));
  }
  return plan.map((planned) => outcomes.get(planned)!);
}

/**
 * What is there of a plan already.
 * @param root folder of the runs.
 * @returns an entry for each planned run, in the order of the plan.
 * @throws RangeError when two of its runs are the same, UserError when the folder of runs cannot be read.
 */
export function surveyPlan(plan: Plan, root: string): PlanEntry[] {
  checkPlan(plan);
  const find = runFinder(listRuns(root));
  return plan.map((planned) => survey(planned, find(planned.configuration)));
}

/** Until other processes are looked at again; asked at every pause whether to stop. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_AT_OTHERS_EVERY_MS));
}

function survey(planned: PlannedRun, run: Run | undefined): PlanEntry {
  const [newest] = run ? listCheckpoints(runLayout(run.path).checkpoints) : [];
  return {
    planned,
    run: run?.name,
    manifest: run?.manifest,
    finished: run?.manifest.status === "finished",
    heldBy: run && run.manifest.status !== "finished" ? writerOf(run.path) : undefined,
    step: newest?.step ?? 0,
    totalSteps: run?.manifest.totalSteps ?? plannedSteps(planned.configuration),
  };
}

/** Whether nothing more is to come from the run whose code is needed. */
function isReady(source: PlanOutcome | undefined): boolean {
  return source === undefined || ["reused", "finished", "failed"].includes(source.status);
}

/** Work to be done; runs whose steps are not known come first, so that no long run comes last. */
function left({ planned, step, totalSteps }: PlanEntry): number {
  return totalSteps === undefined ? Number.MAX_SAFE_INTEGER : stepsCost(planned, totalSteps - step);
}
