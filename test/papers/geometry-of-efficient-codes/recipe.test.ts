import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfiguration } from "../../../src/configuration/load.js";
import { TASKS } from "../../../src/papers/geometry-of-efficient-codes/classes.js";
import {
  MODEL_NAMES,
  modelConfiguration,
  PRESETS,
} from "../../../src/papers/geometry-of-efficient-codes/recipe.js";
import { modelPlan } from "../../../src/papers/geometry-of-efficient-codes/runs.js";
import { checkPlan, plannedSteps } from "../../../src/plans/plan.js";

const CONFIGS = "configs/geometry-of-efficient-codes";
const paper = (model: (typeof MODEL_NAMES)[number]) =>
  modelConfiguration({ model, capacityNats: 10, seed: 0, length: "published" });

describe("the paper's models", () => {
  it.each(MODEL_NAMES)(
    "%s at 10 nats is what its file says, in the published batches and epochs",
    (model) => {
      const { configuration, warnings } = loadConfiguration(join(CONFIGS, `${model.toLowerCase()}.yaml`));
      const epochs = model === "Baseline" ? 4 : 6;
      expect(paper(model)).toEqual({
        ...configuration,
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
    for (const model of ["E1M1", "E1M2"] as const) expect(paper(model)).toMatchObject(rest);
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
    expect(quick).toEqual(loadConfiguration(join(CONFIGS, "baseline-quick.yaml")).configuration);
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
