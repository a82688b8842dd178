import { setTimeout as pause } from "node:timers/promises";
import type { Engine, Trained } from "../cluster/engine.js";
import { localEngine } from "../cluster/local.js";
import { type PlanFolder, planFolder, requireSubmitted, wasSubmitted } from "../cluster/plan-folder.js";
import { slurmEngine } from "../cluster/slurm/engine.js";
import { statusOfPlan, trainedSoFar } from "../cluster/status.js";
import type { ClusterBlock } from "../configuration/cluster.js";
import { refuse } from "../errors.js";
import { type PlanEntry, surveyPlan } from "../plans/execute.js";
import type { Plan } from "../plans/plan.js";
import type { Outcome } from "./command/define.js";
import { jobOf, type Launching, requireOneAction } from "./command/launching.js";
import { EXIT_CODES } from "./exit-codes.js";
import { watchInterrupt } from "./interrupt.js";
import { statusOutcome, watchStatus } from "./plan-status.js";
import { reportInterrupted, type TrainPlanOptions, trainPlan } from "./planned-runs.js";

export interface LaunchOptions extends TrainPlanOptions, Launching {
  /** What is there of the plan already, in its order. */
  readonly entries: readonly PlanEntry[];
  /** What the configuration says of jobs. */
  readonly block?: ClusterBlock;
  /** The command line that made the plan, without the program's name. */
  readonly words: readonly string[];
}

/** How often a scheduler is asked while its jobs are waited for. */
const LOOK_EVERY_MS = 10_000;

/**
 * Does with a plan what its command was asked for: trains it, here or on a cluster, or a part of it, or shows or ends what is
 * trained.
 * @returns what became of the runs, where it is time to show that; otherwise what the command comes to.
 * @throws UserError for options that do not go together, a task that is not in the plan, and what a scheduler refuses.
 */
export async function launchPlan(plan: Plan, options: LaunchOptions): Promise<Trained | Outcome | number> {
  requireOneAction(options);
  const planned = planFolder(plan, options.runs);
  if (options.submitted !== undefined) requireSubmitted(planned, options.submitted);
  if (options.task !== undefined) return trainTask(plan, options.task, options);
  if (options.work) return work(plan, options);
  // Who asks after jobs need not say again where they are.
  const isAsked = options.status || options.cancel;
  const isThere = options.on === "slurm" || (isAsked && wasSubmitted(planned));
  const engine = isThere ? slurmEngine : localEngine(() => trainPlan(plan, options));
  if (options.status) return showStatus(planned, engine, options);
  if (options.cancel) return said(await engine.cancel(planned));
  return submit(planned, engine, options);
}

export function isTrained(result: Trained | Outcome | number): result is Trained {
  return typeof result === "object" && "outcomes" in result;
}

/** One run, for any scheduler: fresh, interrupted or finished. */
async function trainTask(plan: Plan, task: number, options: LaunchOptions): Promise<Outcome | number> {
  const planned = plan[task - 1];
  if (!planned) {
    refuse(
      `--task ${task}`,
      `the plan has ${plan.length} runs`,
      `Give a number from 1 to ${plan.length}; --dry-run lists them`,
    );
  }
  const { outcomes, interrupted } = await trainPlan(plan, {
    ...options,
    wanted: [planned],
    workers: 1,
    secondsAfter: 0,
  });
  const outcome = outcomes[task - 1]!;
  if (outcome.status === "waiting" && !interrupted && planned.codes) {
    const source = plan.indexOf(planned.codes.of) + 1;
    refuse(
      `--task ${task}`,
      `${planned.name} learns from the code of ${planned.codes.of.name}, which is not finished`,
      `Train that first, with --task ${source}`,
    );
  }
  if (interrupted) return reportInterrupted(0, 1);
  const isDone = outcome.status === "finished" || outcome.status === "reused";
  const reason = outcome.status === "failed" ? `: ${outcome.reason}` : "";
  return {
    json: { task, name: planned.name, run: outcome.run ?? null, status: outcome.status },
    text: [`task ${task} (${planned.name}): ${isDone ? "finished" : outcome.status}${reason}`],
    exitCode: isDone ? EXIT_CODES.done : EXIT_CODES.failed,
  };
}

/** All that is free, beside other processes that do the same. */
async function work(plan: Plan, options: LaunchOptions): Promise<Outcome | number> {
  const { outcomes, finished, interrupted } = await trainPlan(plan, {
    ...options,
    leavesOthers: true,
    secondsAfter: 0,
  });
  if (interrupted) return reportInterrupted(finished, plan.length);
  const failed = outcomes.filter(({ status }) => status === "failed");
  const others = plan.length - finished - failed.length;
  return {
    json: outcomes.map(({ planned, run, status }) => ({ name: planned.name, run: run ?? null, status })),
    text: [
      ...outcomes.flatMap((one) =>
        one.status === "failed" ? [`failed: ${one.planned.name}: ${one.reason}`] : [],
      ),
      `no run is free: ${finished} of ${plan.length} are finished${others > 0 ? `, ${others} are trained by other processes` : ""}`,
    ],
    exitCode: failed.length > 0 ? EXIT_CODES.failed : EXIT_CODES.done,
  };
}

async function submit(
  planned: PlanFolder,
  engine: Engine,
  options: LaunchOptions,
): Promise<Trained | Outcome | number> {
  const { plan, root, folder } = planned;
  const submission = await engine.submit(planned, jobOf(options.words, options, options.block));
  if ("trained" in submission) return submission.trained;
  if (!options.wait) {
    return said([
      ...submission.said,
      `look with --status, end with --cancel; what the jobs say is in ${folder}/logs`,
      "when they have ended, run the same command again to show the results, or now with --wait",
    ]);
  }
  const { requested, release } = watchInterrupt();
  const watching = watchStatus(options.quiet);
  try {
    for (;;) {
      const jobs = await engine.queue(planned);
      const entries = surveyPlan(plan, root);
      watching.show(statusOfPlan(planned, entries, jobs));
      if (jobs.length === 0) return trainedSoFar(entries);
      await pauseUntil(requested);
      if (requested()) {
        return said(["stopped waiting; the jobs continue: end them with --cancel"], EXIT_CODES.interrupted);
      }
    }
  } finally {
    watching.stop();
    release();
  }
}

async function showStatus(planned: PlanFolder, engine: Engine, options: LaunchOptions): Promise<Outcome> {
  const look = async (entries: readonly PlanEntry[] = surveyPlan(planned.plan, planned.root)) =>
    statusOfPlan(planned, entries, await engine.queue(planned), await engine.ended(planned));
  if (options.quiet || !process.stderr.isTTY) return statusOutcome(await look(options.entries));
  const { requested, release } = watchInterrupt();
  const watching = watchStatus(false);
  try {
    for (;;) {
      const status = await look();
      watching.show(status);
      const isGoingOn = status.some(({ state }) => state === "running" || state === "queued");
      if (!isGoingOn || requested()) return statusOutcome(status);
      await pauseUntil(requested);
    }
  } finally {
    watching.stop();
    release();
  }
}

/** Until a scheduler is asked again, or Ctrl-C. */
async function pauseUntil(requested: () => boolean): Promise<void> {
  for (let waited = 0; waited < LOOK_EVERY_MS && !requested(); waited += 200) await pause(200);
}

function said(lines: readonly string[], exitCode: number = EXIT_CODES.done): Outcome {
  return { json: lines, text: lines, exitCode };
}
