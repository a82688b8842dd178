import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compareConfigurations } from "../../src/configuration/compare.js";
import { loadConfiguration, overrideConfiguration } from "../../src/configuration/load.js";
import { configurationSchema } from "../../src/configuration/schema.js";
import { encodeNpz } from "../../src/data/arrays/npz.js";
import { inSourceOrder } from "../../src/data/shuffle.js";
import { loadRemembering } from "../../src/data/sources/index.js";
import { aboutRun } from "../../src/training/about-run.js";
import { prepareExperiment } from "../../src/training/experiment.js";
import { folderWith, messageOf } from "../configuration/files.js";

const COUNT = 120;

/** Images of three classes, one behind the other, as a folder with a sub-folder for each class gives them. */
function classesInOrder(): string {
  const path = join(folderWith({}), "images.npz");
  writeFileSync(
    path,
    encodeNpz({
      images: {
        shape: [COUNT, 4, 4],
        data: Uint8Array.from({ length: COUNT * 16 }, (_, k) => Math.floor(k / 16)),
      },
      labels: {
        shape: [COUNT],
        data: Int32Array.from({ length: COUNT }, (_, k) => Math.floor((3 * k) / COUNT)),
      },
    }),
  );
  return path;
}

const SMALL = [
  "encoder={type: dense, units: [4]}",
  "decoder={type: dense, units: [4]}",
  "training.batchSize=8",
];
const load = (path: string, ...more: string[]) =>
  loadConfiguration(undefined, [`data.file=${path}`, ...SMALL, ...more]).configuration;
const classes = (labels: ArrayLike<number> | undefined) => [...new Set(Array.from(labels ?? []))].sort();

it("own images are shuffled before they are split, and the configuration and the manifest say so (D28)", () => {
  const configuration = load(classesInOrder());
  expect(configuration.split).toEqual({ order: "shuffled", seed: 0 });
  const experiment = prepareExperiment(configuration);
  for (const part of ["train", "validation", "test"] as const) {
    expect(classes(experiment.split[part].labels)).toEqual([0, 1, 2]);
  }
  expect(aboutRun(experiment, "cpu", 1).split).toEqual({
    order: "shuffled",
    seed: 0,
    by: experiment.dataset.labelNames,
    train: [0, 102],
    validation: [102, 111],
    test: [111, 120],
  });
  // Rows that are asked for as a whole have the source's order.
  expect(Array.from(inSourceOrder(experiment.dataset).labels!)).toEqual(
    Array.from({ length: COUNT }, (_, k) => Math.floor(k / 40)),
  );
});

it("a configuration from before, without an order, keeps its rows and its fingerprints", () => {
  const path = classesInOrder();
  const { split, ...rest } = load(path);
  const old = configurationSchema.parse(rest);
  const experiment = prepareExperiment(old);
  expect(classes(experiment.split.test.labels)).toEqual([2]);
  expect(experiment.split.test.fingerprint).toMatch(/^[0-9a-f]{64}:111-120$/);
  expect(overrideConfiguration(old, ["training.epochs=9"]).split).toBeUndefined();
  expect(compareConfigurations(old, load(path, "split.order=given"))).toEqual([]);
  expect(compareConfigurations(old, load(path)).map(({ key }) => key)).toEqual(["split.order", "split.seed"]);
});

it("given ranges are rows of the file, unless they are to be of the shuffled ones", () => {
  const path = classesInOrder();
  const ranges = "train: [0, 80], validation: [80, 100]";
  const given = load(path, `split={${ranges}}`);
  expect(given.split).not.toHaveProperty("order");
  expect(classes(prepareExperiment(given).split.test.labels)).toEqual([2]);
  const shuffled = load(path, `split={order: shuffled, seed: 4, ${ranges}}`);
  expect(classes(prepareExperiment(shuffled).split.test.labels)).toEqual([0, 1, 2]);
});

it("Corridors stay as they are drawn, and a sweep over data orders each as it needs", () => {
  const drawn = loadConfiguration(undefined, SMALL).configuration;
  expect(drawn.split).toBeUndefined();
  const other = overrideConfiguration(drawn, ["data.file=x.csv"]);
  expect(other.split).toEqual({ order: "shuffled", seed: 0 });
});

it("data that are remembered are arranged once, and never twice", () => {
  const path = classesInOrder();
  const remembered = loadRemembering(2);
  const [first, second, third] = [
    prepareExperiment(load(path), remembered),
    prepareExperiment(load(path, "seed=1"), remembered),
    prepareExperiment(load(path, "split.order=given"), remembered),
  ];
  expect(second!.dataset).toBe(first!.dataset);
  expect(classes(third!.split.test.labels)).toEqual([2]);
  expect(prepareExperiment(load(path)).split.test.images).toEqual(first!.split.test.images);
});

it("training images that are all equal are refused, though the others differ", () => {
  const path = join(folderWith({}), "constant.npz");
  const data = Uint8Array.from({ length: COUNT * 16 }, (_, k) => (k < 102 * 16 ? 7 : 9));
  writeFileSync(path, encodeNpz({ images: { shape: [COUNT, 4, 4], data } }));
  expect(messageOf(() => prepareExperiment(load(path, "split.order=given")))).toMatch(
    /constant\.npz: all 102 training images are equal/,
  );
  data[0] = 8;
  writeFileSync(path, encodeNpz({ images: { shape: [COUNT, 4, 4], data } }));
  expect(prepareExperiment(load(path, "split.order=given")).split.train.count).toBe(102);
});

it("a split without test rows trains, and who asks for them is told the key", () => {
  const { split } = prepareExperiment(
    load(classesInOrder(), "split={train: [0, 100], validation: [100, 120]}"),
  );
  expect(split.train.count).toBe(100);
  expect(messageOf(() => split.test)).toMatch(
    /images\.npz, split\.test: the split leaves no test rows: validation ends at row 120 of 120\. Choose the validation rows/,
  );
});

it.each([
  ["train: [0, 100], validation: [90, 110], test: [110, 120]", /the 10 rows 90 to 99 are in both/],
  ["train: [0, 100], validation: [100, 110], test: [99, 120]", /row 99 is in both split\.train \[0, 100\]/],
  // Without a range of its own the test is all behind the validation.
  [
    "train: [20, 90], validation: [30, 40]",
    /split\.train \[20, 90\] and split\.test \[40, 120\]\. Give ranges/,
  ],
])("training rows are not judged by half: %s", (ranges, message) => {
  const configuration = load(classesInOrder(), `split={${ranges}}`);
  expect(messageOf(() => prepareExperiment(configuration))).toMatch(message);
  // A run that was trained before this was refused can still be opened.
  const { warnings } = prepareExperiment(configuration, undefined, [], { isTrained: true });
  expect(warnings.length).toBeGreaterThan(0);
});

it("where all rows train and some of them are measured, a warning says so", () => {
  const warningsOf = (ranges: string) =>
    prepareExperiment(load(classesInOrder(), `split={${ranges}}`)).warnings;
  expect(warningsOf("train: [0, 100], validation: [100, 110]")).toEqual([]);
  expect(warningsOf("train: [0, 120], validation: [0, 20], test: [0, 120]")).toEqual([
    expect.stringMatching(
      /the 20 rows 0 to 19 are in both split\.train \[0, 120\] and split\.validation \[0, 20\]/,
    ),
    expect.stringMatching(/the 120 rows 0 to 119 are in both .*split\.test \[0, 120\]/),
  ]);
  expect(warningsOf("train: [20, 100], validation: [0, 20]")).toEqual([expect.stringMatching(/split\.test/)]);
});

it.each([
  [
    "split={train: [0, 100], validation: [120, 130]}",
    /split\.validation 120 to 130: no such rows: the data have 120/,
  ],
  ["split={train: [0, 130], validation: [0, 10]}", /split\.train 0 to 130: no such rows/],
  [
    "split={train: [0, 100], validation: [100, 110], test: [110, 121]}",
    /split\.test 110 to 121: no such rows/,
  ],
  ["split={train: [0, 100]}", /split\.validation: a range is missing/],
  ["split={test: [0, 100]}", /split\.train: a range is missing/],
  ["split={order: given, seed: 3}", /split\.seed: it has no meaning without order: shuffled/],
  ["split={order: random}", /split\.order: "random" is not known\. Give one of shuffled, given/],
])("%s names the key", (override, message) => {
  expect(messageOf(() => prepareExperiment(load(classesInOrder(), override)))).toMatch(message);
});
