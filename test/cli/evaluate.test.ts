import { cpSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { readArray } from "../../src/data/arrays/index.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { openRun } from "../../src/runs/run.js";
import { decodeCodes } from "../../src/training/decode.js";
import { loadTrainedRun } from "../../src/training/trained-run.js";
import { TINY } from "../training/tiny.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("evaluate");
const inFolder = (...path: string[]) => join(folder, ...path);

beforeAll(async () => {
  const make = ["make", "corridors", "--samples", "400", "--out", "images.csv"];
  expect((await narrows("datasets", ...make)).status).toBe(0);
  writeFileSync(
    inFolder("tiny.yaml"),
    stringify({ ...TINY, data: { file: "images.csv" }, split: { order: "given" } }),
  );
  expect((await narrows("train", "tiny.yaml", "--threads", "1", "--run", "a")).status).toBe(0);
});

test("distortion, rate in nats and bits, target and gap; the same numbers as the training's last", async () => {
  const before = readdirSync(inFolder("runs", "a"), { recursive: true });
  const { status, stdout, stderr } = await narrows("evaluate", "a", "--threads", "1", "--json");
  expect(status).toBe(0);
  expect(stderr).toMatch(
    /^warning: the rate is \S+ nats, \S+ below C = 1: C itself had risen to 0\.825 nats only; .*\n$/,
  );
  const result = JSON.parse(stdout);
  const { validation } = JSON.parse((await narrows("show", "a", "--json")).stdout);
  const { step, epoch, split, ...measured } = validation;
  expect(result).toMatchObject({
    ...measured,
    run: "a",
    split: "validation",
    step: 33,
    distortionUnit: "squared error per pixel",
    rateEstimator: "upper-bound",
    device: "cpu",
    threads: 1,
  });
  expect(result.dimensionRateNats).toHaveLength(2);
  const sum = result.dimensionRateNats[0] + result.dimensionRateNats[1];
  expect(sum).toBeCloseTo(result.rateNats, 5);
  expect(readdirSync(inFolder("runs", "a"), { recursive: true })).toEqual(before);
});

test("for people, of any split", async () => {
  const { status, stdout } = await narrows("evaluate", "a", "--split", "train", "--threads", "1");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^a at step 33, train split: 340 images\n/);
  expect(stdout).toMatch(/^ {2}rate +\d\.\d{3} nats \(\d\.\d{3} bits\)\n +upper bound: /m);
  expect(stdout).toMatch(/^ {2}rate by dimension +\d\.\d{3} {2}\d\.\d{3} nats$/m);
  expect(stdout).toMatch(/^ {2}gap +[+-]\d\.\d{3} nats$/m);
  expect(stdout).toMatch(/^ {2}dimensions in use +\d \(each sends at least 0\.01 nats more than it must\)$/m);
});

test("heads: loss, accuracy and F1 in both forms, the same from evaluate and show, as text and as JSON", async () => {
  const heads = ["E2M1", "E2M4"].map((task) => ({ name: task, task, network: { type: "hidden", units: 8 } }));
  const data = { corridors: { samples: 400 } };
  writeFileSync(inFolder("heads.yaml"), stringify({ ...TINY, data, model: { ...TINY.model, heads } }));
  expect((await narrows("train", "heads.yaml", "--threads", "1", "--run", "heads")).status).toBe(0);
  const result = JSON.parse((await narrows("evaluate", "heads", "--threads", "1", "--json")).stdout);
  const { validation } = JSON.parse((await narrows("show", "heads", "--json")).stdout);
  expect(Object.keys(result.tasks)).toEqual(["E2M1", "E2M4"]);
  expect(validation.tasks).toEqual(result.tasks);
  expect(validation.headLosses).toEqual(result.headLosses);
  const rows = ["E2M1", "E2M4"].map((head) => {
    const { accuracy, f1, f1BatchMean } = result.tasks[head];
    return [
      head,
      result.headLosses[head].toFixed(4),
      ...[accuracy, f1, f1BatchMean].map((x) => x.toFixed(3)),
    ];
  });
  for (const command of [
    ["evaluate", "heads", "--threads", "1"],
    ["show", "heads"],
  ]) {
    const lines = (await narrows(...command)).stdout.split("\n");
    const start = lines.findIndex((line) => /^ {2}head +loss in nats +accuracy +F1 +F1, mean/.test(line));
    expect(start).toBeGreaterThan(0);
    expect(lines.slice(start + 1, start + 3).map((line) => line.trim().split(/ +/))).toEqual(rows);
  }
});

test("codes and labels as an archive that narrows measure reads", async () => {
  const args = ["--split", "test", "--threads", "1"];
  expect((await narrows("evaluate", "a", ...args, "--out", "out/codes.npz")).stdout).toMatch(
    /^out\/codes\.npz: mean, code, rateNats, labels$/m,
  );
  const array = (key: string) => readArray(`${inFolder("out", "codes.npz")}:${key}`);
  expect(array("mean").shape).toEqual([30, 2]);
  expect(array("code").shape).toEqual([30, 2]);
  expect(array("labels").shape).toEqual([30, 2]);
  const rates = Array.from(array("rateNats").data);
  const { rateNats } = JSON.parse((await narrows("evaluate", "a", ...args, "--json")).stdout);
  expect(rates.reduce((sum, rate) => sum + rate, 0) / 30).toBeCloseTo(rateNats, 5);
  // The last column of the file and the last label belong to the same image.
  const last = readFileSync(inFolder("images.csv"), "utf8").trimEnd().split("\n").at(-1)!.split(",");
  expect(Array.from(array("labels").data.slice(-2))).toEqual(last.slice(-2).map(Number));

  const of = (key: string) => `out/codes.npz:${key}`;
  const measured = await narrows(
    ...["measure", "distortion", "--codes", of("code"), "--reference", of("mean"), "--labels", of("labels")],
    "--json",
  );
  expect(measured.status).toBe(0);
  expect(JSON.parse(measured.stdout).pairs.total).toBe(900);
});

test("the codes that are written decode to the distortion that is printed", async () => {
  const args = ["--split", "test", "--threads", "1", "--out", "decoded.npz", "--json"];
  const { squaredErrorPerPixel } = JSON.parse((await narrows("evaluate", "a", ...args)).stdout);
  const trained = loadTrainedRun(openRun(inFolder("runs"), "a"));
  const codes = readArray(`${inFolder("decoded.npz")}:code`);
  const { data } = await decodeCodes(trained, await nodeDevice("cpu", 1), codes);
  const { images, scale } = trained.experiment.split.test;
  const error = data.reduce((sum, value, i) => sum + (value - images[i]! * scale) ** 2, 0) / data.length;
  expect(error).toBeCloseTo(squaredErrorPerPixel, 6);
});

test("a file is kept unless --force", async () => {
  writeFileSync(inFolder("kept.npz"), "mine");
  const refused = await narrows("evaluate", "a", "--out", "kept.npz");
  expect(refused).toMatchObject({ status: 2, stdout: "" });
  expect(refused.stderr).toMatch(/^narrows: kept\.npz: the file exists\. .*--force/);
  expect(readFileSync(inFolder("kept.npz"), "utf8")).toBe("mine");
  expect((await narrows("evaluate", "a", "--out", "kept.npz", "--force")).status).toBe(0);
  expect(readArray(`${inFolder("kept.npz")}:mean`).shape).toEqual([30, 2]);
});

test("a gap to the configured target is warned of", async () => {
  const far = ["--set", "objective.capacity=50", "--set", "objective.schedule.warmup=0", "--run", "far"];
  expect((await narrows("train", "tiny.yaml", "--threads", "1", ...far)).status).toBe(0);
  const { status, stderr } = await narrows("evaluate", "far", "--json");
  expect(status).toBe(0);
  expect(stderr).toMatch(/^warning: the rate is [\d.]+ nats, [\d.]+ below C = 50: .*\n$/);
});

test("a finished run whose last checkpoint is damaged is not evaluated at an older step; resume trains it again", async () => {
  cpSync(inFolder("runs", "a"), inFolder("runs", "torn"), { recursive: true });
  const checkpoints = readdirSync(inFolder("runs", "torn", "checkpoints")).sort();
  truncateSync(inFolder("runs", "torn", "checkpoints", checkpoints.at(-1)!), 1000);
  const { status, stdout, stderr } = await narrows("evaluate", "torn", "--json");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(
    /^narrows: .*torn: the run is finished at step 33, and its newest readable checkpoint is of step 28 \(.*step-00000033\.safetensors: .*"narrows resume .*torn", or .*\n$/,
  );
  expect((await narrows("resume", "torn")).status).toBe(0);
  expect((await narrows("evaluate", "torn", "--json")).stdout).toContain('"step":33');
  rmSync(inFolder("runs", "torn", "checkpoints"), { recursive: true });
  expect((await narrows("evaluate", "torn")).stderr).toMatch(
    /^narrows: .*torn: there is no readable checkpoint\./,
  );
});

test("bad input is one line, exit code 2, and nothing is written", async () => {
  writeFileSync(inFolder("wall"), "");
  const files = () => readdirSync(folder, { recursive: true }).sort();
  const cases: [string[], RegExp][] = [
    [["aa"], /^narrows: aa: no such run in runs\. The nearest name is "a"/],
    [["a", "--split", "everything"], /Give one of validation, test, train/],
    [["a", "--out", "codes.npy"], /--out codes\.npy: .*\.npz archive/],
    [["a", "--out", "wall/codes.npz"], /wall: a part of this path is a file/],
    [["a", "--device", "wasm"], /--device wasm: not available here/],
    [["a", "--threads", "none"], /--threads/],
  ];
  const before = files();
  for (const [args, message] of cases) {
    const { status, stdout, stderr } = await narrows("evaluate", ...args);
    expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
  expect(files()).toEqual(before);
});

test("data that are gone or have changed are told", async () => {
  renameSync(inFolder("images.csv"), inFolder("away.csv"));
  expect(await narrows("evaluate", "a")).toMatchObject({ status: 2, stdout: "" });
  expect((await narrows("evaluate", "a")).stderr).toMatch(
    /^narrows: \S*runs\/a: its data are not at the path that it recorded, images\.csv from [^\s,]+\. Say where[^\n]+\n$/,
  );
  const [first, ...rest] = readFileSync(inFolder("away.csv"), "utf8").split("\n");
  writeFileSync(inFolder("images.csv"), [...rest.slice(0, -1), first, ""].join("\n"));
  const changed = await narrows("evaluate", "a");
  expect(changed).toMatchObject({ status: 2, stdout: "" });
  expect(changed.stderr).toMatch(/^narrows: .*a: the data images\.csv are not those it was trained on/);
});
