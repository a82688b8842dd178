import { formatDuration } from "../format.js";
import { openDisplay } from "./display.js";

/** Progress of work that comes in batches, in phases one after the other, each with the time it has left. */
export interface BatchProgress {
  update(phase: string, done: number, total: number): void;
  stop(): void;
}

/** A batch that takes no longer was done before, and is only read: it says nothing of those that are left. */
const READ_MS = 20;

/** Opens the display of work in batches. To be stopped however the work ends. */
export function batchProgress(quiet = false): BatchProgress {
  const display = openDisplay({ quiet });
  let phase = new Phase("", 0);
  return {
    update(name, done, total) {
      const now = performance.now();
      if (name !== phase.name) phase = new Phase(name, now);
      phase.at(done, now);
      const seconds = phase.secondsLeft(total);
      const left = seconds === undefined ? [] : [`${formatDuration(seconds)} left`];
      display.show("batches", {
        label: name,
        done,
        total,
        words: left,
        line: `${name}: ${[`${done} of ${total}`, ...left].join(", ")}`,
      });
    },
    stop: display.stop,
  };
}

/** Work of one kind: how long its batches took. */
class Phase {
  readonly name: string;
  #last: number;
  readonly #begun: number;
  #done = 0;
  #worked = 0;
  #workedMs = 0;

  constructor(name: string, now: number) {
    this.name = name;
    this.#begun = now;
    this.#last = now;
  }

  /** This number of batches is done. */
  at(done: number, now: number): void {
    const [batches, took] = [done - this.#done, now - this.#last];
    [this.#done, this.#last] = [done, now];
    if (took <= READ_MS * batches) return;
    this.#worked += batches;
    this.#workedMs += took;
  }

  /** Seconds for the others, each as long as those that took long, or where none did as all; undefined before the first. */
  secondsLeft(total: number): number | undefined {
    if (this.#done === 0) return undefined;
    const each = this.#worked > 0 ? this.#workedMs / this.#worked : (this.#last - this.#begun) / this.#done;
    return (each * Math.max(0, total - this.#done)) / 1000;
  }
}
