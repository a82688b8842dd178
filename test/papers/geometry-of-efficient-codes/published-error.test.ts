import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadConfiguration } from "../../../src/configuration/load.js";
import { publishedErrorFor } from "../../../src/papers/geometry-of-efficient-codes/published-error.js";
import { modelConfiguration } from "../../../src/papers/geometry-of-efficient-codes/recipe.js";

const baseline = { model: "Baseline", capacityNats: 10, seed: 3, length: "published" } as const;

test("a run of the paper's own configuration has what was published of it, whatever it is called", () => {
  const configuration = { ...modelConfiguration(baseline), name: "mine" };
  expect(publishedErrorFor(configuration)).toMatchObject({
    squaredErrorPerPixel: 0.0533,
    source: expect.stringContaining("Baseline"),
  });
  const classified = modelConfiguration({
    ...baseline,
    model: "E2M1",
    capacityNats: 0.3,
    heads: "published",
  });
  expect(publishedErrorFor(classified)?.squaredErrorPerPixel).toBe(0.1496);
});

test("the same capacity alone is not enough: fewer images, other training or another model have nothing published", () => {
  const configuration = modelConfiguration(baseline);
  const { training, data } = configuration;
  const demo = fileURLToPath(
    new URL("../../../configs/geometry-of-efficient-codes/baseline-quick.yaml", import.meta.url),
  );
  for (const other of [
    modelConfiguration({ ...baseline, length: "quick" }),
    modelConfiguration({ ...baseline, capacityNats: 9 }),
    { ...configuration, training: { ...training, epochs: training.epochs! + 1 } },
    { ...configuration, data: { ...data, corridors: { ...data.corridors!, samples: 100_000 } } },
    loadConfiguration(demo, ["objective.capacity=10"]).configuration,
    loadConfiguration(demo, ["objective.capacity=10", "data={mnist: {folder: data/mnist}}"]).configuration,
  ]) {
    expect(publishedErrorFor(other)).toBeUndefined();
  }
});
