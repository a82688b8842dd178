import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { readArray } from "../../src/data/arrays/index.js";
import { TINY } from "../training/tiny.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("measure-runs");
const json = async (...args: string[]) => {
  const { status, stdout, stderr } = await narrows("measure", ...args, "--json", "--threads", "1");
  expect(status).toBe(0);
  // Few samples leave cells of tuning curves empty.
  expect(stderr).toMatch(/^(warning: .* cells hold no sample; .*\n)?$/);
  return JSON.parse(stdout);
};
const OF_FILE = ["--codes", "codes.npz:codes"];
/** What of a JSON document does not say where the codes are from. */
const numbers = ({ run, path, step, split, as, codes, labelsFile, ...rest }: Record<string, unknown>) =>
  JSON.parse(JSON.stringify(rest), (key, value) => (key === "factor" ? undefined : value));

beforeAll(async () => {
  writeFileSync(join(folder, "tiny.yaml"), stringify(TINY));
  expect((await narrows("train", "tiny.yaml", "--threads", "1", "--run", "a")).status).toBe(0);
  const encoded = await narrows("encode", "a", "--threads", "1", "--out", "codes.npz", "--mean");
  expect(encoded.status).toBe(0);
});

const CASES: [name: string, more: string[], labels?: string[]][] = [
  ["pca", []],
  ["mds", ["--rows", "30", "--starts", "1"]],
  ["intrinsic-dimension", ["--method", "mle", "--k", "5"]],
  ["total-correlation", []],
  ["tuning", [], ["--labels", "codes.npz:labels"]],
  ["mig", ["--rows", "100", "--seed", "3"], ["--labels", "codes.npz:labels"]],
];

test.each(CASES)(
  "measure %s: of a run what it is of its encoded codes, drawn rows included",
  async (name, more, labels = []) => {
    const ofRun = await json(name, "a", ...more);
    const ofFile = await json(name, ...OF_FILE, ...labels, ...more);
    expect(ofRun).toMatchObject({ run: "a", step: 33, split: "all", as: "mean", columns: 2 });
    expect(ofFile).toMatchObject({ codes: "codes.npz:codes", columns: 2 });
    expect(numbers(ofRun)).toEqual(numbers(ofFile));
  },
);

test("rows are drawn by the seed, the labels with them; all are used where there are no more", async () => {
  const drawn = (...more: string[]) => json("pca", ...OF_FILE, ...more);
  expect(await drawn("--rows", "50")).toMatchObject({ samples: 50, seed: 0 });
  expect((await drawn("--rows", "50")).mean).toEqual((await drawn("--rows", "50")).mean);
  expect((await drawn("--rows", "50", "--seed", "1")).mean).not.toEqual((await drawn("--rows", "50")).mean);
  expect(await drawn("--rows", "1000")).toEqual(await drawn());
  const { samplesPerCell } = await json("tuning", "a", "--rows", "50");
  expect(samplesPerCell.flat().reduce((sum: number, count: number) => sum + count)).toBe(50);
});

test("codes of a part of the data, along their components, in a file", async () => {
  const { samples, out } = await json("pca", "a", "--split", "test", "--out", "scores.npy");
  expect({ samples, out }).toEqual({ samples: 30, out: "scores.npy" });
  expect(readArray(join(folder, "scores.npy")).shape).toEqual([30, 2]);
});

test("labels of another number of samples are refused, whether rows are drawn or not", async () => {
  writeFileSync(join(folder, "y.csv"), "0\n1\n0\n");
  for (const rows of [[], ["--rows", "20"]]) {
    const { status, stderr } = await narrows("measure", "tuning", ...OF_FILE, "--labels", "y.csv", ...rows);
    expect(status).toBe(2);
    expect(stderr).toMatch(/y\.csv.* holds 3 samples.*codes\.npz:codes holds 400|400 samples.*3/);
  }
});

test("a figure's JSON is its file and its runs", async () => {
  const { status, stdout } = await narrows("figure", "training-curves", "a", "--out", "curves.csv", "--json");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ out: "curves.csv", runs: ["a"] });
});
