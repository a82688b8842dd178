/** Trainings of a blink, measured as the reproduction measures them. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { Device } from "../../../src/onnx/devices.js";
import { nodeDevice } from "../../../src/onnx/node.js";
import { measurePlan } from "../../../src/papers/echo-noise/measures/index.js";
import { PRESETS, type Recipe } from "../../../src/papers/echo-noise/recipe.js";
import { spritesPlan } from "../../../src/papers/echo-noise/sprites.js";
import { executePlan } from "../../../src/plans/execute.js";
import { measuringOf } from "../../../src/reproduction/measured-once.js";
import { folderWith } from "../../data/files.js";

const workerFile = pathToFileURL(join(import.meta.dirname, "../../../dist/plans/worker.js"));

const recipe: Recipe = {
  ...PRESETS.quick,
  preset: "quick",
  only: ["table2"],
  factors: { shape: 3, scale: 4, orientation: 4, posX: 5, posY: 5 },
  steps: 3,
  discriminator: [8],
  rows: [1, 6],
};

test("both channels on sprites, with and without a price on total correlation, scored on the whole grid", async () => {
  const folder = folderWith({});
  // Dependent factors are measured on the same grid.
  const sprites = spritesPlan({ recipe }).filter(({ factors }) => factors === "independent");
  expect(sprites).toHaveLength(4);
  const runs = join(folder, "runs");
  const outcomes = await executePlan(sprites, { root: runs, workers: 1, workerFile });
  expect(outcomes.map(({ status }) => status)).toEqual(Array(4).fill("finished"));
  const byRun = new Map(outcomes.map((outcome) => [outcome.planned, outcome]));
  const measure = (device: () => Promise<Device>) =>
    measurePlan(
      { recipe },
      sprites,
      measuringOf(byRun, { runs, measured: join(folder, "measured"), version: "0", device }),
    );
  const results = await measure(() => nodeDevice("cpu", 1));
  expect(results.sprites.map(({ channel, gamma }) => [channel, gamma])).toEqual([
    ["Echo", 0],
    ["Echo", 20],
    ["VAE", 0],
    ["VAE", 20],
  ]);
  for (const { measures } of results.sprites) {
    expect(measures?.images).toBe(3 * 4 * 4 * 5 * 5);
    for (const { factorVae, mig } of [measures!.mean, measures!.sample]) {
      expect(factorVae).toBeGreaterThanOrEqual(0);
      expect(factorVae).toBeLessThanOrEqual(1);
      expect(mig).toBeGreaterThanOrEqual(0);
      expect(mig).toBeLessThan(0.5);
    }
  }
  // Measured once: the second time no device is asked for.
  const again = await measure(() => Promise.reject(new Error("measured again")));
  expect(again).toEqual(results);
});
