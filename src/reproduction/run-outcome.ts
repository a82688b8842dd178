import { join } from "node:path";
import type { PlanOutcome } from "../plans/execute.js";
import { readManifest } from "../runs/manifest.js";
import type { Metrics } from "../runs/metrics.js";
import { soundRunMetrics } from "../runs/newest.js";

/** How a planned run stands. */
export interface RunOutcome {
  /** Name of its run; null where it was not begun. */
  readonly run: string | null;
  readonly status: "finished" | "interrupted" | "waiting" | "failed";
  readonly reason: string | null;
}

/**
 * How a run of a plan stands, and the line of its last evaluation where it is finished.
 * @throws UserError when its metrics cannot be read.
 */
export function readOutcome(
  outcome: PlanOutcome,
  runs: string,
): { outcome: RunOutcome; line: Metrics | undefined } {
  const { run, status } = outcome;
  const done = status === "finished" || status === "reused";
  return {
    outcome: {
      run: run ?? null,
      status: status === "reused" ? "finished" : status,
      reason: status === "failed" ? outcome.reason : null,
    },
    line: done && run !== undefined ? lastValidation(join(runs, run)) : undefined,
  };
}

/** A number of a line of metrics; null where it has none of this name. */
export function numberIn(line: Metrics | undefined, name: string): number | null {
  const value = line?.[name];
  return typeof value === "number" ? value : null;
}

function lastValidation(path: string): Metrics | undefined {
  return soundRunMetrics({ path, manifest: readManifest(path) }).findLast(
    ({ split }) => split === "validation",
  );
}
