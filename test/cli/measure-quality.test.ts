import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { writeArray } from "../../src/data/arrays/index.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { TINY } from "../training/tiny.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("quality");
const quality = (...args: string[]) => narrows("measure", "quality", ...args, "--threads", "1");
const json = async (...args: string[]) => {
  const { status, stdout, stderr } = await quality(
    ...args,
    "--json",
    "--blocks",
    "10",
    "--projections",
    "20",
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
};

beforeAll(async () => {
  const stream = new PhiloxStream(0, "quality");
  const save = (name: string, shift: number) =>
    writeArray(join(folder, name), {
      shape: [300, 4],
      data: Float64Array.from({ length: 1200 }, () => stream.normal() + shift),
    });
  save("x.npy", 0);
  save("y.npy", 0);
  save("far.npy", 2);
  const data = { corridors: { samples: 600 } };
  const classifier = {
    name: "eyes",
    data,
    model: {
      type: "classifier",
      encoder: { type: "convolutional", layers: [{ channels: 4, kernel: 4 }], dense: [6] },
      heads: [{ name: "upper", task: "xU", network: { type: "linear" } }],
    },
    training: { epochs: 1, batchSize: 32 },
  };
  writeFileSync(join(folder, "eyes.yaml"), stringify(classifier));
  writeFileSync(join(folder, "tiny.yaml"), stringify({ ...TINY, data }));
  for (const [file, run] of [
    ["eyes.yaml", "eyes"],
    ["tiny.yaml", "a"],
  ] as const)
    expect((await narrows("train", file, "--threads", "1", "--run", run)).status).toBe(0);
});

test("anyone's arrays, as JSON and as a table: far ones are further than near ones", async () => {
  const [near, far] = [
    await json("--codes", "x.npy", "--reference", "y.npy"),
    await json("--codes", "far.npy", "--reference", "y.npy"),
  ];
  expect(near).toMatchObject({ features: "the numbers as given", codes: "x.npy", reference: "y.npy" });
  const [a, b] = [near.pairs[0], far.pairs[0]];
  expect(a.samples).toEqual({ made: 300, real: 300 });
  // Four dimensions moved by 2: the means alone make 16.
  expect(b.frechet.meanTerm).toBeCloseTo(16, -1);
  expect(a.frechet.distance).toBeLessThan(0.3);
  expect(b.kernel.distance).toBeGreaterThan(a.kernel.distance + 1);
  expect(b.slicedWasserstein.w1).toBeGreaterThan(0.5);
  const { stdout } = await quality("--codes", "x.npy", "--reference", "x.npy");
  expect(stdout).toMatch(/^on the numbers as given\n\nmade +images +Fréchet .*\nx\.npy +300 +\S+ /);
});

test("a run's reconstructions and samples, on features of a classifier or of its export", async () => {
  const result = await json("a", "--classifier", "eyes");
  expect(result.features).toMatch(/classifier .*run eyes/);
  expect(result.pairs.map(({ name }: { name: string }) => name)).toEqual(["reconstructions", "samples"]);
  const exported = await json("a", "--onnx", "runs/eyes/features.onnx");
  const [ours, theirs] = [result.pairs[0].frechet.distance, exported.pairs[0].frechet.distance];
  // The export sees images in bytes.
  expect(Math.abs(theirs / ours - 1)).toBeLessThan(0.05);
});

test.each([
  [
    ["a", "--codes", "x.npy", "--reference", "y.npy"],
    /^narrows: a, --codes, --reference: a run and arrays are both given/,
  ],
  [["--codes", "x.npy"], /^narrows: images: neither a run nor both --codes and --reference are given/],
  [["a", "--classifier", "a"], /^narrows: .*a: it is an autoencoder, which has no features of classes/],
  [
    ["a", "--classifier", "eyes", "--onnx", "f.onnx"],
    /^narrows: --classifier, --onnx: two kinds of features/,
  ],
  [
    ["--codes", "x.npy", "--reference", "y.npy", "--classifier", "eyes"],
    /^narrows: images for features: an array of shape \[300, 4\]/,
  ],
  [["a", "--onnx", "none.onnx"], /^narrows: none\.onnx: ONNX Runtime cannot open this model/],
  [["a", "--onnx", "none.onnx", "--range", "1"], /^narrows: --range 1: this is not a low and a high number/],
  [["a", "--rows", "9999"], /^narrows: a, 9999 rows: there are 45 test images/],
])("%j is refused in one line", async (args, line) => {
  const { status, stdout, stderr } = await quality(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd()).not.toContain("\n");
});
