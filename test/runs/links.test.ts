import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeCheckpoint } from "../../src/runs/checkpoints.js";
import { runLayout } from "../../src/runs/layout.js";
import { openMetrics } from "../../src/runs/metrics.js";
import { closeRun, createRun, listRuns, openRun, openRunForWriting } from "../../src/runs/run.js";
import { removeRunFiles } from "../../src/runs/run-files.js";
import { summarizeRuns } from "../../src/runs/summary.js";
import { temporaryFolder } from "./temporary-folder.js";

const about = {
  configuration: {},
  versions: { narrows: "0.1.0", node: "20", onnxruntime: "1.30", platform: "linux-x64" },
};
const content = { tensors: new Map(), metadata: {} };

/** A run with all kinds of files, and a folder of somebody's own beside the runs. */
function receivedRun() {
  const root = temporaryFolder();
  const runs = join(root, "runs");
  const run = createRun(runs, "a", about);
  closeRun(run);
  const files = runLayout(run.path);
  writeCheckpoint(files.checkpoints, 1, content);
  writeCheckpoint(files.snapshots, 1, content);
  mkdirSync(files.heads);
  for (const file of [files.metrics, files.encoder, files.decoder]) writeFileSync(file, "");
  writeFileSync(join(files.heads, "digit.onnx"), "");
  const elsewhere = join(root, "elsewhere");
  mkdirSync(join(elsewhere, "folder.tmp"), { recursive: true });
  for (const name of ["a.tmp", "step-00000001.safetensors.9.tmp", join("folder.tmp", "thesis.txt")]) {
    writeFileSync(join(elsewhere, name), "mine");
  }
  return { runs, path: run.path, files, elsewhere };
}

const treeOf = (folder: string) => readdirSync(folder, { recursive: true }).sort();

describe("a link in a run", () => {
  it.each(["checkpoints", "snapshots", "heads", "manifest", "metrics", "encoder", "decoder"] as const)(
    "%s is refused by whoever opens the run, and its target stays as it is",
    (which) => {
      const { runs, files, elsewhere } = receivedRun();
      const target = join(elsewhere, "target");
      if (which === "checkpoints" || which === "snapshots" || which === "heads") {
        rmSync(files[which], { recursive: true });
        symlinkSync(elsewhere, files[which]);
      } else {
        renameSync(files[which], target);
        symlinkSync(target, files[which]);
      }
      const before = treeOf(elsewhere);
      const message = /this is a link, and a run holds only its own files\. Remove it/;
      expect(() => openRun(runs, "a")).toThrow(message);
      expect(() => openRunForWriting(runs, "a")).toThrow(message);
      if (which === "metrics") expect(() => openMetrics(files.metrics)).toThrow(message);
      expect(treeOf(elsewhere)).toEqual(before);
      const [listed] = listRuns(runs);
      if (which === "manifest") expect(listed).toHaveProperty("unreadable", expect.stringContaining("link"));
      if (which === "metrics" || which === "checkpoints") {
        expect(summarizeRuns(runs)[0]).toHaveProperty("unreadable", expect.stringContaining("link"));
      }
    },
  );

  it("to a single checkpoint is refused, and so is what is no file: a pipe would never end", async () => {
    const { runs, files, elsewhere } = receivedRun();
    const link = join(files.checkpoints, "step-00000002.safetensors");
    symlinkSync(join(elsewhere, "a.tmp"), link);
    expect(() => openRun(runs, "a")).toThrow(/step-00000002\.safetensors: this is a link/);
    rmSync(link);
    const server = createServer().listen(files.lock);
    await once(server, "listening");
    expect(() => openRun(runs, "a")).toThrow(/lock\.json: this is a device, pipe or socket/);
    server.close();
  });

  it("that is the run's folder itself is the user's own way to keep it on another drive", () => {
    const { runs, path, elsewhere } = receivedRun();
    renameSync(path, join(elsewhere, "big"));
    symlinkSync(join(elsewhere, "big"), path);
    const { run } = openRunForWriting(runs, "a");
    closeRun(run);
  });
});

describe("what is removed", () => {
  it("on resuming: half-written files of a run, no folders, and no files of other names", () => {
    const { runs, path, files } = receivedRun();
    const left = ["manifest.json.77.tmp", "encoder.onnx.77-0123456789abcdef.tmp"];
    const stays = ["thesis.tmp", "manifest.json.tmp", "step-1.safetensors.77.tmp"];
    for (const name of [...left, ...stays]) writeFileSync(join(path, name), "");
    for (const folder of [path, files.checkpoints]) {
      mkdirSync(join(folder, "step-00000003.safetensors.77.tmp"));
      writeFileSync(join(folder, "step-00000003.safetensors.77.tmp", "thesis.txt"), "mine");
    }
    writeFileSync(join(files.checkpoints, "step-00000004.safetensors.77.tmp"), "");
    closeRun(openRunForWriting(runs, "a").run);
    const there = treeOf(path);
    for (const name of left) expect(there).not.toContain(name);
    for (const name of stays) expect(there).toContain(name);
    expect(there).not.toContain(join("checkpoints", "step-00000004.safetensors.77.tmp"));
    expect(
      readFileSync(join(files.checkpoints, "step-00000003.safetensors.77.tmp", "thesis.txt"), "utf8"),
    ).toBe("mine");
  });

  it("with a run: its own files, nothing through a link, and the folder where nothing else is in it", () => {
    const { path, files, elsewhere } = receivedRun();
    rmSync(files.snapshots, { recursive: true });
    symlinkSync(elsewhere, files.snapshots);
    writeFileSync(join(path, "notes.txt"), "mine");
    const before = treeOf(elsewhere);
    removeRunFiles(path);
    expect(treeOf(elsewhere)).toEqual(before);
    expect(readdirSync(path).sort()).toEqual(["heads", "notes.txt", "snapshots"]);
    const other = receivedRun();
    rmSync(other.files.heads, { recursive: true });
    removeRunFiles(other.path);
    expect(existsSync(other.path)).toBe(false);
  });

  it("of a process killed while it made a run: the hidden folder, whenever it was killed, with nothing foreign", () => {
    const root = temporaryFolder();
    const hidden = [".a.4194999.tmp", ".b.4194999-00000000aaaaaaaa.tmp", ".c.4194999.tmp", ".d.copy.tmp"];
    for (const name of hidden) mkdirSync(join(root, name));
    writeFileSync(join(root, ".a.4194999.tmp", "lock.json.4194999.new.tmp"), "");
    writeFileSync(join(root, ".c.4194999.tmp", "thesis.txt"), "mine");
    createRun(root, "run", about);
    // Of another machine it cannot be known before a day is over.
    expect(treeOf(root).filter((name) => !String(name).startsWith("run"))).toEqual([
      ".b.4194999-00000000aaaaaaaa.tmp",
      ".c.4194999.tmp",
      join(".c.4194999.tmp", "thesis.txt"),
      ".d.copy.tmp",
    ]);
  });
});
