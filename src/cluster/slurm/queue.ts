import { UserError } from "../../errors.js";
import type { QueuedJob } from "../engine.js";
import { type PlanFolder, submittedJobs } from "../plan-folder.js";
import { slurm } from "./commands.js";
import { SHARED } from "./script.js";

/** What Slurm calls the jobs of a plan. */
export function jobName({ key }: Pick<PlanFolder, "key">): string {
  return `narrows-${key}`;
}

/** What the comment of an array says of its indices: the number to add to each, or that its jobs share the runs. */
export function arrayComment(argument: string): string {
  return `narrows ${argument}`;
}

/** Job, index in the array, state, why it waits, where it runs, comment; the last two may be empty. */
const FORMAT = "%i|%K|%T|%r|%N|%k";

/** States in which a job has the processors. */
const RUNNING = new Set(["RUNNING", "COMPLETING", "CONFIGURING", "STAGE_OUT", "SUSPENDED", "STOPPED"]);

/**
 * The jobs of a plan that Slurm has not ended.
 * @throws UserError where there is no Slurm.
 */
export async function queuedJobs(planned: PlanFolder): Promise<QueuedJob[]> {
  const words = ["--noheader", "--array", `--name=${jobName(planned)}`, `--format=${FORMAT}`];
  return parseQueue(await slurm("squeue", words));
}

/** Takes apart what squeue prints of a plan's jobs. */
function parseQueue(text: string): QueuedJob[] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [id = "", index, state = "", reason = "", node = "", comment = ""] = line.split("|");
      const argument = comment.trim().split(" ").at(-1);
      const isRunning = RUNNING.has(state);
      return {
        id,
        state: isRunning ? "running" : "queued",
        detail: isRunning ? node : reason === "None" ? state : reason,
        task: argument === SHARED ? undefined : Number(index) + Number(argument),
      };
    });
}

/** States of jobs that ended as they should, or have not ended. */
const GOOD = new Set(["COMPLETED", "PENDING", "RUNNING", "REQUEUED", "SUSPENDED", "RESIZING"]);

/** How the last jobs of tasks ended that did not end well; empty on a cluster without accounting. */
export async function endedBadly(planned: PlanFolder): Promise<Map<number, string>> {
  const jobs = submittedJobs(planned);
  const arrays = new Set([...jobs.values()].flatMap(({ job }) => job ?? []));
  if (arrays.size === 0) return new Map();
  const states = await accountedStates([...arrays]);
  return new Map(
    [...jobs].flatMap(([task, { job, index }]): [number, string][] => {
      const id = `${job}_${index}`;
      const state = states.get(id);
      return state === undefined || GOOD.has(state) ? [] : [[task, `job ${id}: ${state}`]];
    }),
  );
}

/** By job, the state that accounting has of it: `TIMEOUT`, `OUT_OF_MEMORY`, `NODE_FAIL`, ... */
async function accountedStates(jobs: readonly string[]): Promise<Map<string, string>> {
  const words = ["--noheader", "--parsable2", "--allocations", "--format=JobID,State"];
  try {
    const text = await slurm("sacct", [...words, `--jobs=${jobs.join(",")}`]);
    // Who has cancelled it may follow.
    return new Map(
      text.split("\n").map((line) => [line.split("|")[0]!, line.split("|")[1]?.split(" ")[0] ?? ""]),
    );
  } catch (error) {
    // Many clusters keep no accounts, and the folders say most of what they would.
    if (error instanceof UserError) return new Map();
    throw error;
  }
}
