import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfiguration, overrideConfiguration } from "../../src/configuration/load.js";
import { configurationFile, folderWith, messageOf, ofAutoencoder } from "./files.js";

/** What a file with this text, and these overrides, comes to. */
function load(text: string, ...overrides: string[]) {
  return ofAutoencoder(loadConfiguration(configurationFile(text), overrides).configuration);
}

/** The one line a file with this text is refused with. */
function refusal(text: string, ...overrides: string[]): string {
  return messageOf(() => load(text, ...overrides));
}

const defaults = ofAutoencoder(loadConfiguration(undefined).configuration);

describe("a configuration file", () => {
  it("says what differs from the defaults", () => {
    const configuration = load("seed: 7\nmodel:\n  objective:\n    capacity: 0.3\n");
    expect(configuration).toEqual({
      ...defaults,
      seed: 7,
      model: { ...defaults.model, objective: { ...defaults.model.objective, capacity: 0.3 } },
    });
  });

  it("may leave out the type of a part where the standard one is meant", () => {
    const { model, optimizer } = load(
      "model:\n  channel: {dimensions: 3}\noptimizer: {schedule: {type: exponential}}",
    );
    expect(model.channel).toEqual({ type: "gaussian", dimensions: 3 });
    expect(optimizer.schedule).toEqual({ type: "exponential", factor: 0.9 });
  });

  it("has defaults that scale with the data and the length of training where it says nothing", () => {
    expect(defaults.model.likelihood).toEqual({ type: "mse", pixels: "sum", output: "sigmoid" });
    expect(defaults.model.objective).toEqual({
      type: "capacity",
      capacity: 10,
      rateWeight: 1,
      gap: "batch",
      schedule: { unit: "step", warmup: "40%", quarteredUntil: 0, countEvaluations: false },
    });
    expect(defaults.optimizer).toMatchObject({ learningRate: 5e-4, weightDecay: 0 });
    // Its falling rate is that paper's own, and stands in its files and presets.
    expect(defaults.optimizer.schedule).toEqual({ type: "constant" });
    expect(defaults.training.batchSize).toBe(64);
    expect(defaults.training.epochs).toBeUndefined();
  });

  it("may use anchors and merge keys", () => {
    const stack = "layers: &s [{channels: 4, kernel: 3}]";
    const { model } = load(`model:\n  encoder: {${stack}}\n  decoder: {layers: *s}\n`);
    expect(model.decoder.layers).toEqual(model.encoder.layers);
  });

  it("may take a setting away with null: its default holds", () => {
    const { model } = load("preset: burgess\nmodel:\n  objective:\n");
    expect(model.likelihood.type).toBe("bernoulli");
    expect(model.objective).toEqual(defaults.model.objective);
    expect(load("training: {batchSize: null}").training.batchSize).toBe(64);
  });
});

describe("a mistake is told in one line: place, key, remedy", () => {
  const CASES: Record<string, { text: string; line: string | RegExp }> = {
    "an unknown key, with the nearest that is known there": {
      text: "model:\n  objective:\n    capcity: 3\n",
      line: "my.yaml:3:5: unknown key model.objective.capcity (did you mean model.objective.capacity?). Known in model.objective: type, capacity, gamma, rateWeight, evaluationRateWeight, gap, schedule.",
    },
    "an unknown key that is known elsewhere": {
      text: "seed: 1\ncapacity: 3\n",
      line: /^my\.yaml:2:1: unknown key capacity \(did you mean model\.objective\.capacity\?\)\. Known at the top: name, seed,/,
    },
    "a key of another type of the part than the chosen one": {
      text: "model:\n  objective:\n    type: beta\n    gamma: 3\n",
      line: 'my.yaml:4:5: model.objective.gamma is a setting of model.objective.type=capacity, and here type is "beta". Choose that type, with --set objective.type=capacity, or leave gamma out.',
    },
    "a key of another type than the one that stands where none is said": {
      text: "model:\n  objective:\n    beta: 3\n",
      line: /^my\.yaml:3:5: model\.objective\.beta is a setting of model\.objective\.type=beta, and here type is "capacity"\. /,
    },
    "an unknown key of the part that is chosen": {
      text: "model:\n  objective:\n    type: beta\n    zzzz: 3\n",
      line: "my.yaml:4:5: unknown key model.objective.zzzz. Known in model.objective: type, beta, rateWeight, delay, warmup.",
    },
    "an unknown key in a list": {
      text: "model:\n  encoder:\n    layers:\n      - {channels: 4, kernel: 3}\n      - {channels: 4, kernal: 3}\n",
      line: "my.yaml:5:23: unknown key model.encoder.layers.1.kernal (did you mean model.encoder.layers.1.kernel?); and 1 more. Known in model.encoder.layers.1: channels, kernel, stride, padding.",
    },
    "another word for the images' file": {
      text: "data: {folder: pics}\n",
      line: /^my\.yaml:1:8: unknown key data\.folder \(did you mean data\.file\?\).*\. Write data: \{file: "pics"\}: a folder or \.zip of images, an \.npy, \.npz or \.csv file\.$/,
    },
    "a key like no other": {
      text: "zzzzzzzz: 1\n",
      line: /^my\.yaml:1:1: unknown key zzzzzzzz\. Known at the top: name, seed/,
    },
    "a wrong type": {
      text: "training:\n  epochs: many\n",
      line: 'my.yaml:2:3: training.epochs: expected a number, found "many". Give a number.',
    },
    "a fraction for a whole number": {
      text: "training:\n  epochs: 1.5\n",
      line: "my.yaml:2:3: training.epochs: expected a whole number, found 1.5. Give a whole number.",
    },
    "an infinity": {
      text: "model: {objective: {gamma: .inf}}\n",
      line: /^my\.yaml:1:\d+: model\.objective\.gamma: expected a number, found Infinity\. /,
    },
    "a negative capacity": {
      text: "model:\n  objective:\n    capacity: -1\n",
      line: "my.yaml:3:5: model.objective.capacity: -1 is too small. Give a number of at least 0.",
    },
    "an unknown type of part": {
      text: "model:\n  channel:\n    type: gausian\n",
      line: 'my.yaml:3:5: model.channel.type: "gausian" is not known (did you mean gaussian?). Give one of gaussian, echo, iaf.',
    },
    "an unknown choice": {
      text: "model:\n  objective:\n    gap: sample\n",
      line: 'my.yaml:3:5: model.objective.gap: "sample" is not known. Give one of batch, image.',
    },
    "a value where keys belong": {
      text: "model: big\n",
      line: 'my.yaml:1:1: model: expected keys and values, found "big". Give keys and values.',
    },
    "two sources of data": {
      text: "data:\n  corridors: {}\n  file: x.csv\n",
      line: /^my\.yaml:1:1: data: name exactly one source of data: corridors, sprites, .*, file, codes; got corridors and file/,
    },
    "rows that end before they begin": {
      text: "split: {train: [5, 3], validation: [5, 8]}\n",
      line: /^my\.yaml:1:\d+: split\.train: the end of a range of rows is before its start/,
    },
    "an unknown preset": {
      text: "preset: burges\n",
      line: 'my.yaml:1:1: preset: "burges" is not known (did you mean burgess?). Give one of geometry, authors-code, burgess.',
    },
    "several mistakes: the first, and how many more": {
      text: "seed: -1\ntraining:\n  epochs: 0\n  batchSize: x\n",
      line: "my.yaml:1:1: seed: -1 is too small; and 2 more. Give a number of at least 0.",
    },
    "bad syntax": {
      text: "model:\n  objective: {capacity: 3\n",
      line: /^my\.yaml:\d:\d+: this is no valid YAML: /,
    },
    "a key given twice": {
      text: "seed: 1\nseed: 2\n",
      line: /^my\.yaml:\d:\d+: this is no valid YAML: Map keys must be unique/,
    },
    tabs: {
      text: "model:\n\tobjective: 1\n",
      line: /^my\.yaml:2:1: this is no valid YAML: /,
    },
    "an empty file": {
      text: "# nothing yet\n",
      line: "my.yaml: the file is empty. Begin with a preset, such as the line preset: geometry.",
    },
    "a list": {
      text: "- 1\n- 2\n",
      line: /^my\.yaml: expected keys and values, such as seed: 1, and found a list\. /,
    },
    "a sentence": {
      text: "train something\n",
      line: /^my\.yaml: expected keys and values, such as seed: 1, and found one value\. /,
    },
    "an avalanche of aliases": {
      text: `a: &a [1]\nb: &b [${"*a,".repeat(60)}]\nc: &c [${"*b,".repeat(60)}]\nd: [${"*c,".repeat(60)}]\n`,
      line: /^my\.yaml: Excessive alias count/,
    },
  };

  for (const [title, { text, line }] of Object.entries(CASES)) {
    it(title, () => {
      const message = refusal(text);
      if (typeof line === "string") expect(message).toBe(line);
      else expect(message).toMatch(line);
    });
  }

  it("a missing file, and a folder", () => {
    const folder = folderWith({});
    expect(messageOf(() => loadConfiguration(join(folder, "none.yaml")))).toMatch(
      /^none\.yaml: no such file/,
    );
    expect(messageOf(() => loadConfiguration(folder))).toMatch(/folder/);
  });
});

describe("--set path=value", () => {
  it("lays values over the file, the last one winning", () => {
    const { seed, training } = load(
      "seed: 1\ntraining: {epochs: 2}",
      "seed=5",
      "seed=6",
      "training.batchSize=8",
    );
    expect({ seed, ...training }).toMatchObject({ seed: 6, epochs: 2, batchSize: 8 });
  });

  it("reads values as YAML", () => {
    const { name, split, model, training } = load(
      "{seed: 1}",
      "name=3 nats",
      "split={train: [0, 10], validation: [10, 20], test: [20, 30]}",
      "model.encoder={type: dense, units: [64, 32]}",
      "training.evaluateEverySteps=1e2",
    );
    expect(name).toBe("3 nats");
    expect(split).toEqual({ train: [0, 10], validation: [10, 20], test: [20, 30] });
    expect(model.encoder).toEqual({ type: "dense", units: [64, 32], slope: 0.01 });
    expect(training.evaluateEverySteps).toBe(100);
  });

  it("tries a path that is unknown at the top under model", () => {
    expect(load("{seed: 1}", "objective.capacity=3")).toEqual(
      load("{seed: 1}", "model.objective.capacity=3"),
    );
  });

  it("reaches into lists, the default ones too", () => {
    const { encoder } = load("{seed: 1}", "encoder.layers.1.channels=7").model;
    const [first, second, third] = defaults.model.encoder.layers as object[];
    expect(encoder.layers).toEqual([first, { ...second, channels: 7 }, third]);
  });

  it("takes a setting away where nothing stands behind the equals sign", () => {
    expect(load("training: {steps: 10}", "training.steps=").training).not.toHaveProperty("steps");
  });

  it("with another type keeps of a part's settings those that the new one has", () => {
    const text =
      "model:\n  encoder: {type: dense, units: [3], slope: 0.2}\n  objective: {capacity: 3, rateWeight: 0.5}";
    const { encoder, objective } = load(text, "encoder.type=convolutional", "objective.type=beta").model;
    expect(encoder).toEqual({ ...defaults.model.encoder, slope: 0.2 });
    expect(objective).toEqual({ type: "beta", beta: 1, rateWeight: 0.5 });
  });

  it("with the type that is there already keeps everything", () => {
    const text = "model: {objective: {capacity: 3}}";
    expect(load(text, "objective.type=capacity")).toEqual(load(text));
  });

  it("with other data drops the old ones", () => {
    expect(load("data: {corridors: {samples: 5}}", "data.file=x.csv", "data.labels=1").data).toEqual({
      file: "x.csv",
      labels: 1,
    });
    expect(load("data: {file: x.csv, labels: 1}", "data.corridors.samples=9").data).toMatchObject({
      corridors: { samples: 9 },
    });
  });

  const REFUSED: Record<string, [override: string, line: string | RegExp]> = {
    "an unknown key": [
      "objective.capcity=3",
      /^--set objective\.capcity=3: unknown key model\.objective\.capcity \(did you mean model\.objective\.capacity\?\)/,
    ],
    "an unknown key at the top": ["sed=3", /^--set sed=3: unknown key sed \(did you mean seed\?\)/],
    "a wrong value": [
      "objective.capacity=-3",
      "--set objective.capacity=-3: model.objective.capacity: -3 is too small. Give a number of at least 0.",
    ],
    "no equals sign": [
      "objective.capacity",
      "--set objective.capacity: expected path=value. Write for instance --set model.objective.capacity=3.",
    ],
    "an empty key": ["objective..capacity=1", /expected path=value/],
    "a value that is no YAML": ["name=[1", /^--set name=\[1: the value is no valid YAML/],
    "a position that a list does not have": [
      "encoder.layers.3.channels=4",
      /^--set encoder\.layers\.3\.channels=4: model\.encoder\.layers is a list of 3, and has no entry 3\. Give an entry from 0 to 2/,
    ],
    "a key below a number": ["seed.x=1", /^--set seed\.x=1: seed: expected a number, found \{"x":1\}/],
    "an unknown preset": ["preset=x", /^--set preset=x: preset: "x" is not known\. Give one of geometry/],
    extends: ["extends=other.yaml", /^--set extends=other\.yaml: only a file can build on another/],
    "a key that every object has": ["constructor=1", /^--set constructor=1: unknown key constructor/],
  };
  for (const [title, [override, line]] of Object.entries(REFUSED)) {
    it(`names the override: ${title}`, () => {
      const message = refusal("name: fine\n", override);
      if (typeof line === "string") expect(message).toBe(line);
      else expect(message).toMatch(line);
    });
  }

  it("leaves the file's own mistakes to the file", () => {
    expect(refusal("sed: 1\n", "training.epochs=2")).toMatch(/^my\.yaml:1:1: unknown key sed/);
  });
});

describe("files that build on others", () => {
  it("hold over their base, and the base's preset", () => {
    const folder = folderWith({
      "base.yaml": "preset: burgess\nseed: 1\ntraining: {epochs: 9}\n",
      "runs/mine.yaml": "extends: ../base.yaml\nseed: 2\n",
    });
    const { configuration } = loadConfiguration(join(folder, "runs/mine.yaml"));
    expect(configuration).toMatchObject({
      seed: 2,
      training: { epochs: 9 },
      model: { objective: { gamma: 1000 } },
    });
    expect(configuration).not.toHaveProperty("extends");
    expect(configuration).not.toHaveProperty("preset");
  });

  it("extends may be an absolute path", () => {
    const folder = folderWith({ "base.yaml": "seed: 7\n" });
    const other = folderWith({
      "mine.yaml": `extends: ${JSON.stringify(join(folder, "base.yaml"))}\nname: mine\n`,
    });
    expect(loadConfiguration(join(other, "mine.yaml")).configuration).toMatchObject({
      seed: 7,
      name: "mine",
    });
  });

  it("name the file that holds the mistake", () => {
    const folder = folderWith({
      "base.yaml": "seed: 1\nsed: 1\n",
      "mine.yaml": "extends: base.yaml\nseed: 2\n",
    });
    expect(messageOf(() => loadConfiguration(join(folder, "mine.yaml")))).toMatch(
      /^base\.yaml:2:1: unknown key sed/,
    );
  });

  it("may not go round in a circle", () => {
    const folder = folderWith({ "a.yaml": "extends: b.yaml\n", "b.yaml": "seed: 1\nextends: a.yaml\n" });
    expect(messageOf(() => loadConfiguration(join(folder, "a.yaml")))).toMatch(
      /^b\.yaml:2:1: a\.yaml builds on this file, so this file cannot build on it/,
    );
  });
});

describe("the file of the data", () => {
  it("is looked for in the working folder, then beside the configuration", () => {
    const folder = folderWith({ "my.yaml": "data: {file: images.csv}", "images.csv": "0\n" });
    const { data } = loadConfiguration(join(folder, "my.yaml")).configuration;
    expect(data.file).toBe(join(folder, "images.csv"));
    // This repository's own package.json stands for a file that is in the working folder.
    expect(load("data: {file: package.json}").data.file).toBe("package.json");
    expect(load("data: {file: nowhere.csv}").data.file).toBe("nowhere.csv");
  });
});

describe("a resolved configuration", () => {
  it("takes overrides, as a resumed run does", () => {
    const longer = overrideConfiguration(defaults, ["training.epochs=12"]);
    expect(longer).toEqual({ ...defaults, training: { ...defaults.training, epochs: 12 } });
    expect(messageOf(() => overrideConfiguration(defaults, ["training.epoch=12"]))).toMatch(
      /^--set training\.epoch=12: unknown key training\.epoch \(did you mean training\.epochs\?\)/,
    );
  });
});

describe("a model of classifiers alone", () => {
  const HEADS = "heads: [{name: a, task: E2M1}]";

  it("has heads and no parts of an autoencoder, also over a file that has them", () => {
    const folder = folderWith({
      "base.yaml": "preset: burgess\nmodel: {channel: {dimensions: 3}}\ndata: {corridors: {samples: 500}}\n",
      "my.yaml": `extends: base.yaml\ndata: {codes: {file: codes.npz}}\nmodel: {type: classifier, ${HEADS}}\n`,
      "codes.npz": "",
    });
    const { configuration } = loadConfiguration(join(folder, "my.yaml"));
    expect(Object.keys(configuration.model)).toEqual(["type", "heads"]);
    expect(configuration.data).toEqual({ codes: { file: join(folder, "codes.npz"), array: "codes" } });
  });

  it("takes overrides of its heads, in full and shortened", () => {
    const text = `model: {type: classifier, ${HEADS}}`;
    const heads = (override: string) =>
      loadConfiguration(configurationFile(text), [override]).configuration.model.heads;
    expect(heads("heads.0.factor=3")).toEqual(heads("model.heads.0.factor=3"));
    expect(heads("heads.0.factor=3")[0]).toMatchObject({ name: "a", factor: 3 });
  });

  it.each([
    [
      "an unknown kind",
      `model: {type: clasifier, ${HEADS}}`,
      /model\.type: "clasifier" is not known \(did you mean classifier\?\)\. Give one of autoencoder, classifier\.$/,
    ],
    [
      "a part of an autoencoder",
      `model: {type: classifier, ${HEADS}, likelihood: {}}`,
      /model\.likelihood is a setting of model\.type=autoencoder, and here type is "classifier"\. Choose that type, with --set model\.type=autoencoder, or leave likelihood out\.$/,
    ],
    ["no heads", "model: {type: classifier}", /model\.heads is missing\. Give a list\.$/],
    ["an empty list of heads", "model: {type: classifier, heads: []}", /model\.heads: \[\] is too short/],
    [
      "a misspelt key of codes",
      "data: {codes: {fil: x}}",
      /unknown key data\.codes\.fil \(did you mean data\.codes\.file\?\)/,
    ],
  ])("is refused for %s", (_, text, line) => {
    expect(refusal(text)).toMatch(line);
  });
});
