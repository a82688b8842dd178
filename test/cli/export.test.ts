import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InferenceSession } from "onnxruntime-node";
import { beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { readSafetensors } from "../../src/files/safetensors.js";
import { readParameterFile } from "../../src/torch/parameter-file.js";
import { TINY } from "../training/tiny.js";
import { commandLine, type Ended } from "./narrows.js";

const { folder, narrows } = commandLine("export");
const inFolder = (...path: string[]) => join(folder, ...path);
const training = { ...TINY.training, epochs: 1 };
const layers = [
  { channels: 3, kernel: 4, stride: 2, padding: 1 },
  { channels: 4, kernel: 3, stride: 2, padding: 1 },
];
const convolutional = { type: "convolutional", layers };
const RUNS = {
  conv: { model: { ...TINY.model, encoder: convolutional, decoder: convolutional } },
  heads: { model: { ...TINY.model, heads: [{ name: "upper", task: "xU <= xL" }] } },
  echo: {
    model: { ...TINY.model, channel: { type: "echo", dimensions: 2, terms: 9 }, objective: { type: "beta" } },
  },
  iaf: {
    model: {
      ...TINY.model,
      channel: { type: "iaf", dimensions: 2, flow: { steps: 1, hidden: [4] } },
      objective: { type: "beta" },
    },
  },
  vamp: {
    model: { ...TINY.model, marginal: { type: "vamp", pseudoInputs: 4 }, objective: { type: "beta" } },
  },
  classes: {
    model: {
      type: "classifier",
      encoder: { type: "dense", units: [6] },
      heads: [{ name: "upper", task: "xU", network: { type: "linear" } }],
    },
  },
};

/** What the export of `conv` printed. */
let exported: Ended;

beforeAll(async () => {
  for (const [name, changes] of Object.entries(RUNS)) {
    writeFileSync(inFolder(`${name}.yaml`), stringify({ ...TINY, ...changes, name, training }));
    const { status, stderr } = await narrows("train", `${name}.yaml`, "--run", name, "--threads", "1");
    expect({ name, status, stderr }).toMatchObject({ status: 0 });
  }
  exported = await narrows("export", "conv", "--layout", "NCHW", "--sampled", "--json");
});

const card = (out: string) => readFileSync(inFolder(out, "README.md"), "utf8");

test("ONNX files in the layout asked for, with a model card", async () => {
  const { status, stdout } = exported;
  expect(status).toBe(0);
  const { files, ...rest } = JSON.parse(stdout);
  expect(rest).toMatchObject({
    run: "conv",
    step: 11,
    to: "onnx",
    layout: "NCHW",
    out: "conv-onnx",
    leftOut: [],
  });
  expect(files).toEqual([
    {
      file: join("conv-onnx", "encoder.onnx"),
      inputs: ["images"],
      outputs: ["mean", "log_variance", "rate_nats", "dimension_rate_nats"],
    },
    { file: join("conv-onnx", "decoder.onnx"), inputs: ["codes"], outputs: ["images"] },
    {
      file: join("conv-onnx", "encoder-sampled.onnx"),
      inputs: ["images", "noise"],
      outputs: ["codes", "mean", "rate_nats"],
    },
    { file: join("conv-onnx", "README.md") },
  ]);
  const { inputMetadata } = await InferenceSession.create(inFolder("conv-onnx", "encoder.onnx"));
  expect(inputMetadata[0]).toMatchObject({ name: "images", shape: ["batch", 1, 13, 13] });

  const text = card("conv-onnx");
  const [, front] = /^---\n([\s\S]*?)\n---\n/.exec(text)!;
  expect(parse(front!)).toEqual({
    library_name: "onnx",
    pipeline_tag: "image-feature-extraction",
    tags: ["narrows", "onnx", "autoencoder", "rate-distortion"],
  });
  expect(text).toContain("`images` [batch, 1, 13, 13] -> `mean` [batch, 2]");
  const { rateNats, distortion } = JSON.parse((await narrows("show", "conv", "--json")).stdout).validation;
  expect(text).toContain(`| rate | ${rateNats.toFixed(3)} nats per image (upper-bound) |`);
  expect(text).toContain(`| distortion | ${distortion.toFixed(5)} squared error per pixel |`);
});

test("the file of the run says what it is, in its metadata and of each value", () => {
  const file = readFileSync(inFolder("runs", "conv", "encoder.onnx"), "latin1");
  for (const text of [
    "image_layout",
    "NHWC",
    "[13,13,1]",
    "[0, 1]",
    '["xU","xL"]',
    "upper-bound",
    "squared error per pixel",
    "[batch, height, width, channels], pixel values from 0 to 1",
  ]) {
    expect(file).toContain(text);
  }
  // The name of the run is in an export alone: the same training gives the same bytes under any name.
  const nameOfRun = "run\u0012\u0004conv";
  expect(readFileSync(inFolder("conv-onnx", "encoder.onnx"), "latin1")).toContain(nameOfRun);
  expect(file).not.toContain(nameOfRun);
});

test("the weights for PyTorch have its names and layouts, and Narrows reads them back", async () => {
  expect((await narrows("export", "conv", "--to", "pytorch")).status).toBe(0);
  const file = inFolder("conv-pytorch", "model.safetensors");
  const shapes = [...readSafetensors(file).tensors].map(([name, { shape }]) => [name, [...shape]]);
  expect(Object.fromEntries(shapes)).toEqual({
    "encoder.0.weight": [3, 1, 4, 4],
    "encoder.0.bias": [3],
    "encoder.2.weight": [4, 3, 3, 3],
    "encoder.2.bias": [4],
    "fc_mu.weight": [2, 36],
    "fc_mu.bias": [2],
    "fc_var.weight": [2, 36],
    "fc_var.bias": [2],
    "decoder_input.weight": [36, 2],
    "decoder_input.bias": [36],
    "decoder.0.weight": [4, 3, 3, 3],
    "decoder.0.bias": [3],
    "decoder.2.weight": [3, 1, 4, 4],
    "decoder.2.bias": [1],
  });
  const checkpoints = inFolder("runs", "conv", "checkpoints");
  const newest = readdirSync(checkpoints).sort().at(-1)!;
  const { parameters } = readParameterFile(file, []);
  const own = readParameterFile(join(checkpoints, newest), []).parameters;
  expect(new Map([...parameters].sort())).toEqual(new Map([...own].sort()));
});

test("heads and classifiers come too", async () => {
  const written = async (...args: string[]) => {
    const { files } = JSON.parse((await narrows("export", ...args, "--json")).stdout);
    return files.map(({ file, outputs }: { file: string; outputs?: string[] }) => [file, outputs]);
  };
  expect(await written("heads")).toContainEqual([join("heads-onnx", "heads.onnx"), ["upper"]]);
  expect(existsSync(inFolder("runs", "heads", "heads.onnx"))).toBe(true);
  expect(await written("classes")).toEqual([
    [join("classes-onnx", "heads.onnx"), ["upper"]],
    [join("classes-onnx", "features.onnx"), ["features"]],
    [join("classes-onnx", "README.md"), undefined],
  ]);
  expect(await written("classes", "--to", "pytorch")).toHaveLength(3);
  expect(card("classes-pytorch")).toMatch(/\| accuracy of upper \| 0\.\d{4}, F1 0\.\d{4} \|/);
  // Every file of the run is one that its checksums know.
  expect((await narrows("check", "classes", "heads")).status).toBe(0);
  expect((await narrows("rm", "classes", "--yes")).status).toBe(0);
});

test("a marginal that is learnt is left out of a module, and the rate with it", async () => {
  const { status, stderr } = await narrows("export", "vamp", "--to", "pytorch");
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: "warning: not exported: the marginal vamp, and with it the rate: --to onnx --sampled has it\n",
  });
  expect(card("vamp-pytorch")).toContain("Not in these files: the marginal vamp");
  expect(readFileSync(inFolder("vamp-pytorch", "model.py"), "utf8")).not.toContain("rate_nats");
});

test.each([
  [["echo", "--sampled"], /^narrows: --sampled: the noise of channel echo is made of other images/],
  [["heads", "--to", "pytorch", "--sampled"], /^narrows: --sampled: a module of PyTorch draws codes itself/],
  [["heads", "--to", "pytorch", "--layout", "NHWC"], /^narrows: --layout NHWC: images are NCHW in PyTorch/],
  [["iaf", "--to", "pytorch"], /^narrows: model\.channel: an autoregressive flow \(iaf\) .* --to onnx\.\n$/],
  [["none"], /^narrows: none: no such run/],
  [["heads", "--to", "tensorflow"], /onnx, pytorch/],
])("%j is refused in one line", async (args, line) => {
  const { status, stderr } = await narrows("export", ...args, "--out", "refused");
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(line) });
  expect(stderr.trimEnd()).not.toContain("\n");
  expect(existsSync(inFolder("refused"))).toBe(false);
});

test("no file is replaced without --force", async () => {
  expect((await narrows("export", "echo", "--out", "kept")).status).toBe(0);
  const again = await narrows("export", "echo", "--out", "kept");
  expect(again).toMatchObject({ status: 2, stderr: expect.stringMatching(/encoder\.onnx: the file exists/) });
  expect((await narrows("export", "echo", "--out", "kept", "--force")).status).toBe(0);
});
