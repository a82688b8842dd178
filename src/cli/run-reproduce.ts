import { frozenResults, modelResults } from "../papers/geometry-of-efficient-codes/measures/results.js";
import { frozenPlan, modelPlan } from "../papers/geometry-of-efficient-codes/runs.js";
import { workersOf } from "./lists.js";
import { reproducePaper } from "./reproduce-paper.js";
import { chosenModels, type ReproductionOptions } from "./reproduction-options.js";
import { resultLines } from "./reproduction-tables.js";
import { writeReproduction } from "./write-reproduction.js";

/**
 * Trains the models of the paper and the classifiers on their codes that are not trained yet, tells how they compare, and
 * writes the report; returns the exit code. Where nothing has changed since the report was written, nothing is done.
 * @throws UserError for a model, capacity or number that there is not, before anything is trained.
 */
export async function reproduceGeometry(options: ReproductionOptions): Promise<number> {
  const { preset, heads, runs, out, dryRun, json = false } = options;
  const workers = workersOf(options.workers);
  const models = modelPlan(chosenModels(options));
  const frozen = options.frozen ? frozenPlan(models, runs) : [];
  return reproducePaper(
    {
      plan: [...models, ...frozen],
      what: "model",
      resultsOf: (outcomes) => ({
        models: modelResults(models, outcomes, runs),
        frozen: frozenResults(frozen, outcomes, runs),
      }),
      write: (results) =>
        writeReproduction(
          { preset, heads, ...results },
          { runs, out, quiet: json, command: commandOf(options) },
        ),
      linesOf: resultLines,
    },
    { runs, out, workers, dryRun, json },
  );
}

/** What is to be typed to make the report again. */
function commandOf({ preset, only, capacities, seeds, heads, frozen }: ReproductionOptions): string {
  return [
    `narrows reproduce geometry --preset ${preset} --heads ${heads} --seeds ${seeds}`,
    ...(only === undefined ? [] : [`--only ${only}`]),
    ...(capacities === undefined ? [] : [`--capacities ${capacities}`]),
    ...(frozen ? [] : ["--no-frozen"]),
  ].join(" ");
}
