import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadConfiguration } from "../../src/configuration/load.js";
import { PRESET_NAMES, presets } from "../../src/configuration/presets.js";
import { configurationFile, ofAutoencoder } from "./files.js";

const defaults = ofAutoencoder(loadConfiguration(undefined).configuration);
const load = (text: string, preset?: string) =>
  ofAutoencoder(loadConfiguration(configurationFile(text), [], preset).configuration);

describe("presets", () => {
  it("geometry is what holds where nothing is said, but for its falling learning rate", () => {
    const { optimizer } = defaults;
    expect(load("preset: geometry")).toEqual({
      ...defaults,
      optimizer: { ...optimizer, schedule: { type: "exponential", factor: 0.9 } },
    });
  });

  it("authors-code differs from geometry in what is counted, in the evaluations' weight and in their batches", () => {
    const { objective } = load("preset: authors-code").model;
    expect(objective).toEqual({
      ...defaults.model.objective,
      evaluationRateWeight: 1,
      schedule: { ...(defaults.model.objective.schedule as object), countEvaluations: true },
    });
    expect(load("preset: authors-code").training).toEqual({
      ...defaults.training,
      evaluationBatchSize: 32,
      metricBatchSize: 32,
    });
  });

  it("burgess is Burgess et al. 2018", () => {
    const { likelihood, objective } = load("preset: burgess").model;
    expect(likelihood).toEqual({ type: "bernoulli", pixels: "sum" });
    expect(objective).toEqual({
      type: "capacity",
      capacity: 25,
      gamma: 1000,
      rateWeight: 1,
      gap: "batch",
      schedule: { unit: "step", warmup: 100_000, quarteredUntil: 0, countEvaluations: false },
    });
  });

  it("yield to the file that names them, and win over it from the command line", () => {
    const text = "model: {objective: {gamma: 5}}";
    expect(load(`preset: burgess\n${text}`).model.objective.gamma).toBe(5);
    expect(load(text, "burgess").model.objective.gamma).toBe(1000);
  });

  it.each(PRESET_NAMES)("%s replaces any other as a whole", (name) => {
    for (const other of PRESET_NAMES) {
      const { capacity: _, gamma: __, ...method } = load(`preset: ${other}`, name).model.objective;
      const { capacity: ___, gamma: ____, ...alone } = load(`preset: ${name}`).model.objective;
      expect(method).toEqual(alone);
      expect(load(`preset: ${other}`, name).optimizer).toEqual(load(`preset: ${name}`).optimizer);
    }
  });

  it.each(PRESET_NAMES)("%s is explained in docs/definitions.md", (name) => {
    expect(readFileSync("docs/definitions.md", "utf8")).toContain(`\`${name}\``);
    expect(presets[name].about.length).toBeGreaterThan(20);
  });
});
