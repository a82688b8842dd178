import { fork } from "node:child_process";
import type { Order, Report } from "./messages.js";

/** How a worker ended. */
export type WorkerEnd =
  | { readonly status: "finished" | "interrupted" }
  | { readonly status: "failed"; readonly reason: string };

/** A worker at its work. */
export interface Worker {
  /** Asks it to save and end. */
  stop(): void;
  /** Never rejects: a worker that dies has failed, and says why as well as can be found out. */
  readonly ended: Promise<WorkerEnd>;
}

/** The built worker beside this file. */
const WORKER_FILE = new URL("./worker.js", import.meta.url);

/** As much of what a worker says on standard error as may explain its death. */
const KEPT_CHARACTERS = 4000;

/** Starts a process for one training. */
export function startWorker(
  order: Extract<Order, { kind: "train" }>,
  onReport: (report: Report) => void,
  file: URL = WORKER_FILE,
): Worker {
  const child = fork(file, { stdio: ["ignore", "ignore", "pipe", "ipc"], serialization: "advanced" });
  let end: WorkerEnd | undefined;
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-KEPT_CHARACTERS);
  });
  child.on("message", (report: Report) => {
    if (report.kind === "ended") end = { status: report.finished ? "finished" : "interrupted" };
    else if (report.kind === "failed") end = { status: "failed", reason: report.reason };
    else onReport(report);
  });
  const ended = new Promise<WorkerEnd>((resolve) => {
    child.on("error", (error) => {
      end ??= { status: "failed", reason: `its process could not be started or reached: ${error.message}` };
      // Without a process there is no closing to wait for.
      if (child.pid === undefined) resolve(end);
    });
    // Comes after the last message.
    child.on("close", (code, signal) =>
      resolve(end ?? { status: "failed", reason: death(code, signal, said) }),
    );
  });
  const send = (message: Order) => {
    if (child.connected) child.send(message, () => undefined);
  };
  send(order);
  return { stop: () => send({ kind: "stop" }), ended };
}

function death(code: number | null, signal: NodeJS.Signals | null, said: string): string {
  if (signal === "SIGKILL") return "its process was killed (SIGKILL: by hand, or for want of memory)";
  if (signal) return `its process was killed (${signal})`;
  const why = /^\w*Error.*$/m.exec(said)?.[0] ?? said.trim().split("\n").at(-1);
  return `its process ended with code ${code}${why ? `: ${why}` : ""}`;
}
