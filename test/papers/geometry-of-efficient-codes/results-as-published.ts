import { TASKS } from "../../../src/papers/geometry-of-efficient-codes/classes.js";
import type {
  FrozenResult,
  ModelResult,
  TaskResult,
} from "../../../src/papers/geometry-of-efficient-codes/measures/results.js";
import {
  publishedF1,
  publishedFrozenF1,
  publishedMse,
} from "../../../src/papers/geometry-of-efficient-codes/published.js";
import {
  CAPACITIES_NATS,
  MODEL_NAMES,
  type ModelName,
} from "../../../src/papers/geometry-of-efficient-codes/recipe.js";

/** What to make of a published number, to construct results in which a statement fails; the number itself by default. */
export interface Changes {
  readonly mse?: (published: number, model: ModelName, capacityNats: number) => number;
  readonly joint?: (published: number, model: ModelName, task: string, capacityNats: number) => number;
  readonly frozen?: (published: number, model: ModelName, task: string, capacityNats: number) => number;
}

/** Results of a reproduction that came out exactly as published, but for the changes. */
export function resultsAsPublished(
  changes: Changes = {},
  seed = 0,
): { models: ModelResult[]; frozen: FrozenResult[] } {
  const { mse = (x) => x, joint = (x) => x, frozen = (x) => x } = changes;
  const outcome = { status: "finished", reason: null } as const;
  const points = MODEL_NAMES.flatMap((model) =>
    CAPACITIES_NATS.map((capacityNats) => ({ model, capacityNats })),
  );
  return {
    models: points.map(({ model, capacityNats }) => ({
      ...{ model, capacityNats, seed, run: `${model}-${capacityNats}-${seed}`, ...outcome, step: 1 },
      squaredErrorPerPixel: mse(publishedMse(model, capacityNats)!, model, capacityNats),
      publishedSquaredErrorPerPixel: publishedMse(model, capacityNats)!,
      rateNats: capacityNats + 0.01,
      gapNats: 0.01,
      tasks: tasksOf(
        (task) => publishedF1(model, task, capacityNats),
        (f1, task) => joint(f1, model, task, capacityNats),
      ),
    })),
    frozen: points
      .map(({ model, capacityNats }) => ({
        ...{ model, capacityNats, seed, run: `on-${model}-${capacityNats}-${seed}`, ...outcome },
        tasks: tasksOf(
          (task) => publishedFrozenF1(model, task, capacityNats),
          (f1, task) => frozen(f1, model, task, capacityNats),
        ),
      }))
      .filter(({ tasks }) => tasks.length > 0),
  };
}

function tasksOf(
  published: (task: string) => number | undefined,
  change: (f1: number, task: string) => number,
): TaskResult[] {
  return Object.keys(TASKS).flatMap((task) => {
    const f1 = published(task);
    if (f1 === undefined) return [];
    const found = change(f1, task);
    return {
      head: task,
      task,
      accuracy: 0.9,
      f1: found + 0.01,
      f1BatchMean: found,
      publishedF1BatchMean: f1,
    };
  });
}
