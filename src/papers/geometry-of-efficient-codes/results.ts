import { join } from "node:path";
import type { PlanOutcome } from "../../plans/execute.js";
import { runLayout } from "../../runs/layout.js";
import { type Metrics, readMetrics } from "../../runs/metrics.js";
import type { modelPlan } from "./models.js";
import { publishedF1, publishedMse } from "./published.js";

/** How well a classifier answers on the validation rows, and the published value where there is one. */
export interface TaskResult {
  readonly head: string;
  readonly task: string;
  readonly accuracy: number | null;
  /** Over all samples (rule C2). */
  readonly f1: number | null;
  /** Mean over batches of 32 (rule C3), as the published value is. */
  readonly f1BatchMean: number | null;
  readonly publishedF1BatchMean: number | null;
}

/** A model of the reproduction: its last evaluation on the validation rows of its own data. */
export interface ModelResult {
  readonly model: string;
  readonly capacityNats: number;
  readonly seed: number;
  /** Name of its run; null where it was not begun. */
  readonly run: string | null;
  readonly status: "finished" | "interrupted" | "waiting" | "failed";
  readonly reason: string | null;
  readonly step: number | null;
  readonly squaredErrorPerPixel: number | null;
  readonly publishedSquaredErrorPerPixel: number | null;
  readonly rateNats: number | null;
  /** rate - C. */
  readonly gapNats: number | null;
  readonly tasks: readonly TaskResult[];
}

/**
 * What a plan of models came to, read from the runs' folders, so that a second look gives the same; numbers stand where
 * a training is finished.
 * @throws UserError when a run's metrics cannot be read.
 */
export function modelResults(
  plan: ReturnType<typeof modelPlan>,
  outcomes: readonly PlanOutcome[],
  runs: string,
): ModelResult[] {
  return plan.map(({ model, capacityNats, seed, configuration }, k) => {
    const outcome = outcomes[k]!;
    const done = outcome.status === "finished" || outcome.status === "reused";
    const line = done && outcome.run !== undefined ? lastValidation(join(runs, outcome.run)) : undefined;
    const number = (name: string) => {
      const value = line?.[name];
      return typeof value === "number" ? value : null;
    };
    return {
      model,
      capacityNats,
      seed,
      run: outcome.run ?? null,
      status: outcome.status === "reused" ? "finished" : outcome.status,
      reason: outcome.status === "failed" ? outcome.reason : null,
      step: number("step"),
      squaredErrorPerPixel: number("squaredErrorPerPixel"),
      publishedSquaredErrorPerPixel: publishedMse(model, capacityNats) ?? null,
      rateNats: number("rateNats"),
      gapNats: number("gapNats"),
      tasks: configuration.model.heads.map(({ name, task }) => ({
        head: name,
        task,
        accuracy: number(`tasks.${name}.accuracy`),
        f1: number(`tasks.${name}.f1`),
        f1BatchMean: number(`tasks.${name}.f1BatchMean`),
        publishedF1BatchMean: publishedF1(model, task, capacityNats) ?? null,
      })),
    };
  });
}

function lastValidation(path: string): Metrics | undefined {
  return readMetrics(runLayout(path).metrics).lines.findLast(({ split }) => split === "validation");
}
