import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareConfigurations, showDifference } from "../../src/configuration/compare.js";
import { loadConfiguration, overrideConfiguration } from "../../src/configuration/load.js";
import { PRESET_NAMES } from "../../src/configuration/presets.js";
import { configurationSchema } from "../../src/configuration/schema.js";
import { chosenSplit } from "../../src/configuration/split.js";

const whole = (max: number) => fc.integer({ min: 1, max });
const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });

/** Overrides that fit together, of every kind: parts, lists, numbers, texts, presets. */
const overrides = fc
  .record(
    {
      preset: fc.constantFrom(...PRESET_NAMES),
      name: fc.string({ minLength: 1 }),
      seed: fc.maxSafeNat(),
      data: fc.oneof(
        fc.record({ corridors: fc.record({ samples: whole(1e6), seed: whole(99) }) }),
        fc.record({ file: fc.string({ minLength: 1 }), labels: whole(9) }),
      ),
      "encoder.type": fc.constantFrom("convolutional", "dense"),
      decoder: fc.oneof(
        fc.record({ type: fc.constant("dense"), units: fc.array(whole(512), { minLength: 1 }) }),
        fc.record({
          type: fc.constant("convolutional"),
          layers: fc.array(fc.record({ channels: whole(64), kernel: whole(5) }), { minLength: 1 }),
        }),
      ),
      "channel.dimensions": whole(64),
      "likelihood.type": fc.constantFrom("mse", "bernoulli"),
      "objective.type": fc.constantFrom("beta", "capacity"),
      "objective.rateWeight": positive,
      "optimizer.learningRate": positive,
      "optimizer.schedule.type": fc.constantFrom("constant", "exponential", "linear"),
      "training.steps": whole(1e9),
      split: fc.constant({ train: [0, 5], validation: [5, 7] }),
    },
    { requiredKeys: [] },
  )
  .map((given) => Object.entries(given).map(([path, value]) => `${path}=${JSON.stringify(value)}`));

describe("a resolved configuration", () => {
  it("is plain JSON, and resolved again is the same", () => {
    fc.assert(
      fc.property(overrides, (given) => {
        const { configuration } = loadConfiguration(undefined, given);
        const stored: unknown = JSON.parse(JSON.stringify(configuration));
        expect(stored).toEqual(configuration);
        expect(configurationSchema.parse(stored)).toEqual(configuration);
        expect(overrideConfiguration(configuration, [])).toEqual(configuration);
        expect(compareConfigurations(configuration, configurationSchema.parse(stored))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("comparing configurations", () => {
  const { configuration } = loadConfiguration(undefined);

  it("lists every setting that differs, by its dotted key, with both values", () => {
    const changed = overrideConfiguration(configuration, [
      "objective.capacity=3",
      "encoder.layers.0.channels=8",
      "training.steps=10",
    ]);
    const differences = compareConfigurations(configuration, changed);
    expect(differences.map(({ key }) => key)).toEqual([
      "model.encoder.layers",
      "model.objective.capacity",
      "training.steps",
    ]);
    expect(differences.slice(1)).toEqual([
      { key: "model.objective.capacity", before: 10, after: 3 },
      { key: "training.steps", before: undefined, after: 10 },
    ]);
    expect(differences.slice(1).map(showDifference)).toEqual([
      "model.objective.capacity: 10 -> 3",
      "training.steps: (not set) -> 10",
    ]);
  });

  it("finds a part that is there with no settings of its own", () => {
    expect(compareConfigurations({ data: { corridors: {} } }, { data: {} })).toEqual([
      { key: "data", before: undefined, after: {} },
      { key: "data.corridors", before: {}, after: undefined },
    ]);
  });

  it("is the mirror image with the two exchanged", () => {
    fc.assert(
      fc.property(overrides, overrides, (one, two) => {
        const a = loadConfiguration(undefined, one).configuration;
        const b = loadConfiguration(undefined, two).configuration;
        const mirrored = compareConfigurations(b, a).map(({ key, before, after }) => ({
          key,
          before: after,
          after: before,
        }));
        expect(compareConfigurations(a, b)).toEqual(mirrored);
      }),
      { numRuns: 30 },
    );
  });
});

describe("the rows of a configuration (D11)", () => {
  it("are the authors' proportions where nothing is said", () => {
    const { configuration } = loadConfiguration(undefined);
    expect(chosenSplit(configuration, { count: 200_000 })).toEqual({
      train: [0, 170_000],
      validation: [170_000, 185_000],
      test: [185_000, 200_000],
    });
  });

  it("end with the data where the test rows are not given", () => {
    const split = { train: [0, 75_000], validation: [75_000, 82_000] } as const;
    const { configuration } = loadConfiguration(undefined, [`split=${JSON.stringify(split)}`]);
    expect(chosenSplit(configuration, { count: 85_255 })).toEqual({ ...split, test: [82_000, 85_255] });
  });
});

it("an autoencoder is an autoencoder, whether its type is said or not", () => {
  const { configuration } = loadConfiguration(undefined);
  const said = loadConfiguration(undefined, ["model.type=autoencoder"]).configuration;
  expect(configuration.model).not.toHaveProperty("type");
  expect(compareConfigurations(configuration, said)).toEqual([]);
  const classifier = loadConfiguration(undefined, [
    "model={type: classifier, heads: [{name: a, task: E2M1}]}",
  ]);
  const differing = compareConfigurations(configuration, classifier.configuration).map(({ key }) => key);
  expect(differing).toContain("model.type");
});
