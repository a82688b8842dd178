import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** The built command line: `npm test` builds before it tests. */
export const MAIN = join(import.meta.dirname, "../../dist/cli/main.js");

/** Whether a training has written its first lines: it is on its way then, and listens to signals. */
export function hasBegun(runPath: string): boolean {
  const metrics = join(runPath, "metrics.jsonl");
  return existsSync(metrics) && statSync(metrics).size > 0;
}

/** Whether a training has evaluated its model once: it can be drawn then. */
export function hasEvaluated(runPath: string): boolean {
  return (
    hasBegun(runPath) && readFileSync(join(runPath, "metrics.jsonl"), "utf8").includes('"split":"validation"')
  );
}

/** A folder for one test file, removed in the end, and the command line run in it. */
export function commandLine(name: string) {
  const folder = mkdtempSync(join(tmpdir(), `narrows-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    /** Runs a command to its end. */
    narrows: (...args: string[]) =>
      spawnSync(process.execPath, [MAIN, ...args], { cwd: folder, encoding: "utf8" }),
    /** Starts a command and ends it with a signal after so many milliseconds, or once it is time, if it still runs. */
    narrowsKilled: (when: number | (() => boolean), signal: NodeJS.Signals, ...args: string[]) =>
      new Promise<{ status: number | null; signal: NodeJS.Signals | null; stderr: string }>((resolve) => {
        const child = spawn(process.execPath, [MAIN, ...args], {
          cwd: folder,
          stdio: ["ignore", "ignore", "pipe"],
        });
        let stderr = "";
        child.stderr.on("data", (chunk: Buffer) => {
          stderr += chunk.toString();
        });
        const begun = performance.now();
        const isTime = typeof when === "number" ? () => performance.now() - begun >= when : when;
        const timer = setInterval(() => {
          if (!isTime()) return;
          clearInterval(timer);
          child.kill(signal);
        }, 10);
        child.on("close", (status, ended) => {
          clearInterval(timer);
          resolve({ status, signal: ended, stderr });
        });
      }),
  };
}
