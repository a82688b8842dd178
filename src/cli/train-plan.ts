import { executePlan, type PlanOutcome } from "../plans/execute.js";
import type { Plan } from "../plans/plan.js";
import { EXIT_CODES } from "./exit-codes.js";
import { printNote } from "./output.js";
import { planProgress } from "./progress/plan-progress.js";
import { beginTraining, type Training } from "./training-session.js";

export interface TrainPlanOptions extends Pick<Training, "runs">, Partial<Pick<Training, "device">> {
  readonly workers: number;
  /** Shows nothing, for `--json`. */
  readonly quiet: boolean;
}

/**
 * Trains what is not trained yet of a plan under one display. Ctrl-C lets the workers save and end.
 * @returns what became of each run, and whether it was interrupted.
 */
export async function trainPlan(
  plan: Plan,
  options: TrainPlanOptions,
): Promise<{ readonly outcomes: PlanOutcome[]; readonly interrupted: boolean }> {
  const { runs, workers, device = "cpu", quiet } = options;
  const session = beginTraining(options);
  const progress = planProgress({ quiet });
  const outcomes = await executePlan(plan, {
    root: runs,
    workers,
    device,
    listener: progress.listener,
    shouldStop: session.shouldStop,
  }).finally(() => {
    progress.stop();
    session.end();
  });
  return { outcomes, interrupted: session.shouldStop() };
}

/** Says how far a plan came that was interrupted; returns the exit code. */
export function reportInterrupted(finished: number, planned: number): number {
  printNote(`stopped: ${finished} of ${planned} runs are finished; run the same command again to continue`);
  return EXIT_CODES.interrupted;
}
