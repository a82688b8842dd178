import { formatDuration } from "../format.js";
import { openDisplay } from "./display.js";

/** Progress of work that comes in batches, in phases one after the other, each with the time it has left. */
export interface BatchProgress {
  update(phase: string, done: number, total: number): void;
  stop(): void;
}

/** Opens the display of work in batches. To be stopped however the work ends. */
export function batchProgress(quiet = false): BatchProgress {
  const display = openDisplay({ quiet });
  let current = "";
  let begun = 0;
  return {
    update(phase, done, total) {
      if (phase !== current) [current, begun] = [phase, performance.now()];
      const seconds = ((performance.now() - begun) / 1000 / done) * (total - done);
      const left = done > 0 ? [`${formatDuration(seconds)} left`] : [];
      display.show("batches", {
        label: phase,
        done,
        total,
        words: left,
        line: `${phase}: ${[`${done} of ${total}`, ...left].join(", ")}`,
      });
    },
    stop: display.stop,
  };
}
