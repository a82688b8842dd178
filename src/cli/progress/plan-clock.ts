import type { PlanEntry } from "../../plans/execute.js";
import type { PlannedRun } from "../../plans/plan.js";

/**
 * Counts the steps of a whole plan, and tells from those made since it began how long the others will take, each step
 * at its cost.
 */
export class PlanClock {
  readonly #done = new Map<PlannedRun, number>();
  readonly #totals = new Map<PlannedRun, number>();
  readonly #begun: number;
  readonly #atBegin: number;
  readonly #costAtBegin: number;

  /** @param now milliseconds of a clock that never goes back. */
  constructor(entries: readonly PlanEntry[], now: number) {
    for (const { planned, finished, step, totalSteps } of entries) {
      this.#totals.set(planned, totalSteps ?? step);
      // A finished run counts whole, whatever is left of its checkpoints.
      this.#done.set(planned, finished ? (totalSteps ?? step) : step);
    }
    this.#begun = now;
    this.#atBegin = this.done;
    this.#costAtBegin = cost(this.#done);
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

  /** Seconds to the end at this speed; undefined before the first step. */
  secondsLeft(now: number): number | undefined {
    const made = cost(this.#done) - this.#costAtBegin;
    const left = cost(this.#totals) - cost(this.#done);
    return made > 0 && now > this.#begun ? (left / made) * ((now - this.#begun) / 1000) : undefined;
  }
}

function cost(counts: ReadonlyMap<PlannedRun, number>): number {
  let total = 0;
  for (const [{ stepCost = 1 }, count] of counts) total += count * stepCost;
  return total;
}

function sum(counts: ReadonlyMap<PlannedRun, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}
