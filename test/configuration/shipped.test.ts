import { describe, expect, it } from "vitest";
import { configurationJsonSchema } from "../../src/configuration/json-schema.js";
import { loadConfiguration } from "../../src/configuration/load.js";
import { ofAutoencoder } from "./files.js";

describe("the files in configs/", () => {
  it("baseline.yaml is the paper's recipe: what it resolves to has not changed", () => {
    const { configuration } = loadConfiguration("configs/geometry-of-efficient-codes/baseline.yaml");
    expect(configuration.model).toMatchObject({
      likelihood: { type: "mse", pixels: "mean", output: "sigmoid" },
      objective: {
        type: "capacity",
        capacity: 10,
        gamma: 200,
        rateWeight: 0.0003,
        gap: "batch",
        schedule: { unit: "step", warmup: 2500, quarteredUntil: 1500, countEvaluations: false },
      },
    });
    expect(configuration.optimizer.schedule).toEqual({ type: "exponential", factor: 0.9 });
    expect(configuration.training).toMatchObject({ epochs: 6, batchSize: 64, evaluationBatchSize: 256 });
  });

  it("baseline-quick.yaml is the baseline with another size and schedule", () => {
    const shipped = (name: string) =>
      ofAutoencoder(loadConfiguration(`configs/geometry-of-efficient-codes/${name}.yaml`).configuration);
    const quick = shipped("baseline-quick");
    const { model } = shipped("baseline");
    expect(quick.model.encoder).toEqual(model.encoder);
    expect(quick.model.objective.capacity).toBe(model.objective.capacity);
    expect(quick.data.corridors?.samples).toBeLessThan(200_000);
  });

  it("own-images.yaml takes a folder, and nothing but what it says differs from the defaults", () => {
    const { configuration } = loadConfiguration("configs/own-images.yaml", ["data.file=pictures"]);
    const { seed, optimizer } = loadConfiguration(undefined).configuration;
    expect(configuration).toMatchObject({ name: "own-images", data: { file: "pictures" }, seed, optimizer });
    expect(ofAutoencoder(configuration).model.objective).toMatchObject({ type: "capacity", capacity: 3 });
  });

  it("narrows.schema.json is what the schema says (npx vitest run test/configuration -u writes it)", async () => {
    const text = `${JSON.stringify(configurationJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot("../../configs/narrows.schema.json");
  });
});
