import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { TINY } from "../training/tiny.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("layers");
const layers = (...args: string[]) => narrows("measure", "layers", ...args, "--threads", "1");
const json = async (...args: string[]) => {
  const { status, stdout, stderr } = await layers(...args, "--json");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
};
const NAMES = ["input", "encoder.0", "mean", "code", "decoder.0", "output"];

beforeAll(async () => {
  const training = { ...TINY.training, snapshotEpochs: [0, 2] };
  const train = async (name: string, seed: number, config: object) => {
    writeFileSync(join(folder, "tiny.yaml"), stringify({ ...config, seed }));
    expect((await narrows("train", "tiny.yaml", "--threads", "1", "--run", name)).status).toBe(0);
  };
  await train("a", 0, { ...TINY, training });
  await train("b", 1, TINY);
  await train("other", 0, { ...TINY, data: { corridors: { samples: 500 } } });
});

test("every layer of the newest checkpoint, as JSON and as a table", async () => {
  const result = await json("a", "--split", "train");
  expect(result).toMatchObject({ run: "a", split: "train", images: 340, newestStep: 33 });
  const [{ step, layers: measured }] = result.moments;
  expect(step).toBe(33);
  expect(measured.map(({ name }: { name: string }) => name)).toEqual(NAMES);
  expect(measured[0]).toMatchObject({
    features: 169,
    points: 340,
    duplicates: 0,
    toInput: { imbalance: 2 / 340 },
    dimension: { fit: expect.any(Number), linkedError: expect.any(Number) },
  });
  expect(measured[2]).toMatchObject({ name: "mean", features: 2, forward: null });
  expect(measured[3].forward.imbalance).toBeLessThan(1);
  expect(measured[5]).toMatchObject({ forward: null, backward: null, toOutput: { imbalance: 2 / 340 } });
  const { status, stdout } = await layers("a", "--split", "train", "--layers", "input,code");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^a: 340 images of train\n\nnewest checkpoint, step 33\nlayer +features +dimension/);
  expect(stdout).toMatch(/\ninput +169 +\d+\.\d\d +\d\.\d\d +\d+\.\d\d +0\.0059 /);
});

test("at snapshots, all of them or some; the input does not learn", async () => {
  const { moments } = await json(
    "a",
    "--epochs",
    "all",
    "--split",
    "train",
    "--rows",
    "100",
    "--layers",
    "input,code",
  );
  expect(moments.map(({ epoch, step }: { epoch: number; step: number }) => [epoch, step])).toEqual([
    [0, 0],
    [2, 22],
  ]);
  const [before, after] = moments.map((moment: { layers: unknown[] }) => moment.layers);
  expect(before[0].dimension).toEqual(after[0].dimension);
  expect(before[1].dimension).not.toEqual(after[1].dimension);
  expect((await json("a", "--epochs", "2", "--layers", "code")).moments).toHaveLength(1);
});

test("two runs on the same images tell how much their layers know of each other", async () => {
  const result = await json("a", "b", "--split", "train", "--layers", "input,code");
  expect(result.pairs.map(({ a, b }: { a: string; b: string }) => [a, b])).toEqual([
    ["input", "input"],
    ["input", "code"],
    ["code", "input"],
    ["code", "code"],
  ]);
  expect(result.pairs[0]).toMatchObject({ aToB: 2 / 340, bToA: 2 / 340 });
  const { stdout } = await layers("a", "b", "--split", "train", "--layers", "code");
  expect(stdout).toMatch(
    /^A a, B b: 340 images of train\n\nA +B +A -> B +B -> A\ncode +code +\d\.\d{4} +\d\.\d{4}\n/,
  );
});

test.each([
  ["dimension", [], /^run,source,layer,dimension,/],
  ["input", ["--epochs", "all"], /^epoch,source,layer,imbalance,/],
  ["relative", [], /^run,/],
  ["plane", [], /^series,source,label,aToB,/],
])("figure layers --of %s", async (of, more, header) => {
  const args = [
    "layers",
    "a",
    ...(more.length > 0 ? [] : ["b"]),
    "--of",
    of,
    "--split",
    "train",
    "--rows",
    "80",
  ];
  const csv = `${of}.csv`;
  const { status, stderr } = await narrows("figure", ...args, ...more, "--threads", "1", "--out", csv);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(readFileSync(join(folder, csv), "utf8")).toMatch(header);
  expect((await narrows("figure", ...args, ...more, "--threads", "1", "--out", `${of}.png`)).status).toBe(0);
});

test("several runs are not drawn over epochs", async () => {
  const { status, stderr } = await narrows(
    "figure",
    "layers",
    "a",
    "b",
    "--epochs",
    "all",
    "--out",
    "no.svg",
  );
  expect(status).toBe(2);
  expect(stderr).toMatch(/^narrows: a, b: several runs are drawn at their newest checkpoints/);
});

test.each([
  [
    ["a", "--layers", "cod"],
    /^narrows: layer cod: the model has no such layer\. Did you mean code\? Its layers are/,
  ],
  [
    ["a", "--epochs", "7"],
    /^narrows: a, epoch 7: there is no such snapshot\. There are those of epochs 0, 2\.\n$/,
  ],
  [["b", "--epochs", "all"], /^narrows: b, all epochs: the run keeps no snapshots\. Measure the newest/],
  [["a", "--rows", "2"], /^narrows: --rows 2: 2 is too small\. Give a number of at least 3/],
  [["a", "--rows", "999"], /^narrows: a, 999 rows: there are 30 images of test/],
  [["a", "b", "--epochs", "2"], /^narrows: --epochs: two runs are compared at their newest checkpoints/],
  [["a", "other"], /^narrows: a and other: they are of different images/],
])("%j is refused in one line", async (args, line) => {
  const { status, stdout, stderr } = await layers(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd()).not.toContain("\n");
});
