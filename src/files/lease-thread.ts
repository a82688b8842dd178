/**
 * A thread that renews the locks of its process: however long the process computes without a pause, or reads a file of
 * gigabytes, it keeps what it holds. When the process is suspended or dies, the thread is too.
 */
import { parentPort, workerData } from "node:worker_threads";
import { renewLock } from "./lease.js";

/** A lock to renew from now on; without a text it is renewed no more. */
export interface LeaseOrder {
  readonly path: string;
  readonly text?: string;
}

const held = new Map<string, string>();

parentPort?.on("message", ({ path, text }: LeaseOrder) => {
  if (text === undefined) held.delete(path);
  else held.set(path, text);
});

setInterval(() => {
  for (const [path, text] of held) renewIfPossible(path, text);
}, Number(workerData));

function renewIfPossible(path: string, text: string): void {
  try {
    renewLock(path, text);
  } catch {
    // A drive that does not answer may do so next time. If it does not for the whole lease, another process may take the lock
    // over, and the owner finds that out before it writes.
  }
}
