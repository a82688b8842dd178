import { resolve } from "node:path";
import { commandLine, shellWord } from "../../shell-words.js";
import type { JobDescription } from "../engine.js";
import { logFolder, type PlanFolder, recordFile } from "../plan-folder.js";

/** Time between Slurm's warning and the end of a job, in seconds: enough to end a step and write a checkpoint. */
const SAVING_SECONDS = 120;

/** The argument of a script whose job takes runs as they are free. */
export const SHARED = "shared";

/** What a job asks Slurm for, as lines of its script. */
function directives(planned: PlanFolder, { options }: JobDescription): string[] {
  const { partition, account, time, mem, cpus, gpus, further } = options;
  const asked: Readonly<Record<string, string | number | undefined>> = {
    partition,
    account,
    time,
    mem,
    gpus,
    "cpus-per-task": cpus,
    // What the shell and Slurm say; the words of Narrows go into a file for each run.
    output: resolve(logFolder(planned), "slurm-%A_%a.log"),
    "open-mode": "append",
    // Only the shell gets it, early enough to save before the time is over.
    signal: `B:USR1@${SAVING_SECONDS}`,
    ...further,
  };
  const flags = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined ? [] : [`#SBATCH --${name}${value === "" ? "" : `=${value}`}`],
  );
  return ["#SBATCH --requeue", ...flags];
}

/**
 * The script of all jobs of a plan. Its argument is the number to add to the index in the array, which makes the task, or
 * {@link SHARED}.
 * @param program Node and the file that it runs.
 * @param cwd where the command was given, which its paths are relative to.
 */
export function jobScript(
  planned: PlanFolder,
  job: JobDescription,
  { program, cwd }: { readonly program: readonly string[]; readonly cwd: string },
): string {
  const record = shellWord(recordFile(planned));
  return `${[
    "#!/bin/bash",
    ...directives(planned, job),
    "",
    "# Made by Narrows, and written again by each submission. A job trains a run of the plan, from where it is, or takes runs as they are",
    "# free. It is asked to save before its time is over, and comes back into the queue then.",
    `if [ "$1" = ${SHARED} ]; then`,
    '  what=(--work); log="worker-$SLURM_ARRAY_TASK_ID.log"',
    "else",
    '  task=$((SLURM_ARRAY_TASK_ID + $1)); what=(--task "$task"); log="task-$task.log"',
    "fi",
    `[ -e ${record} ] || { echo "this node does not see the folder of runs: ${planned.folder.replaceAll(/["$\\`]/g, "?")}"; exit 2; }`,
    `cd ${shellWord(cwd)} || exit 2`,
    `exec >> ${shellWord(logFolder(planned))}/"$log" 2>&1`,
    'echo "job $SLURM_JOB_ID on $SLURMD_NODENAME"',
    `${commandLine([...program, ...job.command])} --submitted ${record} "\${what[@]}" &`,
    "child=$!",
    "again=0",
    "trap 'again=1; kill -TERM $child' USR1",
    "trap 'kill -TERM $child' TERM",
    "# A signal ends the waiting, not the child.",
    "while wait $child; code=$?; kill -0 $child 2>/dev/null; do :; done",
    '[ $again = 1 ] && [ $code = 130 ] && scontrol requeue "$SLURM_ARRAY_JOB_ID"_"$SLURM_ARRAY_TASK_ID"',
    "exit $code",
  ].join("\n")}\n`;
}
