import type { PlanEntry } from "../../plans/execute.js";
import { type PlannedRun, stepsCost } from "../../plans/plan.js";

/** What else the time left of a plan depends on. */
export interface PlanWork {
  /** Processes that train at the same time. */
  readonly workers: number;
  /** What follows the training, in seconds on the machine that the costs of steps were measured on. */
  readonly secondsAfter?: number;
}

/**
 * Weight of the time that steps took on the machine on which they were measured, in milliseconds of this one, whose first
 * seconds, in which processes start and read data, say little of a step.
 */
const BELIEVED_MS = 5000;

/**
 * Counts the steps of a whole plan, and tells how long the others will take, each step at its cost: where costs are known as
 * times, at first by these, and more and more by what the steps made since the beginning took.
 */
export class PlanClock {
  readonly #done = new Map<PlannedRun, number>();
  readonly #totals = new Map<PlannedRun, number>();
  readonly #begun: number;
  readonly #atBegin: number;
  readonly #costAtBegin: number;
  readonly #work: PlanWork;
  readonly #isTimed: boolean;

  /** @param now milliseconds of a clock that never goes back. */
  constructor(entries: readonly PlanEntry[], now: number, work: PlanWork = { workers: 1 }) {
    for (const { planned, finished, step, totalSteps } of entries) {
      this.#totals.set(planned, totalSteps ?? step);
      // A finished run counts whole, whatever is left of its checkpoints.
      this.#done.set(planned, finished ? (totalSteps ?? step) : step);
    }
    this.#begun = now;
    this.#atBegin = this.done;
    this.#costAtBegin = cost(this.#done);
    this.#work = work;
    this.#isTimed = entries.every(({ planned }) => planned.stepMilliseconds !== undefined);
  }

  /** Progress of a run, in steps, and its number of steps. */
  at(planned: PlannedRun, step: number, totalSteps: number): void {
    this.#done.set(planned, step);
    this.#totals.set(planned, totalSteps);
  }

  /** A run will go no further: what it has not made is not waited for. */
  abandon(planned: PlannedRun): void {
    this.#totals.set(planned, this.#done.get(planned) ?? 0);
  }

  get done(): number {
    return sum(this.#done);
  }

  get total(): number {
    return sum(this.#totals);
  }

  /** Steps a second since the beginning, all workers together; 0 before the first. */
  stepsPerSecond(now: number): number {
    return now > this.#begun ? ((this.done - this.#atBegin) / (now - this.#begun)) * 1000 : 0;
  }

  /**
   * Seconds to the end, with what follows the training; undefined before the first step, where the time of a step is known from
   * nothing else.
   */
  secondsLeft(now: number): number | undefined {
    const { workers, secondsAfter = 0 } = this.#work;
    const made = cost(this.#done) - this.#costAtBegin;
    const left = cost(this.#totals) - cost(this.#done);
    const elapsed = now - this.#begun;
    if (!this.#isTimed) return made > 0 && elapsed > 0 ? ((left / made) * elapsed) / 1000 : undefined;
    // How many times longer this machine takes than that of the costs, as it is loaded now.
    const slower = (elapsed * workers + BELIEVED_MS) / (made + BELIEVED_MS);
    return slower * (left / workers / 1000 + secondsAfter);
  }
}

function cost(counts: ReadonlyMap<PlannedRun, number>): number {
  let total = 0;
  for (const [run, count] of counts) total += stepsCost(run, count);
  return total;
}

function sum(counts: ReadonlyMap<PlannedRun, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}
