/**
 * Locks that this process holds for long: they are renewed as long as it lives, and each guards a folder. Whatever is written in
 * that folder asks first whether the lock is still ours ({@link requireHold}): a process that was suspended for longer than its
 * lease, or was cut off from the drive, may find that another one has gone on with its work.
 *
 * Between that question and the writing the process may be suspended once more. So every file is written under a temporary name
 * before the question is asked, and whoever takes a folder over removes all temporary files in it first, and replaces the files
 * that are appended to: the late writer's last step then fails, or leads to a file that nobody reads.
 */
import { readFileSync } from "node:fs";
import { resolve, sep } from "node:path";
import { Worker } from "node:worker_threads";
import { UserError } from "../errors.js";
import { once } from "../once.js";
import { ownLeaseSeconds, renewalInterval } from "./lease.js";
import type { LeaseOrder } from "./lease-thread.js";
import { acquireLock, type LockOwner, lockHolder, ownsLock, releaseLock } from "./lock.js";
import { processName } from "./process-identity.js";
import { inFileSystem } from "./system-errors.js";

/** A lock was lost: what it guarded is another process's now. */
export class HoldLostError extends UserError {
  /** Who has it; undefined where it is free again. */
  readonly holder: LockOwner | undefined;

  constructor(folder: string, holder: LockOwner | undefined) {
    super({
      where: folder,
      what: `this process lost its lock, because it could not renew it for ${ownLeaseSeconds()} s (was it suspended, or the drive away?), and ${holder ? `${processName(holder)} has continued` : "another process has continued"}`,
      remedy: "Nothing is lost: the other process began with what was saved here",
    });
    this.holder = holder;
  }
}

/** The locks that this process holds, and the folder that each guards. They are the process's, as its open files are. */
const held = new Map<string, string | undefined>();

/**
 * Takes a lock and keeps it renewed until {@link endHold}.
 * @param folder that only its holder writes in.
 * @returns the owner when it is held; undefined when it is now ours.
 * @throws UserError when the folder cannot be written.
 */
export function beginHold(lock: string, folder?: string): LockOwner | undefined {
  const owner = acquireLock(lock);
  if (!owner) keepHold(lock, folder);
  return owner;
}

/** Renews from now on a lock that this process has taken, and guards the folder with it. */
export function keepHold(lock: string, folder?: string): void {
  const path = resolve(lock);
  held.set(path, folder === undefined ? undefined : resolve(folder));
  renewals().order({ path, text: inFileSystem(lock, () => readFileSync(lock, "utf8")) });
}

/** Leaves a lock as it is: its file was renamed, or removed with its folder. */
export function dropHold(lock: string): void {
  const path = resolve(lock);
  if (held.delete(path)) renewals().order({ path });
}

/** Gives a lock back; one that is not this process's stays. */
export function endHold(lock: string): void {
  dropHold(lock);
  releaseLock(lock);
}

/**
 * To be called before something is written, renamed or removed at `path`, as late as possible.
 * @throws HoldLostError where this process held the folder, and holds it no more.
 */
export function requireHold(path: string): void {
  const wanted = resolve(path);
  for (const [lock, folder] of held) {
    if (folder === undefined) continue;
    const isInside = wanted === folder || wanted.startsWith(folder + sep);
    if (isInside && !ownsLock(lock)) throw new HoldLostError(folder, lockHolder(lock));
  }
}

/** The built thread: sources that are run as they are have it in the folder of the built ones. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/files/lease-thread.js" : "./lease-thread.js",
  import.meta.url,
);

/** The thread of this process, started with the first lock that it has to renew. */
const renewals = once(() => {
  const thread = new Worker(THREAD, { workerData: renewalInterval(ownLeaseSeconds()) });
  thread.on("error", (error) => {
    process.emitWarning(`locks are not renewed any more: ${error.message}`);
  });
  // It ends with the process, and does not keep it.
  thread.unref();
  return { order: (order: LeaseOrder) => thread.postMessage(order) };
});
