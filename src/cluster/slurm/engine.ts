import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "../../errors.js";
import { writeFileAtomic } from "../../files/atomic.js";
import { makeFolder } from "../../files/folders.js";
import { beginHold, endHold } from "../../files/hold.js";
import { processName } from "../../files/process-identity.js";
import { surveyPlan } from "../../plans/execute.js";
import type { Engine, JobDescription, QueuedJob, Submission } from "../engine.js";
import { logFolder, noteSubmission, type PlanFolder, writeRecord } from "../plan-folder.js";
import { trainedSoFar } from "../status.js";
import { arraysOf, indexRanges } from "./arrays.js";
import { slurm } from "./commands.js";
import { arrayComment, endedBadly, jobName, queuedJobs } from "./queue.js";
import { jobScript, SHARED } from "./script.js";

/** Slurm, by its programs sbatch, squeue, scancel and scontrol. */
export const slurmEngine: Engine = { submit, queue: queuedJobs, ended: endedBadly, cancel };

/** The program that jobs run: the one that runs now. */
const PROGRAM = [process.execPath, fileURLToPath(new URL("../../cli/main.js", import.meta.url))];

async function submit(planned: PlanFolder, job: JobDescription): Promise<Submission> {
  // Asked first, so that nothing is written where there is no Slurm.
  await queuedJobs(planned);
  const lock = join(planned.folder, "submit-lock.json");
  makeFolder(planned.folder);
  const other = beginHold(lock);
  if (other) {
    throw new UserError({
      where: planned.folder,
      what: `${processName(other)} is submitting this plan`,
      remedy: "Wait until it has ended",
    });
  }
  try {
    return await submitHeld(planned, job);
  } finally {
    endHold(lock);
  }
}

async function submitHeld(planned: PlanFolder, job: JobDescription): Promise<Submission> {
  const jobs = await queuedJobs(planned);
  const entries = surveyPlan(planned.plan, planned.root);
  const trained = trainedSoFar(entries);
  if (trained.finished === entries.length) return { trained };
  const tasksInJobs = new Set(jobs.map(({ task }) => task));
  const workers = jobs.filter(({ task }) => task === undefined).length;
  const toDo = entries.flatMap(({ finished, heldBy }, k) =>
    finished || tasksInJobs.has(k + 1) || (heldBy && workers === 0) ? [] : [k + 1],
  );
  const there = [
    `${trained.finished} of ${entries.length} runs are finished`,
    ...(jobs.length > 0 ? [`${jobs.length} jobs are queued or running`] : []),
  ].join(", ");
  if (toDo.length === 0) return { said: [`nothing to submit: ${there}`] };

  makeFolder(logFolder(planned));
  writeRecord(planned);
  const script = join(planned.folder, "job.sh");
  writeFileAtomic(script, jobScript(planned, job, { program: PROGRAM, cwd: process.cwd() }));
  const lines =
    workers > 0 || toDo.length > job.options.jobs
      ? await submitShared(planned, job, script, Math.min(toDo.length, job.options.jobs) - workers)
      : await submitTasks(planned, job, script, toDo, jobs);
  return { said: [there, ...lines] };
}

/** Fewer jobs than runs: each takes one after the other, until none is free. */
async function submitShared(
  planned: PlanFolder,
  job: JobDescription,
  script: string,
  count: number,
): Promise<string[]> {
  if (count <= 0) return ["nothing to submit: the jobs that are there take the runs that are left"];
  const indices = Array.from({ length: count }, (_, k) => k + 1);
  const id = await submitArray(planned, job, { script, indices, argument: SHARED });
  return [`submitted job ${id}: ${count} jobs that share the runs that are left`];
}

async function submitTasks(
  planned: PlanFolder,
  job: JobDescription,
  script: string,
  tasks: readonly number[],
  jobs: readonly QueuedJob[],
): Promise<string[]> {
  const { plan } = planned;
  const taskOf = new Map(plan.map((run, k) => [run, k + 1]));
  /** Slurm's name of the job of each task. */
  const idOf = new Map(jobs.map(({ task, id }) => [task, id]));
  const toDo = new Set(tasks);
  const sourceOf = (task: number) => {
    const { codes } = plan[task - 1]!;
    const source = codes && taskOf.get(codes.of);
    // A source that is finished is not waited for.
    return source !== undefined && (toDo.has(source) || idOf.has(source)) ? source : undefined;
  };
  const lines: string[] = [];
  for (const { offset, indices, after } of arraysOf(tasks, sourceOf, await maxIndex())) {
    const id = await submitArray(planned, job, {
      script,
      indices,
      argument: String(offset),
      ...(after !== undefined && { after: idOf.get(after) }),
    });
    for (const index of indices) idOf.set(offset + index, `${id}_${index}`);
    noteSubmission(planned, { job: id, offset, tasks: indices.map((index) => offset + index) });
    const waiting = after === undefined ? "" : `, after ${plan[after - 1]!.name}`;
    lines.push(`submitted job ${id}: ${indices.length === 1 ? "1 run" : `${indices.length} runs`}${waiting}`);
  }
  return lines;
}

async function submitArray(
  planned: PlanFolder,
  { options: { atOnce } }: JobDescription,
  array: {
    readonly script: string;
    readonly indices: readonly number[];
    readonly argument: string;
    readonly after?: string | undefined;
  },
): Promise<string> {
  const { script, indices, argument, after } = array;
  const printed = await slurm("sbatch", [
    "--parsable",
    `--job-name=${jobName(planned)}`,
    `--comment=${arrayComment(argument)}`,
    `--array=${indexRanges(indices)}${atOnce === undefined ? "" : `%${atOnce}`}`,
    // What waits for a run that has failed would stay in the queue for good.
    ...(after === undefined ? [] : [`--dependency=afterok:${after}`, "--kill-on-invalid-dep=yes"]),
    script,
    argument,
  ]);
  // The name of the cluster may follow.
  return printed.trim().split(";")[0]!;
}

/** The largest index of an array that the cluster allows. */
async function maxIndex(): Promise<number> {
  const size = /^MaxArraySize\s*=\s*(\d+)/m.exec(await slurm("scontrol", ["show", "config"]));
  return Number(size?.[1] ?? 1001) - 1;
}

async function cancel(planned: PlanFolder): Promise<string[]> {
  const jobs = await queuedJobs(planned);
  if (jobs.length === 0) return ["no job of this plan is queued or running"];
  await slurm("scancel", [`--name=${jobName(planned)}`]);
  noteSubmission(planned, { job: null, offset: 0, tasks: jobs.flatMap(({ task }) => task ?? []) });
  const running = jobs.filter(({ state }) => state === "running").length;
  return [
    `cancelled ${jobs.length} jobs, ${running} of them running: what they trained is saved, and the same command continues it`,
  ];
}
