import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.js";
import { ownIdentity, whereabouts } from "../../src/files/process-identity.js";
import { checkpointPath, writeCheckpoint } from "../../src/runs/checkpoints.js";
import { runLayout } from "../../src/runs/layout.js";
import { readManifest, updateManifest } from "../../src/runs/manifest.js";
import type { NewManifest } from "../../src/runs/manifest-text.js";
import { openMetrics, readMetrics, truncateMetricsAfter } from "../../src/runs/metrics.js";
import { renameRun } from "../../src/runs/rename.js";
import {
  closeRun,
  createRun,
  createRunNamedAfter,
  listRuns,
  openRun,
  openRunForWriting,
  writerOf,
} from "../../src/runs/run.js";
import { openTensorBoard } from "../../src/runs/tensorboard.js";
import { temporaryFolder } from "./temporary-folder.js";

const about: NewManifest = {
  configuration: { objective: { kind: "capacity", capacityNats: 10 } },
  seed: 3,
  versions: { narrows: "0.1.0", node: "20", onnxruntime: "1.30", platform: "linux-x64" },
};

/** The lock of a process that is no more. */
async function lockOfDeadProcess(): Promise<string> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await once(child, "spawn");
  const identity = { ...ownIdentity(), pid: child.pid!, startToken: "some other start" };
  child.kill("SIGKILL");
  await once(child, "exit");
  return JSON.stringify(identity);
}

/** Sets the time at which a lock was renewed last. */
function renewedAgo(lock: string, seconds: number): void {
  const then = new Date(Date.now() - seconds * 1000);
  utimesSync(lock, then, then);
}

describe("createRun", () => {
  it("makes a folder that says all that was told, and is held by this process", () => {
    const root = join(temporaryFolder(), "runs");
    const run = createRun(root, "baseline-c10-s0", about);
    expect(readManifest(run.path)).toEqual(run.manifest);
    expect(run.manifest).toMatchObject({ ...about, name: "baseline-c10-s0", status: "created", format: 1 });
    expect(writerOf(run.path)).toBeDefined();
    closeRun(run);
    expect(writerOf(run.path)).toBeUndefined();
    expect(readdirSync(root)).toEqual(["baseline-c10-s0"]);
    expect(readdirSync(run.path)).toEqual(["manifest.json"]);
  });

  it.each(["folder", "file"])("refuses the name of an existing %s and touches nothing", (kind) => {
    const root = temporaryFolder();
    const path = join(root, "taken");
    if (kind === "folder") mkdirSync(path);
    else writeFileSync(path, "mine");
    expect(() => createRun(root, "taken", about)).toThrow(
      /exists\. Continue it with "narrows resume taken", or/,
    );
    expect(readdirSync(root)).toEqual(["taken"]);
  });

  it.each(["", ".", "..", "a/b", "a\\b", "../x", ".hidden", "a b", "-x", "x".repeat(101), "a\n"])(
    "refuses the name %j",
    (name) => {
      const root = temporaryFolder();
      expect(() => createRun(root, name, about)).toThrow(/begins with a letter or a digit/);
      expect(readdirSync(root)).toEqual([]);
    },
  );

  it("takes the next free name", () => {
    const root = temporaryFolder();
    const names = [1, 2, 3].map(() => createRunNamedAfter(root, "baseline-c10-s0", about).name);
    expect(names).toEqual(["baseline-c10-s0", "baseline-c10-s0-2", "baseline-c10-s0-3"]);
  });

  it("clears what a process killed while creating has left, not what a living one is making", async () => {
    const root = temporaryFolder();
    const halfMade = (name: string, lock: string) => {
      mkdirSync(join(root, name));
      writeFileSync(runLayout(join(root, name)).lock, lock);
    };
    halfMade(".a.77.tmp", await lockOfDeadProcess());
    halfMade(".b.78.tmp", JSON.stringify(ownIdentity()));
    createRun(root, "c", about);
    expect(readdirSync(root).sort()).toEqual([".b.78.tmp", "c"]);
  });
});

describe("openRun", () => {
  it("finds a run by name and by path, and tells the nearest name", () => {
    const root = temporaryFolder();
    const { path } = createRun(root, "baseline-c10-s0", about);
    expect(openRun(root, "baseline-c10-s0").path).toBe(path);
    expect(openRun("elsewhere", path).name).toBe("baseline-c10-s0");
    expect(() => openRun(root, "baseline-c1-s0")).toThrow(
      /^baseline-c1-s0: no such run .*"baseline-c10-s0"\.$/,
    );
    expect(() => openRun(root, "other")).toThrow(/narrows runs/);
  });

  it("tells a run whose process was killed as interrupted", async () => {
    const root = temporaryFolder();
    const { path } = createRun(root, "a", about);
    updateManifest(path, { status: "running" });
    expect(openRun(root, "a").manifest.status).toBe("running");
    writeFileSync(runLayout(path).lock, await lockOfDeadProcess());
    expect(openRun(root, "a").manifest).toMatchObject({ status: "interrupted", reason: /killed/ });
    expect(listRuns(root)[0]).toMatchObject({ manifest: { status: "interrupted" } });
  });

  it.each([
    ["no JSON", "{", /manifest\.json: this is not JSON/],
    ["a missing key", '{"format":1}', /manifest\.json: "name" is wrong/],
    ["a newer format", '{"format":2}', /Update Narrows/],
  ])("tells a manifest with %s in one line", (_, text, message) => {
    const root = temporaryFolder();
    const { path } = createRun(root, "a", about);
    writeFileSync(runLayout(path).manifest, text);
    expect(() => openRun(root, "a")).toThrow(message);
    expect(() => openRun(root, "a")).toThrow(/^[^\n]*$/);
  });
});

describe("openRunForWriting", () => {
  it("refuses while a process writes there", () => {
    const root = temporaryFolder();
    createRun(root, "a", about);
    expect(() => openRunForWriting(root, "a")).toThrow(`process ${process.pid} is writing in this run`);
  });

  it("takes over from a killed process and clears what it left", async () => {
    const root = temporaryFolder();
    const { path } = createRun(root, "a", about);
    const { lock, checkpoints, manifest } = runLayout(path);
    const content = { tensors: new Map(), metadata: {} };
    for (const step of [1, 2]) writeCheckpoint(checkpoints, step, content);
    writeFileSync(checkpointPath(checkpoints, 2), "half");
    writeFileSync(`${checkpointPath(checkpoints, 3)}.77.tmp`, "half");
    writeFileSync(`${manifest}.77.tmp`, "half");
    writeFileSync(lock, await lockOfDeadProcess());

    const { run, warnings } = openRunForWriting(root, "a");
    expect(warnings).toEqual([expect.stringMatching(/step-00000002\.safetensors: .*skipped$/)]);
    expect(writerOf(run.path)).toBeDefined();
    expect(readdirSync(path).sort()).toEqual(["checkpoints", "lock.json", "manifest.json"]);
    expect(readdirSync(checkpoints).sort()).toEqual([
      "step-00000001.safetensors",
      "step-00000002.safetensors.damaged",
    ]);
  });

  it.each(["", "{", "{}"])("takes over a lock that names no one: %j", (text) => {
    const root = temporaryFolder();
    const { path } = createRun(root, "a", about);
    writeFileSync(runLayout(path).lock, text);
    openRunForWriting(root, "a");
    expect(JSON.parse(readFileSync(runLayout(path).lock, "utf8"))).toMatchObject(ownIdentity());
  });

  it("waits for the lease of a process on another machine, and then takes its run over", () => {
    const root = temporaryFolder();
    const { path } = createRun(root, "a", about);
    const { lock } = runLayout(path);
    writeFileSync(lock, JSON.stringify({ ...ownIdentity(), host: "another", leaseSeconds: 60 }));
    expect(() => openRunForWriting(root, "a")).toThrow(/on another is writing in this run.*ends 60 s after/);
    expect(listRuns(root)).toMatchObject([{ name: "a" }]);
    renewedAgo(lock, 61);
    expect(openRunForWriting(root, "a").warnings).toEqual([]);
    expect(writerOf(path)).toMatchObject(ownIdentity());
  });

  it("stops a process that lost its run, whatever it writes, and leaves nothing of it", () => {
    const root = temporaryFolder();
    const { path } = createRun(root, "a", about);
    const { lock, metrics, checkpoints } = runLayout(path);
    const log = openMetrics(metrics);
    const board = openTensorBoard(path);
    log.append({ step: 1, epoch: 0, split: "train" });
    // Another machine thought it dead and has taken it over.
    rmSync(lock);
    writeFileSync(lock, JSON.stringify({ ...ownIdentity(), host: "another", leaseSeconds: 60 }));
    const before = readdirSync(path, { recursive: true }).sort();
    const content = { tensors: new Map(), metadata: {} };
    for (const write of [
      () => log.append({ step: 2, epoch: 0, split: "train" }),
      () => board.scalars(2, { loss: 1 }),
      () => writeCheckpoint(checkpoints, 2, content),
      () => updateManifest(path, { status: "finished" }),
      () => truncateMetricsAfter(metrics, 0),
      () => renameRun(root, "a", "b"),
    ]) {
      expect(write).toThrow(/lost its lock.* on another has continued|on another is writing in this run/);
    }
    expect(readMetrics(metrics).lines).toHaveLength(1);
    expect(readdirSync(path, { recursive: true }).sort()).toEqual([...before, "checkpoints"].sort());
    closeRun({ path });
    expect(writerOf(path)).toMatchObject({ host: "another" });
    log.close();
    board.close();
  });

  it("lets go when the run cannot be opened", () => {
    const root = temporaryFolder();
    const run = createRun(root, "a", about);
    closeRun(run);
    writeFileSync(runLayout(run.path).checkpoints, "a file where a folder should be");
    expect(() => openRunForWriting(root, "a")).toThrow(UserError);
    expect(existsSync(runLayout(run.path).lock)).toBe(false);
  });
});

describe("listRuns", () => {
  it("lists runs in the order of their numbers, the damaged ones with the reason, and nothing else", () => {
    const root = temporaryFolder();
    for (const name of ["c10", "c3", "broken"]) createRun(root, name, about);
    writeFileSync(runLayout(join(root, "broken")).manifest, "\u0000");
    mkdirSync(join(root, "my-notes"));
    mkdirSync(join(root, "a-folder", "manifest.json"), { recursive: true });
    writeFileSync(join(root, "notes.txt"), "x");
    expect(listRuns(root).map((run) => [run.name, "unreadable" in run ? run.unreadable : "ok"])).toEqual([
      ["a-folder", "this is a folder, not a file"],
      ["broken", "this is not JSON"],
      ["c3", "ok"],
      ["c10", "ok"],
    ]);
  });

  it("is empty where there is no such folder", () => {
    expect(listRuns(join(temporaryFolder(), "none"))).toEqual([]);
  });
});

describe("whereabouts", () => {
  it("tells a living process, a dead one, a successor under its number, and one elsewhere", async () => {
    const own = ownIdentity();
    expect(whereabouts(own)).toBe("alive");
    expect(whereabouts({ ...own, startToken: "earlier" })).toBe("gone");
    expect(whereabouts({ ...own, host: "another" })).toBe("elsewhere");
    expect(whereabouts(JSON.parse(await lockOfDeadProcess()))).toBe("gone");
  });
});
