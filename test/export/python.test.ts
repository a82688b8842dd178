import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { encodeNpy } from "../../src/data/arrays/index.js";
import { commandLine } from "../cli/narrows.js";
import { hasPython, runPython } from "./python.js";

// As a user has it: trained, exported and encoded by the command line, loaded by what PyPI has.

const { folder, narrows } = commandLine("export-python");
const training = { epochs: 1, batchSize: 16, evaluationBatchSize: 16, metricBatchSize: 16 };
const layers = [
  { channels: 4, kernel: 4, stride: 2, padding: 1 },
  { channels: 6, kernel: 3, stride: 2, padding: 1 },
];
const RUNS = {
  "baseline-c10-s0": { shape: [13, 13, 1], model: {} },
  echo: {
    shape: [14, 10, 1],
    model: {
      encoder: { type: "convolutional", layers },
      decoder: { type: "dense", units: [8] },
      channel: { type: "echo", dimensions: 4, terms: 9 },
      objective: { type: "beta" },
    },
  },
  dimension: {
    shape: [16, 12, 3],
    model: {
      encoder: { type: "convolutional", layers, normalise: "batch", slope: 0.2 },
      channel: { type: "gaussian", dimensions: 6 },
      decoder: {
        type: "stack",
        normalise: "batch",
        slope: 0.2,
        dense: [36],
        map: { size: [4, 3], channels: 3 },
        layers: [
          { channels: 5, kernel: 4, stride: 2, padding: 1 },
          { channels: 3, kernel: 4, stride: 2, padding: 1 },
        ],
      },
      likelihood: { type: "bernoulli" },
    },
  },
  dense: {
    shape: [6, 7, 2],
    model: { encoder: { type: "dense", units: [9] }, decoder: { type: "dense", units: [9] } },
  },
};

const succeeds = async (...args: string[]) => {
  const { status, stderr } = await narrows(...args);
  expect({ args, status, stderr }).toMatchObject({ status: 0 });
};

const CODE_BLOCK = /```python\n([\s\S]*?)```/g;
const docs = readFileSync(join(import.meta.dirname, "../../docs/models.md"), "utf8");
const blocks = [...docs.matchAll(CODE_BLOCK)].map(([, code]) => code!);

const hasRuntime = hasPython(["onnxruntime", "numpy"]);
const hasTorch = hasPython(["torch", "safetensors", "numpy"]);

describe.skipIf(!hasRuntime && !hasTorch)("what a run exports, in Python", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    for (const [name, { shape, model }] of Object.entries(RUNS)) {
      const count = 48;
      const data = Float32Array.from(
        { length: count * shape.reduce((size, extent) => size * extent) },
        (_, i) => 0.5 + 0.5 * Math.sin(i * i),
      );
      writeFileSync(join(folder, `${name}.npy`), encodeNpy({ shape: [count, ...shape], data }));
      writeFileSync(
        join(folder, `${name}.yaml`),
        stringify({
          name,
          data: { file: `${name}.npy` },
          model,
          training,
          split: { train: [0, 32], validation: [32, 48] },
        }),
      );
      await succeeds("train", `${name}.yaml`, "--run", name, "--threads", "1");
      await succeeds("encode", name, "--out", `${name}.npz`, "--mean");
      await succeeds("export", name, "--layout", "NCHW");
      await succeeds("export", name, "--to", "pytorch");
    }
  }, 120_000);

  test.skipIf(!hasRuntime)("onnxruntime gives the codes of narrows encode from images alone", () => {
    const printed = runPython(
      folder,
      `
import json, numpy, onnxruntime
off = {}
for name in ${JSON.stringify(Object.keys(RUNS))}:
    images = numpy.load(name + ".npy")
    codes = numpy.load(name + ".npz")["codes"]
    for path, given in [("runs/" + name, images), (name + "-onnx", images.transpose(0, 3, 1, 2).copy())]:
        mean, rate = onnxruntime.InferenceSession(path + "/encoder.onnx").run(["mean", "rate_nats"], {"images": given})
        decoded, = onnxruntime.InferenceSession(path + "/decoder.onnx").run(None, {"codes": mean})
        assert decoded.shape == given.shape and rate.shape == (len(images),)
        off[path] = float(abs(mean - codes).max())
print(json.dumps(off))
`,
    );
    const off = JSON.parse(printed) as Record<string, number>;
    expect(Object.keys(off)).toHaveLength(2 * Object.keys(RUNS).length);
    expect(Object.entries(off).filter(([, difference]) => !(difference < 1e-5))).toEqual([]);
  });

  test.skipIf(!hasTorch)("PyTorch gives them from the exported weights", () => {
    const printed = runPython(
      folder,
      `
import importlib.util, json, numpy, torch
off = {}
for name in ${JSON.stringify(Object.keys(RUNS))}:
    spec = importlib.util.spec_from_file_location("model", name + "-pytorch/model.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with torch.no_grad():
        model = module.load()
        images = torch.tensor(numpy.load(name + ".npy")).permute(0, 3, 1, 2)
        mean, spread = model.encode(images)
        codes = numpy.load(name + ".npz")["codes"]
        off[name] = float(abs(mean.numpy() - codes).max())
        assert model.decode(mean).shape == images.shape
        assert model.sample(mean, spread).shape == mean.shape
print(json.dumps(off))
`,
    );
    const off = JSON.parse(printed) as Record<string, number>;
    expect(Object.keys(off)).toEqual(Object.keys(RUNS));
    expect(Object.entries(off).filter(([, difference]) => !(difference < 1e-5))).toEqual([]);
  });

  test.skipIf(!hasRuntime || !hasTorch)("the Python of docs/models.md runs, and gives the same", () => {
    expect(blocks.length).toBeGreaterThanOrEqual(6);
    expect(existsSync(join(folder, "baseline-c10-s0-pytorch", "model.py"))).toBe(true);
    const isNear = (a: string, b: string) => `assert abs(${a} - ${b}).max() < 1e-5, "${a} and ${b}"`;
    runPython(
      folder,
      [
        "import sys",
        'sys.path.insert(0, "baseline-c10-s0-pytorch")',
        ...blocks,
        // What each block has left is compared with the others.
        'images = numpy.load("baseline-c10-s0.npy")',
        'known = numpy.load("baseline-c10-s0.npz")["codes"]',
        'mean, log_variance = encoder.run(["mean", "log_variance"], {"images": images})',
        'decoded, = decoder.run(None, {"codes": mean})',
        "with torch.no_grad():",
        "    given = torch.tensor(images).permute(0, 3, 1, 2)",
        "    theirs = [value.numpy() for value in baseline(given)]",
        "    ours = [value.numpy() for value in (*model.encode(given), model(given))]",
        isNear("mean", "known"),
        ...[0, 1].flatMap((k) => [
          isNear(`theirs[${k}]`, k === 0 ? "mean" : "log_variance"),
          isNear(`ours[${k}]`, `theirs[${k}]`),
        ]),
        isNear("theirs[2].transpose(0, 2, 3, 1)", "decoded"),
        isNear("ours[2]", "theirs[2]"),
        // Echo noise with one term is another image's centre, whatever the scales are.
        'echo = onnxruntime.InferenceSession("runs/echo/encoder.onnx")',
        'mean, rates = echo.run(["mean", "dimension_rate_nats"], {"images": numpy.load("echo.npy")})',
        "noise = (echo_codes(mean, rates, terms=1) - mean) * numpy.exp(rates)",
        "apart = abs(noise[:, None] - mean[None]).max(2)",
        "assert apart.min(1).max() < 1e-5 and (apart.argmin(1) != numpy.arange(len(mean))).all()",
      ].join("\n"),
    );
  });
});
