import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkpointPath, listCheckpoints, writeCheckpoint } from "../../src/runs/checkpoints.js";
import { claimFile, runLayout } from "../../src/runs/layout.js";
import { updateManifest } from "../../src/runs/manifest.js";
import { pruneRuns } from "../../src/runs/prune.js";
import { holdForRemoval, removeRun } from "../../src/runs/remove.js";
import { renameRun } from "../../src/runs/rename.js";
import { closeRun, createRun, listRuns, openRun, writerOf } from "../../src/runs/run.js";
import { addTag, readTags, removeTag } from "../../src/runs/tags.js";
import { runFinder } from "../../src/training/about-run.js";
import { temporaryFolder } from "./temporary-folder.js";

const versions = { narrows: "0.1.0", node: "20", onnxruntime: "1.30", platform: "linux-x64" };
const EMPTY = { tensors: new Map(), metadata: {} };
/** The number of a process that is long gone. */
const GONE = 2 ** 22 + 1;

/** A finished run with three checkpoints. */
function finishedRun(root: string, name: string) {
  const run = createRun(root, name, { configuration: { name, model: {} }, versions });
  const { checkpoints, metrics } = runLayout(run.path);
  for (const step of [5, 10, 15]) writeCheckpoint(checkpoints, step, EMPTY, 3);
  writeFileSync(metrics, "");
  updateManifest(run.path, { status: "finished" });
  closeRun(run);
  return run;
}

const names = (root: string) => listRuns(root).map(({ name }) => name);

test("a renamed run is the same run: found by its configuration, its tags with it, held by nobody", () => {
  const root = temporaryFolder();
  const run = finishedRun(root, "a");
  addTag(run, "paper");
  const renamed = renameRun(root, "a", "b");
  expect(names(root)).toEqual(["b"]);
  expect(renamed).toMatchObject({ name: "b", manifest: { name: "b", status: "finished" } });
  expect(readTags(renamed.path)).toEqual(["paper"]);
  expect(writerOf(renamed.path)).toBeUndefined();
  const configuration = run.manifest.configuration as unknown as Parameters<ReturnType<typeof runFinder>>[0];
  expect(runFinder(listRuns(root))(configuration)?.name).toBe("b");
});

test("a name that is taken or none, and a run in training, stay as they are", () => {
  const root = temporaryFolder();
  finishedRun(root, "a");
  const busy = createRun(root, "busy", { configuration: {}, versions });
  expect(() => renameRun(root, "a", "busy")).toThrow(/a run or folder of this name exists/);
  expect(() => renameRun(root, "a", "../b")).toThrow(/a name has 1 to 100 letters/);
  expect(() => renameRun(root, "busy", "c")).toThrow(/is writing in this run/);
  expect(names(root)).toEqual(["a", "busy"]);
  expect(writerOf(openRun(root, "a").path)).toBeUndefined();
  expect(writerOf(busy.path)).toBeDefined();
});

test("tags are given and taken, also in training; the nearest is told of a misspelt one", () => {
  const root = temporaryFolder();
  const run = createRun(root, "a", { configuration: {}, versions });
  for (const tag of ["wide", "paper", "wide"]) addTag(run, tag);
  expect(readTags(run.path)).toEqual(["paper", "wide"]);
  expect(() => removeTag(run, "papr")).toThrow(/has no tag papr \(did you mean paper\?\)/);
  expect(() => addTag(run, "two words")).toThrow(/a tag has 1 to 100 letters/);
  removeTag(run, "paper");
  expect(readTags(run.path)).toEqual(["wide"]);
  const { tags } = runLayout(run.path);
  for (const text of ['["\u001b[2J"]', readFileSync(tags, "utf8").replace("wide", "wode")]) {
    writeFileSync(tags, text);
    expect(() => readTags(run.path)).toThrow(/this is no list of tags/);
  }
});

test("runs are removed, all that are named or none, and never one in training", () => {
  const root = temporaryFolder();
  for (const name of ["a", "b", "c"]) finishedRun(root, name);
  createRun(root, "busy", { configuration: {}, versions });
  expect(() => holdForRemoval(root, ["a", "busy"])).toThrow(/is writing in this run/);
  expect(() => holdForRemoval(root, ["a", "nothing"])).toThrow(/no such run/);
  expect(writerOf(join(root, "a"))).toBeUndefined();
  const [a, b] = holdForRemoval(root, ["a", "b"]);
  expect(a).toMatchObject({ files: 6, others: [] });
  removeRun(a!);
  closeRun(b!.run);
  expect(readdirSync(root).sort()).toEqual(["b", "busy", "c"]);
  expect(writerOf(join(root, "b"))).toBeUndefined();
});

test("a run that is not as it was written can go", () => {
  const root = temporaryFolder();
  closeRun(createRun(root, "a", { configuration: {}, versions }));
  const { manifest } = runLayout(join(root, "a"));
  const written = readFileSync(manifest, "utf8");
  writeFileSync(manifest, written.replace('"created"', '"failed"'));
  expect(() => openRun(root, "a")).toThrow(/its checksum does not fit/);
  removeRun(holdForRemoval(root, ["a"])[0]!);
  expect(readdirSync(root)).toEqual([]);
});

test("what is no run, or is a link, is not removed, and nothing behind a link is", () => {
  const root = temporaryFolder();
  const elsewhere = temporaryFolder();
  writeFileSync(join(elsewhere, "precious.txt"), "mine");
  // Another program's manifest.
  mkdirSync(join(root, "site"));
  writeFileSync(join(root, "site", "manifest.json"), '{"name": "site", "start_url": "/"}');
  expect(() => holdForRemoval(root, ["site"])).toThrow(/manifest\.json: ".*" is wrong/);
  finishedRun(elsewhere, "far");
  symlinkSync(join(elsewhere, "far"), join(root, "near"));
  expect(() => holdForRemoval(root, ["near"])).toThrow(/a link to a run in another folder/);
  expect(existsSync(join(elsewhere, "far", "manifest.json"))).toBe(true);

  finishedRun(root, "a");
  mkdirSync(join(root, "a", "notes"));
  symlinkSync(elsewhere, join(root, "a", "notes", "linked"));
  writeFileSync(join(root, "a", "notes", "notes.txt"), "");
  const [removal] = holdForRemoval(root, ["a"]);
  expect([...removal!.others].sort()).toEqual(["notes/linked", "notes/notes.txt"]);
  removeRun(removal!);
  expect(existsSync(join(root, "a"))).toBe(false);
  expect(readFileSync(join(elsewhere, "precious.txt"), "utf8")).toBe("mine");
});

test("pruned are checkpoints that a whole newer one replaces, and leftovers of dead processes; it tells what it frees", () => {
  const root = temporaryFolder();
  const { path } = finishedRun(root, "a");
  const { checkpoints, snapshots, manifest } = runLayout(path);
  writeCheckpoint(snapshots, 5, EMPTY, 9);
  writeFileSync(`${manifest}.${GONE}.tmp`, "half");
  writeFileSync(`${checkpointPath(checkpoints, 3)}.damaged`, "damaged");
  writeFileSync(join(path, "notes.tmp"), "a user's own");
  writeFileSync(claimFile(root, "0123456789abcdef"), "{}");
  const busy = finishedRun(root, "busy");
  createRun(root, "training", { configuration: {}, versions });
  // Its newest is damaged, and so is none that replaces the others.
  const { checkpoints: damaged } = runLayout(busy.path);
  writeFileSync(checkpointPath(damaged, 15), "damaged");

  const { mtimeMs } = statSync(path);
  const would = pruneRuns(root, { isDryRun: true });
  expect(statSync(path).mtimeMs).toBe(mtimeMs);
  expect(listCheckpoints(checkpoints)).toHaveLength(3);
  const pruned = pruneRuns(root);
  expect(pruned).toEqual(would);
  expect(pruned.skipped).toMatchObject([{ run: "training", reason: expect.stringMatching(/is writing/) }]);
  expect(pruned.removed.map(({ run, kind, bytes }) => [run, kind, bytes > 0])).toEqual([
    ["a", "old checkpoint", true],
    ["a", "old checkpoint", true],
    ["a", "leftover", true],
    ["a", "damaged checkpoint", true],
    ["busy", "old checkpoint", true],
    [undefined, "leftover", true],
  ]);
  expect(listCheckpoints(checkpoints).map(({ step }) => step)).toEqual([15]);
  expect(listCheckpoints(damaged).map(({ step }) => step)).toEqual([15, 10]);
  expect(existsSync(join(path, "notes.tmp"))).toBe(true);
  expect(readdirSync(snapshots)).toHaveLength(1);
  expect(pruneRuns(root).removed).toEqual([]);
  expect(pruneRuns(root, { names: ["a"], snapshots: true }).removed).toMatchObject([{ kind: "snapshot" }]);
  expect(() => pruneRuns(root, { names: ["training"] })).toThrow(/is writing in this run/);
});
