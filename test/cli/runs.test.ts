import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { updateManifest } from "../../src/runs/manifest.js";
import { TINY } from "../training/tiny.js";
import { commandLine, MAIN } from "./narrows.js";

const { folder, narrows } = commandLine("runs");
const manifestOf = (name: string) => join(folder, "runs", name, "manifest.json");

beforeAll(async () => {
  writeFileSync(join(folder, "tiny.yaml"), stringify(TINY));
  for (const name of ["run-10", "run-9"]) {
    expect((await narrows("train", "tiny.yaml", "--threads", "1", "--run", name)).status).toBe(0);
  }
  updateManifest(join(folder, "runs", "run-9"), { status: "running" });
  mkdirSync(join(folder, "runs", "torn"));
  writeFileSync(manifestOf("torn"), '{"format": 1, ');
});

test("a folder without runs gets one line that helps", async () => {
  const nothing = { status: 0, stderr: "" };
  expect(await narrows("runs", "--runs", "empty")).toMatchObject({
    ...nothing,
    stdout: 'No runs in empty yet: begin one with "narrows train CONFIG", or give --runs DIR.\n',
  });
  expect(await narrows("runs", "--runs", "empty", "--json")).toMatchObject({ ...nothing, stdout: "[]\n" });
});

test("a table by name and number: status, progress, rate, distortion; damaged runs below it", async () => {
  const { status, stdout, stderr } = await narrows("runs");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const [titles, first, second, ...rest] = stdout.split("\n");
  expect(titles).toMatch(
    /^run +status +step +epoch +C nats +rate nats +gap nats +MSE per pixel +loss +device +threads +wall time +started$/,
  );
  // The process named in its lock is gone.
  expect(first).toMatch(/^run-9 +interrupted +33\/33 +3\/3 +1 /);
  expect(second).toMatch(
    /^run-10 +finished +33\/33 +3\/3 +1 +\d\.\d{3} +[+-]\d\.\d{3} +0\.\d{5} +\d\.\d{5} +cpu +1 +\d+ s +\d{4}-\d\d-\d\d \d\d:\d\d$/,
  );
  expect(rest).toEqual(["torn: unreadable: this is not JSON", ""]);
});

test("where no run meets the conditions, one line says so on standard error", async () => {
  const none = { status: 0, stderr: "none of 3 runs meets run~zzz rate<1\n" };
  const asked = ["runs", "--where", "run~zzz rate<1"];
  expect(await narrows(...asked)).toMatchObject({ ...none, stdout: "" });
  expect(await narrows(...asked, "--json")).toMatchObject({ ...none, stdout: "[]\n" });
  expect((await narrows("runs", "--where", "run~run")).stderr).toBe("");
});

test("as JSON: numbers in full precision, units in their names", async () => {
  const [first, , third] = JSON.parse((await narrows("runs", "--json")).stdout);
  expect(first).toMatchObject({
    name: "run-9",
    status: "interrupted",
    reason: expect.stringContaining("ended without a message"),
    step: 33,
    totalSteps: 33,
    epoch: 3,
    epochs: 3,
    threads: 1,
    validation: {
      step: 33,
      images: 30,
      targetRateNats: 0.825,
      capacityNats: 1,
      rateNats: expect.any(Number),
    },
  });
  expect(third).toMatchObject({ name: "torn", status: "unreadable", reason: "this is not JSON" });
});

test("a damaged line of metrics costs nothing but itself, and is told by whoever reads the file", async () => {
  const path = join(folder, "runs", "run-10", "metrics.jsonl");
  const lines = readFileSync(path, "utf8");
  writeFileSync(path, `not json\n${lines}{"step": 33, "epo`);
  const differ = /run-10\/metrics\.jsonl: the first \d+ lines are not those that were written/;
  const { stdout } = await narrows("runs");
  expect(stdout).toMatch(/run-10 +finished +33\/33/);
  expect(stdout).toMatch(differ);
  expect((await narrows("show", "run-10")).stderr).toMatch(differ);
  expect((await narrows("figure", "training-curves", "run-10", "--out", "curves.svg")).stderr).toMatch(
    differ,
  );
  const { stderr, status } = await narrows("evaluate", "run-10");
  expect(stderr).toMatch(differ);
  expect(status).toBe(0);
  writeFileSync(path, lines);
});

test("check compares every file with its checksum, and takes them as they are when asked", async () => {
  const clean = await narrows("check", "run-10");
  expect(clean).toMatchObject({ status: 0, stdout: "run-10: all 7 files are as they were written\n" });
  const encoder = join(folder, "runs", "run-10", "encoder.onnx");
  const bytes = readFileSync(encoder);
  writeFileSync(encoder, bytes.with(100, bytes[100]! ^ 1));
  const { status, stdout } = await narrows("check");
  expect(status).toBe(2);
  expect(stdout).toBe(
    [
      "run-9: all 7 files are as they were written",
      "runs/run-10/encoder.onnx: its checksum does not fit",
      "run-10: 1 of its files do not fit",
      "runs/torn: this is not JSON",
      "torn: 1 of its files do not fit",
      "",
    ].join("\n"),
  );
  expect(JSON.parse((await narrows("check", "run-10", "--json")).stdout)).toEqual([
    {
      run: "run-10",
      problems: [expect.stringMatching(/runs\/run-10\/encoder\.onnx: its checksum does not fit$/)],
      sound: 6,
      hasSums: true,
    },
  ]);
  expect((await narrows("check", "--accept")).stderr).toMatch(/^narrows: --accept: [^\n]+\n$/);
  expect((await narrows("check", "run-10", "--accept")).status).toBe(0);
  expect((await narrows("check", "run-10")).status).toBe(0);
});

test("a reader that leaves the pipe ends the listing without a word", () => {
  const command = `{ "${process.execPath}" "${MAIN}" runs; echo "status $?" >&2; } | true`;
  const { stderr } = spawnSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("status 0\n");
});
