import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfiguration } from "../../../src/configuration/load.js";
import type { Configuration } from "../../../src/configuration/schema.js";
import { TASKS } from "../../../src/papers/geometry-of-efficient-codes/classes.js";
import {
  MODEL_NAMES,
  modelConfiguration,
  PRESETS,
  type TrainingLength,
} from "../../../src/papers/geometry-of-efficient-codes/recipe.js";
import { modelPlan } from "../../../src/papers/geometry-of-efficient-codes/runs.js";
import { checkPlan, plannedSteps } from "../../../src/plans/plan.js";
import type { AutoencoderConfiguration } from "../../../src/reproduction/shipped.js";

const CONFIGS = "configs/geometry-of-efficient-codes";
/** The file holds the code at both ends of the capacities (docs/baseline.md); the published Baseline had 100. */
const withPublishedGamma = (configuration: Configuration) => {
  const { model } = configuration as AutoencoderConfiguration;
  return { ...configuration, model: { ...model, objective: { ...model.objective, gamma: 100 } } };
};
const paper = (model: (typeof MODEL_NAMES)[number]) =>
  modelConfiguration({ model, capacityNats: 10, seed: 0, length: "published" });

describe("the paper's models", () => {
  it.each(MODEL_NAMES)(
    "%s at 10 nats is what its file says, in the published batches and epochs",
    (model) => {
      const { configuration, warnings } = loadConfiguration(join(CONFIGS, `${model.toLowerCase()}.yaml`));
      const epochs = model === "Baseline" ? 4 : 6;
      expect(paper(model)).toEqual({
        ...(model === "Baseline" ? withPublishedGamma(configuration) : configuration),
        training: { ...configuration.training, batchSize: 128, epochs, evaluateEverySteps: 3987 },
      });
      expect(warnings).toEqual([]);
      expect(configuration.name).toBe(model.toLowerCase());
    },
  );

  it("each has a file, and each file but the demo's and the classifiers' is a model", () => {
    expect(
      readdirSync(CONFIGS, { encoding: "utf8" })
        .filter((name) => name.endsWith(".yaml"))
        .sort(),
    ).toEqual(
      [
        ...MODEL_NAMES.map((model) => `${model.toLowerCase()}.yaml`),
        "baseline-quick.yaml",
        "frozen-codes.yaml",
      ].sort(),
    );
  });

  it("E1M1 and E1M2 differ from the Baseline in their data, E2M1 to E2M5 in their heads and gamma", () => {
    const { name, data, split, training, ...rest } = paper("Baseline");
    const { objective, ...others } = (rest as AutoencoderConfiguration).model;
    for (const model of ["E1M1", "E1M2"] as const)
      expect(paper(model)).toMatchObject({ ...rest, model: { ...others, objective: { gamma: 200 } } });
    expect(objective).toMatchObject({ gamma: 100 });
    expect(paper("E1M1").data.corridors).toMatchObject({ bias: "lower:2000/260", samples: 200_000 });
    expect(paper("E1M2").data.corridors).toMatchObject({ bias: "aligned:3000/300", samples: 85_255 });
    expect(paper("E1M2").split).toEqual({ train: [0, 75_000], validation: [75_000, 82_000] });
    const tasksOf = (model: (typeof MODEL_NAMES)[number]) => paper(model).model.heads.map(({ task }) => task);
    for (const task of Object.keys(TASKS) as (keyof typeof TASKS)[]) expect(tasksOf(task)).toEqual([task]);
    expect(tasksOf("E2M5")).toEqual(["E2M1", "E2M2", "E2M3", "E2M4"]);
    for (const model of ["E2M1", "E2M2", "E2M3", "E2M4", "E2M5"] as const) {
      expect(paper(model)).toMatchObject({ data, optimizer: rest.optimizer });
    }
  });

  it("a quick Baseline is that of baseline-quick.yaml", () => {
    const quick = modelConfiguration({ model: "Baseline", capacityNats: 10, seed: 0, length: "quick" });
    const { configuration } = loadConfiguration(join(CONFIGS, "baseline-quick.yaml"));
    expect(quick).toEqual(withPublishedGamma(configuration));
  });

  it("heads are delayed from 6 nats on for E2M4, and as in the file of July 2023 for E2M5 at 3 nats", () => {
    const at = (model: (typeof MODEL_NAMES)[number], capacityNats: number, length: TrainingLength) =>
      (
        modelConfiguration({
          model,
          capacityNats,
          seed: 0,
          length,
          heads: "published",
        }) as AutoencoderConfiguration
      ).model;
    const delayed = { factor: 1, weight: { type: "delayed", warmup: 2500 } };
    for (const capacityNats of [6, 10])
      expect(at("E2M4", capacityNats, "published").heads).toMatchObject([delayed]);
    expect(at("E2M4", 3, "published").heads).toMatchObject([{ weight: { type: "immediate" } }]);
    const july = at("E2M5", 3, "published");
    expect(july.objective).toMatchObject({ gamma: 1000, schedule: { warmup: 1000, quarteredUntil: 1500 } });
    const rising = { factor: 1, weight: { type: "immediate", warmup: 1000, quarteredUntil: 1500 } };
    expect(july.heads).toMatchObject([rising, rising, rising, rising]);
    const quick = at("E2M5", 3, "quick");
    expect(quick.objective).toMatchObject({ schedule: { warmup: 200, quarteredUntil: 300 } });
    expect(quick.heads[0]).toMatchObject({ weight: { warmup: 200, quarteredUntil: 300 } });
  });

  it("published heads take the softmax twice, E2M5's later and E2M4's in it tenfold", () => {
    const heads = (model: (typeof MODEL_NAMES)[number]) =>
      modelConfiguration({ model, capacityNats: 1, seed: 0, length: "published", heads: "published" });
    expect(heads("Baseline")).toEqual(
      modelConfiguration({ model: "Baseline", capacityNats: 1, seed: 0, length: "published" }),
    );
    expect(heads("E2M4")).toMatchObject({
      name: "e2m4-published-heads",
      model: { heads: [{ loss: "double-softmax", factor: 1, weight: { type: "immediate" } }] },
    });
    expect(heads("E2M5").model.heads.map(({ factor, weight }) => [factor, weight.type])).toEqual([
      [1, "delayed"],
      [1, "delayed"],
      [1, "delayed"],
      [10, "delayed"],
    ]);
  });

  it("the whole plan has 8 models x 5 capacities x seeds, no two alike, of the steps that the recipe makes", () => {
    const plan = modelPlan({ ...PRESETS.paper, seeds: 2, heads: "sound" });
    expect(plan).toHaveLength(80);
    checkPlan(plan);
    expect(new Set(plan.map(({ runName }) => runName)).size).toBe(80);
    const steps = plan.map(({ model, configuration }) => [model, plannedSteps(configuration)]);
    const published = { Baseline: 5316, E1M2: 3516 };
    expect(Object.fromEntries(steps)).toEqual({
      ...Object.fromEntries(MODEL_NAMES.map((model) => [model, 7974])),
      ...published,
    });
  });
});
