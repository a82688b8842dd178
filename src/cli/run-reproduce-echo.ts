import { join } from "node:path";
import { DOWNLOADS, type DownloadName } from "../data/downloads/registry.js";
import { loadRemembering } from "../data/sources/index.js";
import { once } from "../once.js";
import { nodeDevice } from "../onnx/node.js";
import { requirePublished } from "../papers/echo-noise/data.js";
import { echoFigures } from "../papers/echo-noise/figures/index.js";
import type { EchoChoice } from "../papers/echo-noise/models.js";
import { notedFigures, notesOf } from "../papers/echo-noise/notes.js";
import { echoNumbers, echoReport, inputsOf } from "../papers/echo-noise/reproduction.js";
import { type EchoPlan, echoPlan, measurePlan } from "../papers/echo-noise/results.js";
import type { PlanEntry } from "../plans/execute.js";
import { checkSweep } from "../sweeps/plan.js";
import { versions } from "../training/about-run.js";
import { chosenEcho, commandOf, type EchoOptions } from "./echo-options.js";
import { echoLines } from "./echo-tables.js";
import { whileMeasuring } from "./image-reproduction.js";
import { workersOf } from "./lists.js";
import { reproducePaper } from "./reproduce-paper.js";
import { writeOnce } from "./written-reproduction.js";

/** Data that figures share: those of a column of tables, and a grid. */
const REMEMBERED = 2;

/**
 * Trains the models of the paper that are not trained yet, measures them, tells the tables, and writes the report; returns the exit
 * code. Where nothing has changed since the report was written, nothing is done.
 * @throws UserError for a part, name or number that there is not, and for data that are missing, before anything is trained.
 */
export async function reproduceEcho(options: EchoOptions): Promise<number> {
  const { runs, out, device: deviceName, dryRun, json = false } = options;
  const workers = workersOf(options.workers);
  const choice = chosenEcho(options);
  const plan = echoPlan(choice);
  const version = versions().narrows;
  const device = once(() => nodeDevice(deviceName));
  const { data, recipe, parts } = choice;
  return reproducePaper(
    {
      plan: [...plan.images, ...plan.sprites],
      what: "model",
      check: (entries) => checkData(choice, plan, entries),
      resultsOf: (outcomes) =>
        whileMeasuring(json, (onMeasured) =>
          measurePlan(recipe.preset, plan, outcomes, {
            runs,
            measured: join(out, "measured"),
            device,
            version,
            onMeasured,
          }),
        ),
      write: (results) =>
        writeOnce({ out, inputs: inputsOf(choice, results, version), quiet: json }, async (tell) => {
          const notes = notesOf(recipe, data);
          const source = {
            results,
            data,
            recipe,
            runs,
            load: loadRemembering(REMEMBERED),
            device: await device(),
          };
          const figures = parts.includes("figures")
            ? notedFigures(
                await echoFigures(source, (done, of) => tell("drawing the figures", done, of)),
                notes,
                data,
              )
            : [];
          const numbers = echoNumbers(choice, results);
          const report = echoReport(
            choice,
            { results, claims: numbers.claims, figures, notes },
            { command: commandOf(options), version },
          );
          return { numbers, figures, report };
        }),
      linesOf: (results) => echoLines(results, data),
    },
    { runs, out, workers, device: deviceName, dryRun, json },
  );
}

/** Finds out before anything is trained whether all data are there, and fit their models. */
function checkData({ data, recipe }: EchoChoice, { sprites }: EchoPlan, entries: readonly PlanEntry[]): void {
  const names: string[] = [
    ...(recipe.preset === "paper" ? data.map(({ name }) => name) : []),
    ...(sprites.length > 0 ? [recipe.sprites.grid] : []),
  ];
  requirePublished(names.filter((name): name is DownloadName => name in DOWNLOADS));
  const unfinished = entries.filter(({ finished }) => !finished).map(({ planned }) => planned);
  // Neither another beta nor another seed could fail where one does not.
  const alike = new Map(unfinished.map((run) => [run.configuration.name, run]));
  checkSweep([...alike.values()]);
}
