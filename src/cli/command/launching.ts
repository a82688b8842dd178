import type { ClusterOptions, JobDescription } from "../../cluster/engine.js";
import { mapValues } from "../../collections.js";
import type { ClusterBlock } from "../../configuration/cluster.js";
import { loadCluster } from "../../configuration/load.js";
import { refuse } from "../../errors.js";
import { choice, flag, parsed, repeated, text, type ValuesOf, whole } from "../../settings/index.js";

const ENGINES = ["local", "slurm"] as const;

const PLAN = "Runs of the plan:";
const JOBS = "Jobs of Slurm:";

/** Where a plan is trained, and which part of it; every command that trains many runs takes it. */
export const launching = {
  on: choice(ENGINES, {
    about: "where runs are trained: here, or in jobs of Slurm",
    default: "local",
    group: PLAN,
  }),
  task: whole({
    about: "train this run of the plan alone, counted from 1, whatever its state is",
    minimum: 1,
    group: PLAN,
  }),
  work: flag({
    about: "train runs that no other process trains, until none is free",
    group: PLAN,
  }),
  status: flag({ about: "show what is finished, running, queued and failed", group: PLAN }),
  cancel: flag({ about: "end what is queued or running; runs in training are saved", group: PLAN }),
  wait: flag({ about: "wait for the jobs, and show the results", group: PLAN }),
  partition: text({ about: "partition (queue) of the jobs", placeholder: "name", group: JOBS }),
  account: text({ about: "account of the jobs", placeholder: "name", group: JOBS }),
  time: text({
    about: "longest time of a job, such as 4:00:00; it saves, and is queued again",
    placeholder: "time",
    group: JOBS,
  }),
  mem: text({ about: "memory of a job, such as 4G", placeholder: "size", group: JOBS }),
  cpus: whole({ about: "processors of a job", minimum: 1, maximum: 1024, defaultText: "1", group: JOBS }),
  gpus: text({ about: "graphics cards of a job, such as 1 or a100:1", placeholder: "n", group: JOBS }),
  atOnce: whole({ about: "jobs of an array that run at the same time", minimum: 1, group: JOBS }),
  jobs: whole({
    about: "jobs of a plan: one for each run, and where there are more runs, these share them",
    minimum: 1,
    maximum: 100_000,
    defaultText: "200",
    group: JOBS,
  }),
  sbatch: repeated(parsed(parseFurther, { about: "", placeholder: "key=value" }), {
    about: "any other option of sbatch, such as constraint=gpu80 or exclusive",
    placeholder: "key=value",
    group: JOBS,
  }),
  cluster: text({
    about: "YAML file with a block cluster, which says the same as these options",
    placeholder: "file",
    group: JOBS,
  }),
  submitted: text({
    about: "record of the plan that must be the same; the jobs give it",
    placeholder: "file",
    group: JOBS,
  }),
};

export type Launching = ValuesOf<typeof launching>;

/** An option of the scheduler: its long name without dashes, and its value; an empty one for a switch. */
type Further = readonly [name: string, value: string];

function parseFurther(given: string): Further {
  const [, name, value = ""] = /^-{0,2}([a-z][a-z-]*)(?:=(.*))?$/s.exec(given) ?? [];
  if (name === undefined || /[\n\r]/.test(value)) {
    refuse(
      `--sbatch ${given}`,
      "this is no option of sbatch",
      "Give its long name, such as constraint=gpu80",
    );
  }
  return [name, value];
}

/**
 * The job that trains runs of the plan that a command line is about: the same words, and where.
 * @param block what the configuration says of jobs; the file of --cluster is over it, and options over both.
 */
export function jobOf(
  words: readonly string[],
  options: Launching,
  block: ClusterBlock = {},
): JobDescription {
  const { partition, account, time, mem, gpus, atOnce, cluster } = options;
  const { sbatch = {}, ...asked } = { ...block, ...(cluster === undefined ? {} : loadCluster(cluster)) };
  const flags = Object.entries({ partition, account, time, mem, gpus, atOnce });
  const merged: ClusterOptions = {
    ...asked,
    ...Object.fromEntries(flags.filter(([, value]) => value !== undefined)),
    cpus: options.cpus ?? asked.cpus ?? 1,
    jobs: options.jobs ?? asked.jobs ?? 200,
    further: {
      ...mapValues(sbatch, (value) => (value === true ? "" : String(value))),
      ...Object.fromEntries(options.sbatch),
    },
  };
  // Of a setting that is given twice the last value counts.
  const command = [...words, "--on", "local", "--workers", String(merged.cpus)];
  return { command, options: merged };
}

/**
 * Checks that one thing is asked of a plan.
 * @throws UserError naming the two that do not go together.
 */
export function requireOneAction({ task, work, status, cancel, on }: Launching): void {
  const asked = [
    ...(task === undefined ? [] : ["--task"]),
    ...(work ? ["--work"] : []),
    ...(status ? ["--status"] : []),
    ...(cancel ? ["--cancel"] : []),
  ];
  const [first, second] = asked;
  if (first && second) refuse(`${first} ${second}`, "these do not go together", "Give one of them");
  if (on === "slurm" && (task !== undefined || work)) {
    refuse(`--on slurm ${first}`, "the script of each job says what it trains", `Leave ${first} out`);
  }
}
