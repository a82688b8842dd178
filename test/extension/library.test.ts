import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { afterAll, expect, test } from "vitest";
import * as z from "zod";
import { configurationJsonSchema } from "../../src/configuration/json-schema.js";
import { loadConfiguration } from "../../src/configuration/load.js";
import type { Dataset } from "../../src/data/dataset.js";
import { asDataset } from "../../src/data/fingerprint.js";
import { type DatasetSpec, loadDataset } from "../../src/data/sources/index.js";
import { defineSource } from "../../src/data/sources/source.js";
import { createTrainable } from "../../src/model/kinds.js";
import { createModel } from "../../src/model/model.js";
import { defineMetric } from "../../src/model/own-metric.js";
import { definePart, type PartKind, type PartKinds } from "../../src/model/part.js";
import type { Marginal } from "../../src/model/parts.js";
import { modelSchemas } from "../../src/model/schema.js";
import { partsWith } from "../../src/model/slots.js";
import { Scope } from "../../src/nn/scope.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { createRun, openRun } from "../../src/runs/run.js";
import { multiply } from "../../src/tensor/index.js";
import { square } from "../../src/tensor/operations/elementwise.js";
import { mean, sumOver } from "../../src/tensor/operations/reduce.js";
import { constant, type Tensor } from "../../src/tensor/tensor.js";
import { aboutRun } from "../../src/training/about-run.js";
import { prepareExperiment } from "../../src/training/experiment.js";
import { loadTrainedRun } from "../../src/training/trained-run.js";
import { trainInRun } from "../../src/training/training-run.js";
import { blocksOf } from "../docs/blocks.js";

// Parts that a program gives as they are, without a file.

const ridge = definePart({
  kind: "regularizer",
  type: "ridge",
  about: "mean square of the code",
  settings: { weight: z.number().nonnegative().default(0.5).describe("its factor in the loss") },
  make: ({ weight }) => ({ penalty: (_, code) => multiply(mean(square(code)), weight) }),
});
const twiceTheRate = defineMetric({
  name: "twiceTheRate",
  label: "twice the rate",
  unit: "nats",
  measure: (_, { rateNats }) => multiply(rateNats, 2),
});
const dots = defineSource({
  name: "dots",
  about: "one bright pixel",
  options: z.strictObject({ size: z.int().positive().default(3) }),
  load: ({ size }) =>
    asDataset("dots", {
      count: size ** 2 * 40,
      imageShape: [size, size, 1],
      images: Uint8Array.from({ length: size ** 4 * 40 }, (_, i) => Number(i % (size ** 2 + 1) === 0)),
      scale: 1,
      labels: undefined,
      labelNames: [],
    }),
});
const parts = [ridge, twiceTheRate, dots];

test("createModel takes parts of one's own, and refuses a type that is not among them", () => {
  const settings = modelSchemas(partsWith(parts)).autoencoder.parse({
    encoder: { type: "dense" },
    decoder: { type: "dense" },
    regularizers: [{ type: "ridge" }],
  });
  expect(settings.regularizers).toEqual([{ type: "ridge", weight: 0.5 }]);
  expect(createModel(settings, [4, 4, 1], { parts }).ownMetrics).toEqual([twiceTheRate]);
  expect(() => createModel(settings, [4, 4, 1])).toThrow('there is no regularizer of type "ridge"');
});

/** A part without settings. */
const plainPart = <Kind extends PartKind>(kind: Kind, type: string, made: PartKinds[Kind]) =>
  definePart({ kind, type, about: type, settings: {}, make: () => made });
const each = (code: Tensor) => sumOver(code, [1]);
const marginalOf = (logDensity: (code: Tensor) => Tensor): Marginal => ({
  prices: "code",
  logDensity: (_, code) => logDensity(code),
  sample: (_, count, dimensions) => constant(0, [count, dimensions]),
});

test.each([
  [
    "regularizers=[{type: bad}]",
    plainPart("regularizer", "bad", { penalty: (_, code) => each(code) }),
    "regularizer bad: its penalty gives a tensor of shape [50], and a scalar is wanted",
  ],
  [
    "marginal.type=bad",
    plainPart(
      "marginal",
      "bad",
      marginalOf((code) => code),
    ),
    "marginal bad: its logDensity gives a tensor of shape [50, 3], and [50] is wanted",
  ],
  [
    "encoder.type=bad",
    plainPart("encoder", "bad", { encode: (_, images) => images }),
    "encoder bad: its encode gives a tensor of shape [50, 3, 3, 1], and [50, F] is wanted",
  ],
  [
    "decoder.type=bad",
    plainPart("decoder", "bad", { decode: (_, code) => code }),
    "decoder bad: its decode gives a tensor of shape [50, 3], and [50, 9] is wanted",
  ],
  [
    "decoder.type=none",
    plainPart("decoder", "none", { decode: () => undefined as unknown as Tensor }),
    "decoder none: its decode gives no tensor, and [50, 9] is wanted",
  ],
  [
    "encoder.type=dense",
    defineMetric({ name: "bad", label: "bad", measure: (_, { code }) => code }),
    "metric bad: its measure gives a tensor of shape [50, 3], and [50] is wanted",
  ],
])("a part of the wrong shape is named, with the shapes: %s", (override, part, message) => {
  const given = [dots, part];
  const { configuration } = loadConfiguration(
    undefined,
    ["data={dots: {size: 3}}", "encoder.type=dense", "decoder.type=dense", "channel.dimensions=3", override],
    undefined,
    { parts: given },
  );
  const imageShape = [3, 3, 1] as const;
  const model = createTrainable(configuration.model, imageShape, { parts: given });
  const scope = new Scope();
  const run = () => {
    const pass = model.measure(scope, scope.batch("images", [50, ...imageShape]), "training");
    return model.judge(scope, pass, "training");
  };
  expect(run).toThrow(message);
});

test("a configuration may name them: loadConfiguration and prepareExperiment are given the same", () => {
  const { configuration } = loadConfiguration(
    undefined,
    ["data={dots: {size: 3}}", "encoder.type=dense", "decoder.type=dense", "regularizers=[{type: ridge}]"],
    undefined,
    { parts },
  );
  const { model, dataset } = prepareExperiment(configuration, undefined, parts);
  expect(dataset.name).toBe("dots");
  expect(model.ownMetrics.map(({ name }) => name)).toEqual(["twiceTheRate"]);
  expect(() => loadConfiguration(undefined, ["regularizers=[{type: ridge}]"])).toThrow("ridge");
});

const ROOT = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "narrows-extending-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("the example of docs/extending.md trains, saves and loads with a part that is given as it is", () => {
  const page = "docs/extending.md";
  const block = blocksOf(page, readFileSync(join(ROOT, page), "utf8")).find(({ lines }) =>
    lines.some((line) => line.includes("loadTrainedRun")),
  )!;
  const built = (text: string) => transformSync(text, { loader: "ts", format: "esm" }).code;
  const example = readFileSync(join(ROOT, "examples/parts/sparse-regularizer.ts"), "utf8");
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules/narrows"));
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  writeFileSync(join(folder, "sparse-regularizer.js"), built(example));
  writeFileSync(join(folder, "program.js"), built(block.lines.join("\n")));
  writeFileSync(
    join(folder, "my.yaml"),
    "data: { corridors: { samples: 200 } }\nmodel:\n  encoder: { type: dense, units: [4] }\n" +
      "  decoder: { type: dense, units: [4] }\n  regularizers: [{ type: sparse }]\ntraining: { steps: 4 }\n",
  );
  const { stdout, stderr } = spawnSync(process.execPath, ["program.js"], { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^mine: loss \d/);
});

test("a run of parts that were given as they are is loaded with them, and without them says which is missing", async () => {
  const { configuration } = loadConfiguration(
    undefined,
    [
      "data={dots: {size: 3}}",
      "encoder={type: dense, units: [4]}",
      "decoder={type: dense, units: [4]}",
      "regularizers=[{type: ridge}]",
      "training.steps=2",
    ],
    undefined,
    { parts },
  );
  const experiment = prepareExperiment(configuration, undefined, parts);
  const device = await nodeDevice("cpu", 1);
  const about = aboutRun(experiment, device.name, device.threads);
  await trainInRun(createRun(folder, "own", about), experiment, device);
  const run = openRun(folder, "own");
  expect(loadTrainedRun(run, { parts }).state.step).toBe(2);
  expect(() => loadTrainedRun(run, { parts: [dots, twiceTheRate] })).toThrow(
    /own: its model\.regularizers\.0\.type is "ridge", which is no part of Narrows, and its own is not given\. Give it in a program: loadTrainedRun/,
  );
  expect(() => loadTrainedRun(run, { parts: [ridge] })).toThrow(
    /own: its data are of "dots", which is no part/,
  );
});

test("the schema for editors has them, with what they say of themselves", () => {
  const schema = JSON.stringify(configurationJsonSchema(parts));
  expect(schema).toContain('"const":"ridge"');
  expect(schema).toContain("its factor in the loss");
  expect(schema).toContain("one bright pixel");
  expect(JSON.stringify(configurationJsonSchema())).not.toContain("ridge");
});

test.each([
  [{ scale: undefined }, "scale: undefined is no factor. Give what a pixel's number is multiplied by"],
  [{ count: 21 }, "images: 320 numbers for 21 x 4 x 4 x 1 images. Give 336 numbers"],
  [{ count: 0 }, "count: 0 is no number of images"],
  [{ imageShape: [4, 4] }, "imageShape: [4,4] is no shape. Give [height, width, channels]"],
  [{ images: Array.from({ length: 320 }).fill(0) }, "images: they are of no type that is read"],
  [{ images: new Uint8Array(320).fill(200) }, "images: a pixel is 200 times the scale 1, and pixels are"],
  [{ images: Uint8Array.from({ length: 320 }, (_, k) => (k === 317 ? 2 : 1)) }, "images: a pixel is 2 times"],
  [{ images: new Uint8Array(321).fill(9, 320).subarray(1) }, "images: a pixel is 9 times"],
  [{ images: new Float32Array(320).fill(Number.NaN) }, "images: a pixel is NaN times the scale 1"],
  [{ labels: new Float64Array(39) }, "labels: 39 numbers for 20 images with 2 labels. Give 40"],
  [{ labels: undefined }, "labels: no numbers for 20 images with 2 labels. Give 40"],
  [{ labels: new Float64Array(40).fill(Number.NaN) }, "labels of image 0: a label of NaN"],
  [{ labelNames: undefined }, "labelNames: undefined is no list"],
])("what a source gives is looked at, field by field: %o", (changes, message) => {
  const table = {
    count: 20,
    imageShape: [4, 4, 1] as const,
    images: new Uint8Array(320),
    scale: 1,
    labels: new Float64Array(40),
    labelNames: ["a", "b"],
  };
  expect(asDataset("rows", table).count).toBe(20);
  // As a program in JavaScript may give it.
  const given = { ...table, ...changes } as unknown as typeof table;
  expect(() => asDataset("rows", given)).toThrow(`rows, ${message}`);
  // A source may do without asDataset.
  const load = () => ({ ...given, name: "rows", fingerprint: "0" });
  const rows = defineSource({ name: "rows", about: "rows", options: z.strictObject({}), load });
  const spec = { rows: {} } as unknown as DatasetSpec;
  expect(() => loadDataset(spec, undefined, [rows])).toThrow(`data rows, ${message}`);
});

test("codes are any finite numbers, and a source that returns no data set is named", () => {
  const codes = (images: number[]) =>
    asDataset("z", {
      count: 2,
      imageShape: [1, 1, 2],
      images: Float32Array.from(images),
      scale: 1,
      labels: undefined,
      labelNames: [],
    });
  expect(codes([-3, 0, 2, 1e9]).count).toBe(2);
  expect(() => codes([0, 0, 0, Number.POSITIVE_INFINITY])).toThrow("z, images: a number is Infinity");
  const load = () => undefined as unknown as Dataset;
  const none = defineSource({ name: "none", about: "nothing", options: z.strictObject({}), load });
  expect(() => loadDataset({ none: {} } as unknown as DatasetSpec, undefined, [none])).toThrow(
    "data none: its load returns no data set. Return what asDataset gives",
  );
});

test("a source may not take the name of a key that there is", () => {
  const taken = { ...dots, name: "mnist", shape: { mnist: z.string().optional() } };
  expect(() => loadConfiguration(undefined, [], undefined, { parts: [taken] })).toThrow(
    "there is a key data.mnist already",
  );
});
