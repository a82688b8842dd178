import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadConfiguration } from "../../src/configuration/load.js";
import { PRESET_NAMES, presets } from "../../src/configuration/presets.js";
import { configurationFile, ofAutoencoder } from "./files.js";

const defaults = ofAutoencoder(loadConfiguration(undefined).configuration);
const load = (text: string, preset?: string) =>
  ofAutoencoder(loadConfiguration(configurationFile(text), [], preset).configuration);

describe("presets", () => {
  it("geometry is the paper's method, which the baseline's file writes out", () => {
    const baseline = ofAutoencoder(
      loadConfiguration("configs/geometry-of-efficient-codes/baseline.yaml").configuration,
    );
    const { name: _, data: __, training, ...method } = load("preset: geometry");
    const { name: ___, data: ____, training: lasted, ...published } = baseline;
    expect(method).toEqual(published);
    expect({ ...training, epochs: 6 }).toEqual(lasted);
  });

  it("authors-code differs from geometry in what is counted, in the evaluations' weight and in their batches", () => {
    const { objective } = load("preset: authors-code").model;
    const geometry = load("preset: geometry").model.objective;
    expect(objective).toEqual({
      ...geometry,
      evaluationRateWeight: 1,
      schedule: { ...(geometry.schedule as object), countEvaluations: true },
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
