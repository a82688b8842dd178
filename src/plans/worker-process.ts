import { fork } from "node:child_process";
import type { HeldElsewhere, Order, Report, WorkerEnd } from "./messages.js";

/** A process for trainings, one after the other. */
export interface Worker {
  /** Whether it can be given another training; one that died cannot. */
  readonly alive: boolean;
  /** Never rejects: a worker that dies has failed, and says why as well as can be found out. */
  train(
    order: Extract<Order, { kind: "train" }>,
    onReport: (report: Report) => void,
  ): Promise<WorkerEnd | HeldElsewhere>;
  /** Asks it to save and end the training it is at. */
  stop(): void;
  /** Lets it go; resolves when it is gone. */
  close(): Promise<void>;
}

/** The built worker, next to this file. */
const WORKER_FILE = new URL("./worker.js", import.meta.url);

/**
 * The runtime hands every state over in arrays of its own, megabytes a step, which are soon garbage. Node would collect them
 * with four threads in addition to the one that works: on a core for each worker that costs a fifth of the time (docs/speed.md).
 */
const ENGINE_FLAGS = ["--single-threaded-gc"];

/** As much of what a worker says on standard error as may explain its death. */
const KEPT_CHARACTERS = 4000;

/** Starts a process. It keeps the data of one training for the next, and what it has loaded of the engine. */
export function startWorker(file: URL = WORKER_FILE): Worker {
  const child = fork(file, {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
    execArgv: [...process.execArgv, ...ENGINE_FLAGS],
  });
  let said = "";
  let alive = true;
  /** Where reports of the present training go, and its end. */
  let present: { onReport(report: Report): void; resolve(end: WorkerEnd | HeldElsewhere): void } | undefined;
  const settle = (end: WorkerEnd | HeldElsewhere) => {
    const { resolve } = present ?? {};
    present = undefined;
    resolve?.(end);
  };
  child.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-KEPT_CHARACTERS);
  });
  child.on("message", (report: Report) => {
    if (report.kind === "ended") settle(report.end);
    else present?.onReport(report);
  });
  const gone = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      alive = false;
      settle({ status: "failed", reason: `its process could not be started or reached: ${error.message}` });
      // Without a process there is no closing to wait for.
      if (child.pid === undefined) resolve();
    });
    // Comes after the last message.
    child.on("close", (code, signal) => {
      alive = false;
      settle(
        isRequest(signal)
          ? { status: "interrupted" }
          : { status: "failed", reason: death(code, signal, said) },
      );
      resolve();
    });
  });
  const send = (message: Order) => {
    if (child.connected) child.send(message, () => undefined);
  };
  return {
    get alive() {
      return alive;
    },
    train(order, onReport) {
      return new Promise((resolve) => {
        said = "";
        present = { onReport, resolve };
        if (alive) send(order);
        else settle({ status: "failed", reason: "its process is gone" });
      });
    },
    stop: () => send({ kind: "stop" }),
    close() {
      // It hangs up itself: if this end does, Node never reports that it is gone.
      send({ kind: "leave" });
      return gone;
    },
  };
}

/** Whether it ended by what asks for the end, as Ctrl-C asks every process of the terminal, before it could listen to that. */
function isRequest(signal: NodeJS.Signals | null): boolean {
  return signal === "SIGINT" || signal === "SIGTERM";
}

function death(code: number | null, signal: NodeJS.Signals | null, said: string): string {
  if (signal === "SIGKILL") return "its process was killed (SIGKILL: by a user, or out of memory)";
  if (signal) return `its process was killed (${signal})`;
  const why = /^\w*Error.*$/m.exec(said)?.[0] ?? said.trim().split("\n").at(-1);
  return `its process ended with code ${code}${why ? `: ${why}` : ""}`;
}
