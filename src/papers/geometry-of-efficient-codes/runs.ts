import { join } from "node:path";
import { sha256 } from "../../files/sha256.js";
import type { PlannedRun } from "../../plans/plan.js";
import { firstSeeds } from "../../reproduction/definition.js";
import { CODES_FOLDER } from "../../runs/layout.js";
import { TASKS } from "./classes.js";
import { FROZEN_SHARE, MODEL_STEP_MS } from "./costs.js";
import {
  frozenConfiguration,
  type GeometryValues,
  type ModelChoice,
  type ModelName,
  modelConfiguration,
} from "./recipe.js";

/** A training of one of the paper's models. */
export type PlannedModel = PlannedRun &
  ModelChoice & { readonly kind: "model"; readonly stepMilliseconds: number };

/** A training of classifiers on the code of one of the plan's models. */
export type PlannedFrozen = PlannedRun &
  Pick<ModelChoice, "model" | "capacityNats" | "seed"> & { readonly kind: "frozen" };

/**
 * Every chosen model at every capacity (nats) with every seed, seed by seed, the models one after the other.
 * @param recipe models, capacities, seeds and length.
 * @throws UserError as {@link modelConfiguration}.
 */
export function modelPlan({
  only,
  capacities,
  seeds,
  length,
  heads,
}: Omit<GeometryValues, "frozen">): PlannedModel[] {
  return firstSeeds(seeds).flatMap((seed) =>
    only.flatMap((model) =>
      capacities.map((capacityNats): PlannedModel => {
        const choice = { kind: "model", model, capacityNats, seed, length, heads } as const;
        const configuration = modelConfiguration(choice);
        const name = `${model}, C = ${capacityNats}, seed ${seed}`;
        const runName = `${configuration.name}-c${capacityNats}-s${seed}`;
        return { ...choice, name, configuration, runName, stepMilliseconds: MODEL_STEP_MS[length] };
      }),
    ),
  );
}

/** The models of a recipe, then the classifiers on their codes. */
export function geometryPlan(recipe: GeometryValues, runs: string): (PlannedModel | PlannedFrozen)[] {
  const models = modelPlan(recipe);
  return [...models, ...(recipe.frozen ? frozenPlan(models, runs) : [])];
}

/**
 * Trainings on the codes of those models of a plan whose code the paper's classifiers learn from, one for all
 * tasks of a code: they share nothing, so each learns as if it were alone. Codes are kept in the folder
 * `codes` of the runs' folder, under a name that changes with the configuration of the model.
 * @param runs folder of the runs.
 * @throws UserError when the configuration of the classifiers cannot be read.
 */
export function frozenPlan(models: readonly PlannedModel[], runs: string): PlannedFrozen[] {
  return models.flatMap((planned) => {
    const { model, capacityNats, seed, configuration } = planned;
    const tasks = frozenTasks(model);
    if (tasks.length === 0) return [];
    const runName = `on-${planned.runName}`;
    const hash = sha256(JSON.stringify(configuration));
    const file = join(runs, CODES_FOLDER, `${planned.runName}-${hash.slice(0, 8)}.npz`);
    return [
      {
        ...{ kind: "frozen", model, capacityNats, seed, name: `classifiers on ${planned.name}`, runName },
        configuration: frozenConfiguration(planned, configuration, { name: runName, tasks, file }),
        codes: { of: planned, file },
        stepMilliseconds: FROZEN_SHARE * planned.stepMilliseconds,
      },
    ];
  });
}

/**
 * The tasks that are learnt from a model's frozen code: all four from the Baseline's (Fig. 6A), the three others from that
 * of a model of one task (Fig. 6D), none from the rest.
 */
function frozenTasks(model: ModelName): string[] {
  const tasks = Object.keys(TASKS);
  if (model === "Baseline") return tasks;
  return tasks.includes(model) ? tasks.filter((task) => task !== model) : [];
}
