import type { HeadSettings } from "../../../model/heads/index.js";
import { type Measuring, numberIn, type RunOutcome } from "../../../reproduction/measured-once.js";
import type { Metrics } from "../../../runs/metrics.js";
import { publishedF1, publishedFrozenF1, publishedMse } from "../published.js";
import type { ModelName } from "../recipe.js";
import type { PlannedFrozen, PlannedModel } from "../runs.js";

/** How well a classifier answers on the validation rows, and the published value where there is one. */
export interface TaskResult {
  readonly head: string;
  readonly task: string;
  /** Share of right answers (rule C1). */
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
  /** Steps made. */
  readonly step: number | null;
  readonly squaredErrorPerPixel: number | null;
  readonly publishedSquaredErrorPerPixel: number | null;
  readonly rateNats: number | null;
  /** rate - C. */
  readonly gapNats: number | null;
}

/**
 * What the runs of a plan came to, as their folders say, so that a second look gives the same; numbers stand where a training
 * is finished.
 * @throws UserError when a run's metrics cannot be read.
 */
export function geometryResults(
  plan: readonly (PlannedModel | PlannedFrozen)[],
  measuring: Pick<Measuring, "outcomeOf" | "lastLine">,
): { models: ModelResult[]; frozen: FrozenResult[] } {
  const models: ModelResult[] = [];
  const frozen: FrozenResult[] = [];
  for (const planned of plan) {
    const { model, capacityNats, seed, configuration } = planned;
    const line = measuring.lastLine(planned);
    const number = (name: string) => numberIn(line, name);
    const of = { model, capacityNats, seed, ...measuring.outcomeOf(planned) };
    const { heads } = configuration.model;
    if (planned.kind === "frozen") {
      const tasks = taskResults(heads, line, (task) => publishedFrozenF1(model, task, capacityNats));
      frozen.push({ ...of, tasks });
      continue;
    }
    models.push({
      ...of,
      step: number("step"),
      squaredErrorPerPixel: number("squaredErrorPerPixel"),
      publishedSquaredErrorPerPixel: publishedMse(model, capacityNats) ?? null,
      rateNats: number("rateNats"),
      gapNats: number("gapNats"),
      tasks: taskResults(heads, line, (task) => publishedF1(model, task, capacityNats)),
    });
  }
  return { models, frozen };
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
