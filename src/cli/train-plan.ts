import type { DeviceName } from "../onnx/devices.js";
import { executePlan, type PlanOutcome } from "../plans/execute.js";
import type { Plan } from "../plans/plan.js";
import { EXIT_CODES } from "./exit-codes.js";
import { watchInterrupt } from "./interrupt.js";
import { printNote } from "./output.js";
import { planProgress } from "./progress/plan-progress.js";

export interface TrainPlanOptions {
  /** Folder of the runs. */
  readonly runs: string;
  readonly workers: number;
  readonly device?: DeviceName;
  /** Shows nothing, for `--json`. */
  readonly quiet: boolean;
}

/**
 * Trains what is not trained yet of a plan under one display. Ctrl-C lets the workers save and end.
 * @returns what became of each run, and whether it was interrupted.
 */
export async function trainPlan(
  plan: Plan,
  { runs, workers, device = "cpu", quiet }: TrainPlanOptions,
): Promise<{ readonly outcomes: PlanOutcome[]; readonly interrupted: boolean }> {
  const interrupt = watchInterrupt();
  const progress = planProgress({ quiet });
  const outcomes = await executePlan(plan, {
    root: runs,
    workers,
    device,
    listener: progress.listener,
    shouldStop: interrupt.requested,
  }).finally(() => {
    progress.stop();
    interrupt.release();
  });
  return { outcomes, interrupted: interrupt.requested() };
}

/** Says how far a plan came that was interrupted; returns the exit code. */
export function tellInterrupted(finished: number, planned: number): number {
  printNote(`stopped: ${finished} of ${planned} runs are finished; the same command goes on`);
  return EXIT_CODES.interrupted;
}
