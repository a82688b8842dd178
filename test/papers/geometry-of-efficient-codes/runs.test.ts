import { expect, test } from "vitest";
import {
  CAPACITIES_NATS,
  MODEL_NAMES,
  type ModelName,
  PRESETS,
  type TrainingLength,
} from "../../../src/papers/geometry-of-efficient-codes/recipe.js";
import { frozenPlan, modelPlan } from "../../../src/papers/geometry-of-efficient-codes/runs.js";
import { checkPlan, plannedSteps } from "../../../src/plans/plan.js";

const planOf = (models: readonly ModelName[], length: TrainingLength = "published") =>
  modelPlan({ ...PRESETS.paper, only: models, length });

test("classifiers learn from the codes of Fig. 6A and 6D: all tasks on the Baseline's, the others on a task's own", () => {
  const models = planOf(MODEL_NAMES);
  const frozen = frozenPlan(models, "runs");
  checkPlan([...models, ...frozen]);
  expect(frozen).toHaveLength(5 * CAPACITIES_NATS.length);
  const tasks = (model: ModelName) =>
    frozen.find((one) => one.model === model)?.configuration.model.heads.map(({ task }) => task);
  expect(tasks("Baseline")).toEqual(["E2M1", "E2M2", "E2M3", "E2M4"]);
  expect(tasks("E2M1")).toEqual(["E2M2", "E2M3", "E2M4"]);
  expect(tasks("E2M4")).toEqual(["E2M1", "E2M2", "E2M3"]);
  for (const none of ["E1M1", "E1M2", "E2M5"] as const) expect(tasks(none)).toBeUndefined();
  expect(new Set(frozen.map(({ codes }) => codes!.file)).size).toBe(frozen.length);
  for (const { configuration, codes } of frozen) {
    expect(plannedSteps(configuration)).toBe(7974);
    expect(configuration.data.codes!.file).toBe(codes!.file);
    expect(
      configuration.model.heads.every(
        ({ loss, weight }) => loss === "double-softmax" && weight.type === "constant",
      ),
    ).toBe(true);
  }
});

test("another configuration of a model is another file of codes; quick ones have a fifth of the rows", () => {
  const fileOf = (length: TrainingLength) => frozenPlan(planOf(["Baseline"], length), "runs")[0]!;
  const [paper, quick] = [fileOf("published"), fileOf("quick")];
  expect(paper.codes!.file).toMatch(/^runs\/codes\/baseline-c0\.3-s0-[0-9a-f]{8}\.npz$/);
  expect(quick.codes!.file).toMatch(/^runs\/codes\/baseline-quick-c0\.3-s0-[0-9a-f]{8}\.npz$/);
  expect(quick.configuration.split).toEqual({
    order: "given",
    train: [0, 34_000],
    validation: [34_000, 37_000],
  });
  const [other] = frozenPlan(
    [{ ...planOf(["Baseline"])[0]!, configuration: planOf(["E1M1"])[0]!.configuration }],
    "runs",
  );
  expect(other!.codes!.file).not.toBe(paper.codes!.file);
});
