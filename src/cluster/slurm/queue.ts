import type { QueuedJob } from "../engine.js";
import type { PlanFolder } from "../plan-folder.js";
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
