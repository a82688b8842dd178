/**
 * What a scheduler is given of a plan lies in the folder of runs, `cluster/KEY`: the plan as it was submitted, the script of its
 * jobs, and what each run has said. The key is that of the plan's configurations, so that the same command finds the same
 * folder, and another plan never another's.
 */

import { appendFileSync, existsSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { compareConfigurations, configurationKey, showDifference } from "../configuration/compare.js";
import { refuse } from "../errors.js";
import { writeFileAtomic } from "../files/atomic.js";
import { readText } from "../files/read.js";
import { sha256 } from "../files/sha256.js";
import { inFileSystem } from "../files/system-errors.js";
import type { Plan } from "../plans/plan.js";
import { plain } from "../training/about-run.js";

/** A plan in a folder of runs, and where its jobs keep what is theirs. Tasks are the runs of the plan, counted from 1. */
export interface PlanFolder {
  readonly plan: Plan;
  /** Folder of the runs. */
  readonly root: string;
  /** 12 hexadecimal digits that are those of no other plan. */
  readonly key: string;
  /** Absolute. */
  readonly folder: string;
}

const recordSchema = z.object({
  format: z.literal(1),
  runs: z.array(z.object({ name: z.string(), configuration: z.record(z.string(), z.json()) })),
});

/** Where the jobs of a plan keep what is theirs; nothing is made. */
export function planFolder(plan: Plan, root: string): PlanFolder {
  const keys = plan.map(({ name, configuration }) => [name, configurationKey(configuration)]);
  const key = sha256(JSON.stringify(keys)).slice(0, 12);
  return { plan, root, key, folder: resolve(root, "cluster", key) };
}

/** The file of the plan as it was submitted. */
export function recordFile({ folder }: Pick<PlanFolder, "folder">): string {
  return join(folder, "plan.json");
}

/** The folder of what jobs say. */
export function logFolder({ folder }: Pick<PlanFolder, "folder">): string {
  return join(folder, "logs");
}

/** The file of what the job of a task says; jobs that share the runs have files of their own. */
export function logFile(planned: Pick<PlanFolder, "folder">, task: number): string {
  return join(logFolder(planned), `task-${task}.log`);
}

const submissionSchema = z.object({
  job: z.string().nullable(),
  /** Added to a task's index in the array, it makes the task. */
  offset: z.int(),
  tasks: z.array(z.int()),
});

/** The array of jobs that a task was given to last, and its index there; null where that was cancelled. */
export interface SubmittedJob {
  readonly job: string | null;
  readonly index: number;
}

/**
 * Notes which tasks were given to which array of jobs, so that one that ended without a word can be named.
 * @param submission its job is null for tasks whose jobs were cancelled.
 */
export function noteSubmission(
  planned: Pick<PlanFolder, "folder">,
  submission: z.infer<typeof submissionSchema>,
): void {
  const path = join(planned.folder, "submissions.jsonl");
  inFileSystem(path, () => appendFileSync(path, `${JSON.stringify(submission)}\n`));
}

/** The job that each task was given to last. */
export function submittedJobs(planned: Pick<PlanFolder, "folder">): Map<number, SubmittedJob> {
  const path = join(planned.folder, "submissions.jsonl");
  if (!existsSync(path)) return new Map();
  const lines = readText(path).trimEnd().split("\n");
  return new Map(
    lines.flatMap((line) => {
      const { data } = submissionSchema.safeParse(parseJson(line));
      if (!data) return [];
      const { job, offset, tasks } = data;
      return tasks.map((task): [number, SubmittedJob] => [task, { job, index: task - offset }]);
    }),
  );
}

/** A last line that was cut short by a killed process is none. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * Writes the plan as it is submitted.
 * @throws UserError when the folder cannot be written.
 */
export function writeRecord(planned: PlanFolder): void {
  const path = recordFile(planned);
  // It is the same as long as the key is.
  if (wasSubmitted(planned)) return;
  const runs = planned.plan.map(({ name, configuration }) => ({ name, configuration: plain(configuration) }));
  writeFileAtomic(path, `${JSON.stringify({ format: 1, runs })}\n`);
}

/** Whether a plan was ever given to a scheduler. */
export function wasSubmitted(planned: PlanFolder): boolean {
  return existsSync(recordFile(planned));
}

/**
 * Checks that a plan is the one that was submitted.
 * @param file that was written by {@link writeRecord}.
 * @throws UserError naming the first difference, or that the file cannot be read.
 */
export function requireSubmitted(planned: PlanFolder, file: string): void {
  if (resolve(file) === recordFile(planned)) return;
  const { data: submitted } = recordSchema.safeParse(JSON.parse(readText(file)));
  if (!submitted) refuse(file, "this is not the record of a plan", "Submit the plan again");
  const remedy = "Submit it again with the same command, or change the files back";
  const { plan } = planned;
  if (submitted.runs.length !== plan.length) {
    const what = `the plan has changed since it was submitted: ${submitted.runs.length} runs then, ${plan.length} now`;
    refuse(file, what, remedy);
  }
  plan.forEach(({ name, configuration }, k) => {
    const before = submitted.runs[k]!;
    const [difference] = compareConfigurations(before.configuration, plain(configuration));
    if (!difference && before.name === name) return;
    const change = difference ? showDifference(difference) : `it is called "${name}" now`;
    refuse(
      file,
      `the plan has changed since it was submitted: task ${k + 1} (${before.name}): ${change}`,
      remedy,
    );
  });
}
