import type { HeadSettings } from "../../../model/heads/index.js";
import type { PlanOutcome } from "../../../plans/execute.js";
import type { PlannedRun } from "../../../plans/plan.js";
import { numberIn, type RunOutcome, readOutcome } from "../../../reproduction/measured-once.js";
import type { Metrics } from "../../../runs/metrics.js";
import { publishedF1, publishedFrozenF1, publishedMse } from "../published.js";
import type { ModelName } from "../recipe.js";
import type { PlannedFrozen, PlannedModel } from "../runs.js";

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

/** Classifiers on the code of a model that is trained already and does not change: Fig. 6A (Baseline) and 6D. */
export interface FrozenResult extends RunOutcome {
  /** Whose code they learn from. */
  readonly model: ModelName;
  readonly capacityNats: number;
  readonly seed: number;
  readonly tasks: readonly TaskResult[];
}

/** A model of the reproduction: its last evaluation on the validation rows of its own data, and of its own classifiers. */
export interface ModelResult extends FrozenResult {
  readonly step: number | null;
  readonly squaredErrorPerPixel: number | null;
  readonly publishedSquaredErrorPerPixel: number | null;
  readonly rateNats: number | null;
  /** rate - C. */
  readonly gapNats: number | null;
}

type Outcomes = ReadonlyMap<PlannedRun, PlanOutcome>;

/**
 * What the models of a plan came to, read from the runs' folders, so that a second look gives the same; numbers stand
 * where a training is finished.
 * @throws UserError when a run's metrics cannot be read.
 */
export function modelResults(plan: readonly PlannedModel[], outcomes: Outcomes, runs: string): ModelResult[] {
  return plan.map((planned) => {
    const { model, capacityNats, seed, configuration } = planned;
    const { outcome, line } = readOutcome(outcomes.get(planned)!, runs);
    const number = (name: string) => numberIn(line, name);
    return {
      model,
      capacityNats,
      seed,
      ...outcome,
      step: number("step"),
      squaredErrorPerPixel: number("squaredErrorPerPixel"),
      publishedSquaredErrorPerPixel: publishedMse(model, capacityNats) ?? null,
      rateNats: number("rateNats"),
      gapNats: number("gapNats"),
      tasks: taskResults(configuration.model.heads, line, (task) => publishedF1(model, task, capacityNats)),
    };
  });
}

/** The same of the classifiers on frozen codes. */
export function frozenResults(
  plan: readonly PlannedFrozen[],
  outcomes: Outcomes,
  runs: string,
): FrozenResult[] {
  return plan.map((planned) => {
    const { model, capacityNats, seed, configuration } = planned;
    const { outcome, line } = readOutcome(outcomes.get(planned)!, runs);
    const published = (task: string) => publishedFrozenF1(model, task, capacityNats);
    return {
      model,
      capacityNats,
      seed,
      ...outcome,
      tasks: taskResults(configuration.model.heads, line, published),
    };
  });
}

function taskResults(
  heads: readonly HeadSettings[],
  line: Metrics | undefined,
  published: (task: string) => number | undefined,
): TaskResult[] {
  return heads.map(({ name, task }) => ({
    head: name,
    task,
    accuracy: numberIn(line, `tasks.${name}.accuracy`),
    f1: numberIn(line, `tasks.${name}.f1`),
    f1BatchMean: numberIn(line, `tasks.${name}.f1BatchMean`),
    publishedF1BatchMean: published(task) ?? null,
  }));
}
