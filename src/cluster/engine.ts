import type { ClusterBlock } from "../configuration/cluster.js";
import type { PlanOutcome } from "../plans/execute.js";
import type { PlanFolder } from "./plan-folder.js";

/** What a scheduler knows of a job that has not ended. */
export interface QueuedJob {
  /** The scheduler's own name of it. */
  readonly id: string;
  readonly state: "queued" | "running";
  /** The scheduler's own word for its state, and why it waits or where it runs. */
  readonly detail: string;
  /** The task of the plan that it trains; undefined for a worker that takes runs as they are free. */
  readonly task: number | undefined;
}

/** What became of the runs of a plan when nothing more is trained. */
export interface Trained {
  readonly outcomes: readonly PlanOutcome[];
  readonly finished: number;
  /** Whether Ctrl-C has ended it before all runs were finished. */
  readonly interrupted: boolean;
}

/** What came of a submission: jobs that others train, in lines for people, or everything that is to be trained at once. */
export type Submission = { readonly said: readonly string[] } | { readonly trained: Trained };

/** Where the runs of a plan are trained, as the one door that sweeps and reproductions know: another scheduler is one file. */
export interface Engine {
  /**
   * Has everything trained that is neither finished nor queued.
   * @throws UserError where there is no such scheduler, or it refuses, in its own words.
   */
  submit(planned: PlanFolder, job: JobDescription): Promise<Submission>;
  /** The jobs of a plan that have not ended. */
  queue(planned: PlanFolder): Promise<readonly QueuedJob[]>;
  /** By task, how the last jobs ended that did not end well, in the scheduler's own words; empty where it does not remember. */
  ended(planned: PlanFolder): Promise<ReadonlyMap<number, string>>;
  /**
   * Ends the jobs of a plan; runs in training are saved.
   * @returns what was done, a line each, for people.
   */
  cancel(planned: PlanFolder): Promise<readonly string[]>;
}

/** What a job is to do, and with what. */
export interface JobDescription {
  /** Words of the command line that trains one run or shares the work, without the words that say which. */
  readonly command: readonly string[];
  readonly options: ClusterOptions;
}

/** What a job asks a scheduler for. */
export interface ClusterOptions extends Omit<ClusterBlock, "sbatch"> {
  readonly cpus: number;
  /** Jobs of one plan; more runs than that are shared among them. */
  readonly jobs: number;
  /** Any other option of the scheduler, by its long name without dashes; an empty value for a switch. */
  readonly further: Readonly<Record<string, string>>;
}
