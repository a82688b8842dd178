import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect } from "vitest";

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

/** What a command said and how it ended. */
export interface Ended {
  /** The exit code. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder for one test file, removed in the end, and the command line run in it. */
export function commandLine(name: string) {
  const folder = mkdtempSync(join(tmpdir(), `narrows-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    /** Runs a command to its end, in this process: a Node process for each costs more than most commands do. */
    narrows: (...args: string[]): Promise<Ended> => runHere(folder, args),
    /** Runs a command to its end in a process of its own, where that is what is tested. */
    narrowsAlone: (...args: string[]): Ended =>
      spawnSync(process.execPath, [MAIN, ...args], { cwd: folder, encoding: "utf8" }),
    /** Starts a command and ends it with a signal after so many milliseconds, or once it is time, if it still runs. */
    narrowsKilled: (when: number | (() => boolean), signal: NodeJS.Signals, ...args: string[]) =>
      new Promise<Ended & { signal: NodeJS.Signals | null }>((resolve) => {
        const child = spawn(process.execPath, [MAIN, ...args], {
          cwd: folder,
          stdio: ["ignore", "pipe", "pipe"],
        });
        let [stdout, stderr] = ["", ""];
        child.stdout.on("data", (chunk: Buffer) => {
          stdout += chunk.toString();
        });
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
          resolve({ status, signal: ended, stdout, stderr });
        });
      }),
  };
}

/** The command that runs here now; there can be one: it has the folder, the streams and the exit code of the process. */
let running: readonly string[] | undefined;

/** Runs a command in a folder as `main.ts` does, and gives the process its folder, streams, exit code and listeners back. */
async function runHere(folder: string, args: readonly string[]): Promise<Ended> {
  if (running) throw new Error(`"narrows ${args.join(" ")}" before "narrows ${running.join(" ")}" has ended`);
  const { runCommandLine } = await builtProgram();
  const { exitCode } = process;
  const home = process.cwd();
  const listeners = countListeners();
  running = args;
  process.chdir(folder);
  process.exitCode = undefined;
  const stdout = capture(process.stdout);
  const stderr = capture(process.stderr);
  try {
    await runCommandLine(args);
    return { status: Number(process.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    stdout.restore();
    stderr.restore();
    process.exitCode = exitCode;
    process.chdir(home);
    running = undefined;
    expect(countListeners(), "listeners that a command leaves behind").toEqual(listeners);
  }
}

/** The program as it is shipped: plain JavaScript, which Node loads quicker than vitest does the sources. */
async function builtProgram(): Promise<typeof import("../../src/cli/program.js")> {
  return import(/* @vite-ignore */ pathToFileURL(join(MAIN, "../program.js")).href);
}

/** Collects what is written to a stream, instead of writing it. */
function capture(stream: NodeJS.WriteStream) {
  const { write } = stream;
  let text = "";
  stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    text += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
    const written = rest.at(-1);
    if (typeof written === "function") written();
    return true;
  }) as typeof write;
  return {
    text: () => text,
    restore: () => {
      stream.write = write;
    },
  };
}

/** How many listen to what a command may listen to. */
function countListeners(): Record<string, number> {
  const events = ["SIGINT", "SIGTERM", "exit", "uncaughtException", "unhandledRejection"];
  return Object.fromEntries(events.map((event) => [event, process.listenerCount(event)]));
}
