import type { ClusterBlock } from "../configuration/cluster.js";
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

/** Where the runs of a plan are trained, as the one door that sweeps and reproductions know: another scheduler is one file. */
export interface Engine {
  /**
   * Has everything trained that is neither finished nor queued, and returns at once.
   * @returns what was done, a line each, for people.
   * @throws UserError where there is no such scheduler, or it refuses, in its own words.
   */
  submit(planned: PlanFolder, job: JobDescription): Promise<readonly string[]>;
  /** The jobs of a plan that have not ended. */
  queue(planned: PlanFolder): Promise<readonly QueuedJob[]>;
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
