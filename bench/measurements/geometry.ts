import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic } from "../../src/files/atomic.js";
import { type ModelName, modelConfiguration } from "../../src/papers/geometry-of-efficient-codes/recipe.js";
import { concurrentCommandCost } from "../command-cost.js";
import type { Measurement, Outcome } from "../measurement.js";
import { alternate, type Contender, median } from "../rounds.js";

/** One model without classifiers and one with, as most of the reproduction's are. */
const MODELS: readonly ModelName[] = ["Baseline", "E2M3"];
const CAPACITY_NATS = 10;
const STEPS = 600;
/** As workers of plans run. */
const NODE_OPTIONS = ["--single-threaded-gc"];
const MAX_ROUNDS = 3;
const MAX_SECONDS = 100;

/**
 * A fixed slice of `reproduce geometry --preset paper`: two trainings of a model side by side, of 600 steps, a thread each, with
 * reading and evaluating; here and, where one is given, in another checkout, in turn.
 */
export async function measureGeometry(
  folder: string,
  rounds: number,
  checkout: string | undefined,
): Promise<Outcome> {
  const measurements: Measurement[] = [];
  for (const model of MODELS) {
    const pair = (root: string) => pairOf(model, root, folder);
    const [ours, theirs] = [pair("."), checkout === undefined ? undefined : pair(checkout)];
    const times = await alternate(theirs ? [ours, theirs] : [ours], {
      rounds: Math.min(rounds, MAX_ROUNDS),
      seconds: MAX_SECONDS,
    });
    const own = times[ours.name]!;
    const key = `geometry.${model.toLowerCase()}`;
    measurements.push({
      key: `${key}.seconds`,
      label: `two trainings of ${model} side by side, ${STEPS} steps`,
      value: own.fastest / 1000,
      unit: "s",
      better: "lower",
      details: { median: own.median / 1000, processor: median(ours.processor) },
    });
    if (!theirs) continue;
    const other = times[theirs.name]!;
    measurements.push({
      key: `${key}.checkout.ratio`,
      label: "  the other checkout's time over ours",
      value: other.fastest / own.fastest,
      unit: "x",
      better: "higher",
      details: {
        median: other.median / own.median,
        processor: median(theirs.processor) / median(ours.processor),
      },
    });
  }
  return { measurements };
}

/** Two trainings of a model by the program of a checkout, side by side; their processor seconds, a pair a round. */
function pairOf(
  model: ModelName,
  checkout: string,
  folder: string,
): Contender & { readonly processor: readonly number[] } {
  const processor: number[] = [];
  return {
    name: checkout,
    processor,
    async round() {
      const runs = mkdtempSync(join(folder, "geometry-"));
      const commands = [0, 1].map((seed) => {
        const file = join(runs, `${seed}.yaml`);
        writeFileAtomic(file, configurationOf(model, seed));
        return ["train", file, "--runs", runs, "--threads", "1", "--json"];
      });
      const begun = performance.now();
      const costs = await Promise.all(
        commands.map((args) => concurrentCommandCost(args, { checkout, nodeOptions: NODE_OPTIONS })),
      );
      processor.push(costs.reduce((total, { seconds }) => total + seconds, 0));
      return performance.now() - begun;
    },
  };
}

/** The model's configuration in the paper preset, cut short; JSON is YAML. */
function configurationOf(model: ModelName, seed: number): string {
  const choice = {
    model,
    capacityNats: CAPACITY_NATS,
    seed,
    length: "published",
    heads: "published",
  } as const;
  const { training, ...configuration } = modelConfiguration(choice);
  return JSON.stringify({ ...configuration, training: { ...training, steps: STEPS } });
}
