import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadConfiguration } from "../../configuration/load.js";
import type { Configuration } from "../../configuration/schema.js";
import type { PlanOutcome } from "../../plans/execute.js";
import type { PlannedRun } from "../../plans/plan.js";
import { type RunOutcome, readOutcome } from "../../reproduction/run-outcome.js";
import { CODES_FOLDER } from "../../runs/layout.js";
import { type ModelChoice, type ModelName, type PlannedModel, QUICK_SHARE } from "./models.js";
import { publishedFrozenF1 } from "./published.js";
import { type TaskResult, taskResults } from "./results.js";
import { TASKS } from "./tasks.js";

/** Classifiers on the code of a model that is trained already and does not change: Fig. 6A (Baseline) and 6D. */
export interface FrozenResult extends RunOutcome {
  /** Whose code they learn from. */
  readonly model: ModelName;
  readonly capacityNats: number;
  readonly seed: number;
  readonly tasks: readonly TaskResult[];
}

/** A training of classifiers on the code of one of the plan's models. */
export type PlannedFrozen = PlannedRun & Pick<ModelChoice, "model" | "capacityNats" | "seed">;

/**
 * The tasks that are learnt from a model's frozen code: all four from the Baseline's (Fig. 6A), the three others from that
 * of a model of one task (Fig. 6D), none from the rest.
 */
function frozenTasks(model: ModelName): string[] {
  const tasks = Object.keys(TASKS);
  if (model === "Baseline") return tasks;
  return tasks.includes(model) ? tasks.filter((task) => task !== model) : [];
}

/** Time of a step of four classifiers against one of an autoencoder, as measured (docs/reproduction-geometry.md). */
const STEP_COST = 0.2;

/**
 * Trainings on the codes of those models of a plan whose code the paper's classifiers learn from, one for all tasks of a
 * code: they share nothing, so each learns as if it were alone. Codes are kept in the folder `codes` of the runs' folder, under
 * a name that changes with the configuration of the model.
 */
export function frozenPlan(models: readonly PlannedModel[], runs: string): PlannedFrozen[] {
  return models.flatMap((planned) => {
    const { model, capacityNats, seed } = planned;
    const tasks = frozenTasks(model);
    if (tasks.length === 0) return [];
    const version = createHash("sha256")
      .update(JSON.stringify(planned.configuration))
      .digest("hex")
      .slice(0, 8);
    const file = join(runs, CODES_FOLDER, `${planned.runName}-${version}.npz`);
    return [
      {
        model,
        capacityNats,
        seed,
        name: `classifiers on ${planned.name}`,
        runName: `on-${planned.runName}`,
        configuration: frozenConfiguration(planned, tasks, file),
        codes: { of: planned, file },
        stepCost: STEP_COST,
      },
    ];
  });
}

const QUICK_EPOCHS = 2;

/** As frozen-codes.yaml says, for these tasks and this file, in the batches of the model whose code it is. */
function frozenConfiguration(
  { runName, seed, preset, heads, configuration }: PlannedModel,
  tasks: readonly string[],
  file: string,
): Configuration {
  const path = fileURLToPath(
    new URL("../../../configs/geometry-of-efficient-codes/frozen-codes.yaml", import.meta.url),
  );
  const own = loadConfiguration(path).configuration;
  const chosen = own.model.heads
    .filter(({ task }) => tasks.includes(task))
    .map((head) => (heads === "published" ? { ...head, loss: "double-softmax" } : head));
  const share = preset === "quick" ? QUICK_SHARE : 1;
  const rows = (from: number, to: number) => [from / share, to / share];
  const { batchSize, evaluateEverySteps } = configuration.training;
  return loadConfiguration(path, [
    `name=on-${runName}`,
    `seed=${seed}`,
    `data.codes.file=${JSON.stringify(file)}`,
    `model.heads=${JSON.stringify(chosen)}`,
    `split=${JSON.stringify({ train: rows(0, 170_000), validation: rows(170_000, 185_000) })}`,
    `training.batchSize=${batchSize}`,
    ...(evaluateEverySteps === undefined ? [] : [`training.evaluateEverySteps=${evaluateEverySteps}`]),
    ...(preset === "quick" ? [`training.epochs=${QUICK_EPOCHS}`] : []),
  ]).configuration;
}

/** What became of the classifiers on frozen codes, with the published values where there are some. */
export function frozenResults(
  plan: readonly PlannedFrozen[],
  outcomes: ReadonlyMap<PlannedRun, PlanOutcome>,
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
