import { join } from "node:path";
import { once } from "../once.js";
import { nodeDevice } from "../onnx/node.js";
import { judgeClaims } from "../papers/intrinsic-dimension/claims.js";
import { DATA_TITLES } from "../papers/intrinsic-dimension/data-sets.js";
import { LAYERS } from "../papers/intrinsic-dimension/layers.js";
import { measurePlan } from "../papers/intrinsic-dimension/measured.js";
import { dimensionPlan } from "../papers/intrinsic-dimension/models.js";
import {
  dimensionNumbers,
  dimensionReport,
  inputsOf,
  notedFigures,
} from "../papers/intrinsic-dimension/reproduction.js";
import type { DimensionResults } from "../papers/intrinsic-dimension/results.js";
import { lastEpochs } from "../papers/intrinsic-dimension/tables.js";
import { overSeeds, present } from "../reproduction/tables/cells.js";
import { checkSweep } from "../sweeps/plan.js";
import { versions } from "../training/about-run.js";
import { chosenDimension, commandOf, type DimensionOptions } from "./dimension-options.js";
import { whileMeasuring } from "./image-reproduction.js";
import { workersOf } from "./lists.js";
import { reproducePaper } from "./reproduce-paper.js";
import { left, right, tableLines } from "./table.js";
import { writeOnce } from "./written-reproduction.js";

/**
 * Trains the networks of the paper that are not trained yet, measures them layer by layer, and writes the report; returns the exit code. Where
 * nothing has changed since the report was written, nothing is done.
 * @throws UserError for a name or number that there is not, and for data that are missing, before anything is trained.
 */
export async function reproduceDimension(options: DimensionOptions): Promise<number> {
  const { runs, out, device: deviceName, dryRun, json = false } = options;
  const workers = workersOf(options.workers);
  const choice = chosenDimension(options);
  const plan = dimensionPlan(choice);
  const version = versions().narrows;
  const device = once(() => nodeDevice(deviceName));
  return reproducePaper(
    {
      plan: [...plan.features, ...plan.networks],
      what: "network",
      check(entries) {
        const unfinished = entries.filter(({ finished }) => !finished).map(({ planned }) => planned);
        // Neither another K nor another seed could fail where one does not.
        const alike = new Map(
          unfinished.map((run) => [
            JSON.stringify(run.configuration.data) + run.configuration.model.type,
            run,
          ]),
        );
        checkSweep([...alike.values()]);
      },
      resultsOf: (outcomes) =>
        whileMeasuring(json, (onMeasured) =>
          measurePlan(choice.recipe.preset, plan, outcomes, {
            runs,
            measured: join(out, "measured"),
            device,
            version,
            onMeasured,
          }),
        ),
      write: (results) =>
        writeOnce({ out, inputs: inputsOf(choice, results, version), quiet: json }, async (tell) => {
          tell("drawing the figures", 0, 1);
          const figures = notedFigures(choice, results);
          const claims = judgeClaims(results);
          const report = dimensionReport(
            choice,
            { results, claims, figures },
            { command: commandOf(options), version },
          );
          return { numbers: dimensionNumbers(choice, results), figures, report };
        }),
      linesOf: dimensionLines,
    },
    { runs, out, workers, device: deviceName, dryRun, json },
  );
}

/** Intrinsic dimension of every layer after the last epoch, then why those runs failed that did. */
function dimensionLines(results: DimensionResults): string[] {
  const groups = lastEpochs(results);
  const table = tableLines(
    [left("data"), right("K"), right("epoch"), ...LAYERS.map((layer) => right(layer))],
    groups.map(({ data, bottleneck, last }) => [
      DATA_TITLES[data],
      String(bottleneck),
      String(last[0]!.epoch),
      ...LAYERS.map((_, place) =>
        overSeeds(
          present(last, ({ dimension }) => dimension[place]?.value ?? null),
          1,
        ),
      ),
    ]),
  );
  const failures = results.networks.flatMap(({ data, bottleneck, seed, reason }) =>
    reason === null ? [] : [`${DATA_TITLES[data]}, K = ${bottleneck}, seed ${seed}: ${reason}`],
  );
  return [...(groups.length > 0 ? ["intrinsic dimension", ...table] : []), ...failures];
}
