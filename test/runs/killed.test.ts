import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { expect, it } from "vitest";
import { runLayout } from "../../src/runs/layout.js";
import { listRuns } from "../../src/runs/run.js";
import { standInTraining } from "./stand-in-training.js";
import { temporaryFolder } from "./temporary-folder.js";

const KILLS = 20;

it("a run killed at random moments can always be listed and resumed, and ends with the same bytes", async () => {
  const root = temporaryFolder();
  const script = join(root, "stand-in-training.mjs");
  buildSync({
    entryPoints: [fileURLToPath(new URL("stand-in-training.ts", import.meta.url))],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "esm",
    // protobufjs is CommonJS and asks for node's modules by `require`.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  standInTraining(root, "whole");

  const statuses = new Set<string>();
  let kills = 0;
  for (let attempt = 0; kills < KILLS; attempt++) {
    const name = `killed-${Math.floor(attempt / 5)}`;
    const child = spawn(process.execPath, [script, root, name], { stdio: ["ignore", "ignore", "inherit"] });
    const exited = once(child, "exit");
    // Node takes some 60 ms to start, and the training some 200 more.
    await Promise.race([exited, setTimeout(40 + Math.random() * 160)]);
    if (child.kill("SIGKILL")) kills++;
    const [code] = await exited;
    if (code !== null) expect(code).toBe(0);
    for (const run of listRuns(root)) statuses.add("manifest" in run ? run.manifest.status : run.unreadable);
  }
  expect([...statuses].filter((status) => !/^(created|interrupted|finished)$/.test(status))).toEqual([]);
  expect(statuses).toContain("interrupted");

  for (const { name, path } of listRuns(root)) {
    standInTraining(root, name);
    for (const file of ["metrics", "checkpoints"] as const) {
      expect(content(runLayout(path)[file])).toEqual(content(runLayout(join(root, "whole"))[file]));
    }
    expect(readdirSync(path).filter((file) => !file.startsWith("events."))).toEqual([
      "checkpoints",
      "manifest.json",
      "metrics.jsonl",
    ]);
  }
});

/** The bytes of a file, or of all files in a folder. */
function content(path: string): unknown {
  return path.endsWith(".jsonl")
    ? readFileSync(path, "utf8")
    : readdirSync(path).map((name) => [name, readFileSync(join(path, name), "base64")]);
}
