import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { readArray } from "../../src/data/arrays/index.js";
import { TINY } from "../training/tiny.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("encode");
const inFolder = (...path: string[]) => join(folder, ...path);
const HEADS = [
  { name: "E2M1", task: "E2M1", network: { type: "hidden", units: 8, slope: 1, dropout: 0 } },
  { name: "E2M4", task: "E2M4", network: { type: "hidden", units: 8 } },
];
const classifier = (changes: object = {}) =>
  stringify({
    name: "frozen",
    data: { codes: { file: "codes.npz" } },
    model: { type: "classifier", heads: HEADS },
    training: TINY.training,
    ...changes,
  });

beforeAll(async () => {
  writeFileSync(inFolder("tiny.yaml"), stringify(TINY));
  expect((await narrows("train", "tiny.yaml", "--threads", "1", "--run", "a")).status).toBe(0);
  expect((await narrows("encode", "a", "--threads", "1", "--out", "codes.npz")).status).toBe(0);
  writeFileSync(inFolder("frozen.yaml"), classifier());
});

/** The one line of a refusal. */
async function refusal(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await narrows(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/^narrows: [^\n]*\n$/);
  return stderr.slice("narrows: ".length, -1);
}

test("codes of all rows with labels, as an archive and as a table, the same every time", async () => {
  expect(readArray(inFolder("codes.npz:codes")).shape).toEqual([400, 2]);
  expect(readArray(inFolder("codes.npz:labels")).shape).toEqual([400, 2]);
  const before = readdirSync(inFolder("runs", "a"), { recursive: true });
  const { status, stdout } = await narrows("encode", "a", "--threads", "1", "--out", "codes.csv", "--json");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    run: "a",
    step: 33,
    out: "codes.csv",
    split: "all",
    as: "sample",
    codes: 400,
    dimensions: 2,
    labelNames: ["xU", "xL"],
  });
  const table = readArray(inFolder("codes.csv"));
  // The header tells the labels from the code.
  expect(table).toMatchObject({ shape: [400, 2] });
  expect([...table.data]).toEqual([...readArray(inFolder("codes.npz:codes")).data]);
  expect(readdirSync(inFolder("runs", "a"), { recursive: true })).toEqual(before);
});

test("some rows, and the centre of the code", async () => {
  const { stdout } = await narrows("encode", "a", "--split", "validation", "--mean", "--out", "v.csv");
  expect(stdout).toBe(
    "v.csv: 30 codes of 2 dimensions with the labels xU, xL (mean, validation rows, a at step 33)\n",
  );
});

test("a classifier on codes: trained, resumed to the same numbers, evaluated, shown and listed with what it has", async () => {
  expect((await narrows("train", "frozen.yaml", "--threads", "1", "--run", "f")).status).toBe(0);
  const evaluated = JSON.parse((await narrows("evaluate", "f", "--threads", "1", "--json")).stdout);
  const { validation } = JSON.parse((await narrows("show", "f", "--json")).stdout);
  expect(validation).toMatchObject({ loss: evaluated.loss, tasks: evaluated.tasks });
  expect(Object.keys(evaluated)).not.toContain("rateNats");
  const text = [await narrows("evaluate", "f"), await narrows("show", "f"), await narrows("runs")].map(
    ({ stdout }) => stdout,
  );
  for (const each of text) expect(each).not.toMatch(/NaN|undefined|null/);
  expect(text[0]).toMatch(/^f at step 33, validation split: 30 codes\n {2}loss +\d\.\d{5}\n\n {2}head/);
  expect(text[1]).not.toMatch(/MSE|^ +rate /m);
  expect(text[2]).toMatch(/^f +finished +33\/33 +3\/3 +- +- +- +- +\d\.\d{5} /m);
  expect(readdirSync(inFolder("runs", "f"))).toContain("heads.onnx");
  expect(existsSync(inFolder("runs", "f", "encoder.onnx"))).toBe(false);
  for (const line of readFileSync(inFolder("runs", "f", "metrics.jsonl"), "utf8")
    .trim()
    .split("\n")) {
    expect(Object.keys(JSON.parse(line)).join(" ")).not.toMatch(/rateNats|distortion|squaredError/);
  }
  // Once more, in two pieces.
  const pieces = ["--threads", "1", "--run", "g"];
  expect((await narrows("train", "frozen.yaml", ...pieces, "--set", "training.steps=17")).status).toBe(0);
  expect((await narrows("resume", "g", "--set", "training.steps=33")).status).toBe(0);
  const final = async (run: string) => JSON.parse((await narrows("show", run, "--json")).stdout).validation;
  expect(await final("g")).toEqual(await final("f"));
});

test("where an encoder or a decoder is needed, a classifier is refused in one line", async () => {
  expect(
    (await narrows("train", "frozen.yaml", "--threads", "1", "--run", "h", "--set", "training.steps=1"))
      .status,
  ).toBe(0);
  const line =
    /runs\/h: it is a classifier of given codes, which has no encoder and no decoder\. Give an autoencoder/;
  expect(await refusal("encode", "h", "--out", "h.npz")).toMatch(line);
  expect(await refusal("evaluate", "h", "--out", "h.npz")).toMatch(line);
  expect(await refusal("figure", "tuning-curves", "h", "--out", "h.svg")).toMatch(line);
  expect(await refusal("figure", "training-curves", "h", "--out", "h.svg")).toMatch(line);
  expect(await refusal("measure", "distortion-indices", "h", "--baseline", "a")).toMatch(line);
  expect(await refusal("report", "h", "--out", "h.html")).toMatch(line);
  expect(readdirSync(folder)).not.toContainEqual(expect.stringMatching(/^h\./));
});

test("bad input is refused in one line: place, what, remedy", async () => {
  expect(await refusal("encode", "a", "--out", "codes.npz")).toMatch(/^codes\.npz: .*--force/);
  expect(await refusal("encode", "a", "--out", "codes.txt")).toMatch(
    /^codes\.txt: the name does not end .* \.npz or \.csv/,
  );
  expect(await refusal("train", "frozen.yaml", "--set", "data.codes.file=none.npz")).toMatch(/^none\.npz: /);
  expect(await refusal("train", "frozen.yaml", "--set", "data.codes.dimensions=5")).toMatch(
    /^codes\.npz: its codes have 2 dimensions, and 5 are expected\. /,
  );
  writeFileSync(inFolder("short.csv"), "1,2,3,4\n1,2,3\n");
  expect(await refusal("train", "frozen.yaml", "--set", "data.codes.file=short.csv")).toMatch(
    /^short\.csv, row 2: the row has 3 col/,
  );
  expect(await refusal("train", "frozen.yaml", "--set", "heads.0.task=xU >= 0")).toMatch(
    /^model\.heads\.0 \(E2M1\), label rule/,
  );
  expect(await refusal("train", "frozen.yaml", "--set", "heads.0.task=xQ >= 0")).toMatch(/xQ/);
  expect(await refusal("train", "frozen.yaml", "--set", "objective.gamma=3")).toMatch(
    /unknown key objective/,
  );
  writeFileSync(inFolder("none.yaml"), classifier({ model: { type: "classifier" } }));
  expect(await refusal("train", "none.yaml")).toMatch(/^none\.yaml:\d+:\d+: model\.heads is missing/);
  expect(readdirSync(inFolder("runs")).sort()).toEqual(["a", "f", "g", "h"]);
});

test.each(["encode", "evaluate"])(
  "the help of %s says that others draw other noise for an image",
  async (command) => {
    expect((await narrows(command, "--help")).stdout).toMatch(/other noise for the same image/);
  },
);
