import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { writeArray } from "../../src/data/arrays/index.js";
import { completeGrid, noise } from "../disentanglement/constructed.js";
import { TINY } from "../training/tiny.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("disentanglement");
const measure = (...args: string[]) => narrows("measure", ...args);
const json = async (...args: string[]) => {
  const { status, stdout, stderr } = await measure(...args, "--json");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
};
const save = (name: string, shape: readonly number[], values: ArrayLike<number>) =>
  writeArray(join(folder, name), { shape, data: Float64Array.from(values) });

const grid = completeGrid([3, 4, 5]);
save("F.npy", grid.shape, grid.data);
save(
  "C.npy",
  [60, 4],
  Array.from({ length: 240 }, (_, k) => (k % 4 < 3 ? grid.data[Math.floor(k / 4) * 3 + (k % 4)] : 1)),
);
save("noise.csv", [60, 3], noise(60, 3).coordinates);
const both = ["--codes", "C.npy", "--labels", "F.npy"];
const FEW_VOTES = ["--votes", "300", "--evaluation-votes", "200"];

test("mig: anyone's codes, as JSON and as a table (M3)", async () => {
  const measured = await json("mig", ...both);
  expect(measured).toMatchObject({
    definition: "M3",
    codes: "C.npy",
    mig: expect.closeTo(1, 12),
    samples: 60,
    bins: 20,
    seed: 0,
  });
  expect(measured.informationNats).toHaveLength(4);
  expect(measured.byFactor[2]).toMatchObject({ factor: "2", gap: expect.closeTo(1, 12), dimension: 2 });
  expect(measured.byFactor[2].entropyNats).toBeCloseTo(Math.log(5), 12);
  expect(await json("mig", ...both, "--bins", "2", "--rows", "50", "--seed", "3")).toMatchObject({
    samples: 50,
    bins: 2,
  });
  const table = await measure("mig", ...both);
  expect(table).toMatchObject({ status: 0, stderr: "" });
  expect(table.stdout).toMatch(
    /^MIG 1\.0000: mean gap of 3 factors \(60 samples, 20 bins\)\n\nfactor +entropy, nats/,
  );
  expect(table.stdout).toMatch(/\n +1 +1\.3863 +1 +1\.3863 +0 +0\.0000 +1\.0000\n/);
});

test("factor-vae: anyone's codes, as JSON and as a table (M4)", async () => {
  const measured = await json("factor-vae", ...both, ...FEW_VOTES);
  expect(measured).toMatchObject({
    definition: "M4",
    score: 1,
    activeDimensions: [0, 1, 2],
    factorOfDimension: ["0", "1", "2", null],
    factors: ["0", "1", "2"],
    notes: [],
    rowsPerVote: 64,
    seed: 0,
  });
  expect(measured.votes.flat().reduce((sum: number, count: number) => sum + count)).toBe(300);
  const table = await measure("factor-vae", ...both, ...FEW_VOTES);
  expect(table.stdout).toMatch(/^FactorVAE score 1\.0000; by chance 0\.3333; active dimensions: 3 of 4\n/);
  const idle = await measure("factor-vae", ...both, "--active-deviation", "50", "--json");
  expect(JSON.parse(idle.stdout)).toMatchObject({ score: 0, activeDimensions: [] });
  expect(idle.stderr).toBe("warning: no dimension has a standard deviation of at least 50: the score is 0\n");
});

test("total-correlation: anyone's codes; infinite is a word (I2)", async () => {
  save("correlated.npy", [4, 2], [0, 0, 1, 2, 2, 1, 3, 3]);
  const measured = await json("total-correlation", "--codes", "correlated.npy");
  expect(measured).toMatchObject({
    definition: "I2",
    units: "nats",
    samples: 4,
    dimensions: 2,
    constantDimensions: [],
  });
  expect(measured.totalCorrelationNats).toBeCloseTo(-Math.log(0.36) / 2, 12);
  save("singular.npy", [4, 3], [0, 0, 5, 1, 2, 5, 2, 4, 5, 3, 6, 5]);
  const singular = await measure("total-correlation", "--codes", "singular.npy", "--json");
  expect(JSON.parse(singular.stdout)).toMatchObject({
    totalCorrelationNats: "Infinity",
    dependentDimension: 1,
    constantDimensions: [2],
  });
  expect(singular.stderr).toMatch(
    /^warning: singular\.npy: 1 of 3 dimensions do not vary.*\nwarning: .*linear/,
  );
  expect((await measure("total-correlation", "--codes", "correlated.npy")).stdout).toMatch(
    /^total correlation 0\.5108 nats under a gaussian model of the code \(2 dimensions, 4 samples\)\n$/,
  );
});

describe("of a run", () => {
  beforeAll(async () => {
    writeFileSync(join(folder, "tiny.yaml"), stringify(TINY));
    expect((await narrows("train", "tiny.yaml", "--threads", "1", "--run", "a")).status).toBe(0);
    for (const as of ["--mean", "--sample"]) {
      expect((await narrows("encode", "a", "--threads", "1", "--out", `codes${as}.npz`, as)).status).toBe(0);
    }
  });

  test("mig and factor-vae: means against the labels of its own data, as of its encoded codes", async () => {
    const ofFile = (as: string) => ["--codes", `codes${as}.npz:codes`, "--labels", `codes${as}.npz:labels`];
    const mean = await json("mig", "a", "--threads", "1");
    expect(mean).toMatchObject({ run: "a", step: 33, split: "all", as: "mean", samples: 400 });
    expect(mean.byFactor.map(({ factor }: { factor: string }) => factor)).toEqual(["xU", "xL"]);
    expect(mean.mig).toBe((await json("mig", ...ofFile("--mean"))).mig);
    const sample = await json("mig", "a", "--threads", "1", "--sample");
    expect(sample.as).toBe("sample");
    expect(sample.mig).toBe((await json("mig", ...ofFile("--sample"))).mig);
    expect(sample.mig).not.toBe(mean.mig);
    const { score } = await json("factor-vae", "a", "--threads", "1", ...FEW_VOTES);
    expect(score).toBe((await json("factor-vae", ...ofFile("--mean"), ...FEW_VOTES)).score);
  });

  test("only the rows that are drawn are encoded; a split's alone where asked", async () => {
    expect(await json("mig", "a", "--threads", "1", "--rows", "100", "--seed", "2")).toMatchObject({
      samples: 100,
    });
    expect(await json("mig", "a", "--threads", "1", "--split", "test")).toMatchObject({
      samples: 30,
      split: "test",
    });
    const measured = await json("total-correlation", "a", "--threads", "1", "--split", "train", "--sample");
    expect(measured).toMatchObject({ samples: 340, dimensions: 2, as: "sample" });
  });

  test("--labels are not for a run, nor a run beside --codes", async () => {
    for (const [args, message] of [
      [["mig", "a", "--labels", "F.npy"], /--labels F\.npy: the labels of a run are those of its own data/],
      [["factor-vae", "a", ...both], /--labels F\.npy/],
      [["total-correlation", "a", "--codes", "C.npy"], /a, --codes C\.npy: a run and codes are both given/],
      [["mig", "b"], /b: no such run/],
      [["mig", ...both, "--sample"], /--codes C\.npy: --sample is for the codes of a run/],
    ] as const) {
      const { status, stdout, stderr } = await measure(...args);
      expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: "" });
      expect(stderr).toMatch(message);
    }
  });
});

test("bad input is one line that names file, place and remedy; exit code 2", async () => {
  save("short.npy", [3], [0, 1, 2]);
  save(
    "half.npy",
    [60],
    Array.from({ length: 60 }, (_, k) => k / 2),
  );
  save(
    "nan.npy",
    [60],
    Array.from({ length: 60 }, (_, k) => (k === 7 ? Number.NaN : k)),
  );
  save("one.npy", [60], new Float64Array(60).fill(4));
  save("row.npy", [1, 2], [0, 1]);
  save(
    "apart.npy",
    [60],
    Array.from({ length: 60 }, (_, k) => k),
  );
  const cases: [string[], RegExp][] = [
    [
      ["mig", "--codes", "C.npy", "--labels", "short.npy"],
      /short\.npy: it holds 3 samples, but C\.npy holds 60/,
    ],
    [
      ["mig", "--codes", "C.npy", "--labels", "half.npy"],
      /half\.npy, row 1, column 0 .*0\.5 is not an integer/,
    ],
    [["mig", "--codes", "C.npy", "--labels", "nan.npy"], /nan\.npy, row 7, column 0 .*NaN is not an integer/],
    [["mig", "--codes", "nan.npy", "--labels", "F.npy"], /nan\.npy, row 7, column 0 .*NaN is not a finite/],
    [["mig", "--codes", "C.npy", "--labels", "one.npy"], /one\.npy, factor 0: it is 4 in all samples/],
    [["mig", "--codes", "row.npy", "--labels", "F.npy"], /row\.npy: .*fewer than 2 points/],
    [["mig", "--codes", "C.npy"], /--labels: is missing\. Give a file with one row per sample/],
    [["mig"], /codes: neither a run nor --codes is given/],
    [["mig", ...both, "--bins", "1"], /--bins 1: 1 is too small\. Give a number of at least 2/],
    [["mig", "--codes", "gone.npy", "--labels", "F.npy"], /gone\.npy: no such file/],
    [
      ["factor-vae", "--codes", "C.npy", "--labels", "apart.npy"],
      /apart\.npy, factor 0: no two samples share a value/,
    ],
    [["factor-vae", ...both, "--rows-per-vote", "1"], /--rows-per-vote 1/],
    [["factor-vae", ...both, "--active-deviation", "none"], /--active-deviation none: expected a number/],
    [["total-correlation", "--codes", "row.npy"], /row\.npy: .*fewer than 2 points/],
    [["total-correlation", "--codes", "nan.npy"], /nan\.npy, row 7/],
  ];
  for (const [args, message] of cases) {
    const { status, stdout, stderr } = await measure(...args, "--json");
    expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^narrows: [^\n]+\.\n$/);
  }
});
