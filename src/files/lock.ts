/**
 * A lock file that a dead process cannot hold: it names its owner, and a process that finds the owner gone takes it over. Whether
 * the owner lives is seen on its own machine; on another one it counts as gone when it has not renewed its lock for as long as the
 * lock says (see {@link file://./lease.ts}; who holds a lock for long does it with {@link file://./hold.ts}). So an owner that was
 * suspended, or cut off from the drive, may lose its lock, and has to look whether it is its own before it does what the lock is for.
 *
 * A free lock is taken by linking a complete file to its name: of several processes one succeeds, and no one ever reads half
 * a lock. A lock left by a dead process is replaced only by the holder of a second lock, `FILE.takeover`, who first
 * looks whether it is still the one that was found: nobody else can replace it then, so that it never has two owners. The second
 * lock is of the same kind, so that a process killed in between costs the next one a third.
 */
import { linkSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as z from "zod";
import { ownLeaseSeconds, readWrittenLock, sinceRenewal, type WrittenLock } from "./lease.js";
import { ownIdentity, processIdentitySchema, whereabouts } from "./process-identity.js";
import { hasCode, inFileSystem } from "./system-errors.js";
import { sweepTemporaries, temporaryPath } from "./temporary.js";

/** A lock that names no one may still be in writing where there are no hard links. */
const WRITING_MS = 100;

const lockSchema = processIdentitySchema.extend({
  /** How long it holds without being renewed; earlier versions renewed none, and did not say. */
  leaseSeconds: z.number().positive().default(ownLeaseSeconds),
});

/** The process that a lock names, and for how long its lock holds. */
export type LockOwner = z.infer<typeof lockSchema>;

/** The owner a lock file names, whether it lives or not; undefined when the file is absent or names none. */
export function readLock(path: string): LockOwner | undefined {
  const written = readWrittenLock(path);
  return written && ownerIn(written.text);
}

/** The owner that holds the lock now; undefined when none does, or none that lives as far as can be known. */
export function lockHolder(path: string): LockOwner | undefined {
  const written = readWrittenLock(path);
  return written && holderIn(path, written);
}

/** Whether the lock is this process's. */
export function ownsLock(path: string): boolean {
  return isOwn(readLock(path));
}

/**
 * Takes the lock for this process.
 * @returns the owner (perhaps this process) when it is held or just being taken over; undefined when it is now ours.
 * @throws UserError when the folder cannot be written
 */
export function acquireLock(path: string): LockOwner | undefined {
  inFileSystem(path, () => sweepTemporaries(path));
  for (;;) {
    if (createLock(path)) return undefined;
    const found = readWrittenLock(path);
    if (found === undefined) continue;
    const holder = holderIn(path, found);
    if (holder) return holder;
    if (!ownerIn(found.text) && isStillWritten(path, found.text)) continue;
    // Its holder alone may replace the lock by another.
    const claim = `${path}.takeover`;
    const rival = acquireLock(claim);
    if (rival) return rival;
    try {
      // Whoever held the claim before may have replaced the lock already, or its owner has come back.
      const now = readWrittenLock(path);
      if (now?.text !== found.text || now.renewedAt !== found.renewedAt) continue;
      withNewLock(path, (temporary) => renameSync(temporary, path));
      return undefined;
    } finally {
      releaseLock(claim);
    }
  }
}

/** Gives the lock back; a lock that is not this process's stays. */
export function releaseLock(path: string): void {
  if (!ownsLock(path)) return;
  inFileSystem(path, () => {
    // Moved first and looked at then: between a look and a removal another process might have taken it over.
    const aside = temporaryPath(path);
    try {
      renameSync(path, aside);
    } catch (error) {
      if (hasCode(error, "ENOENT")) return;
      throw error;
    }
    if (!ownsLock(aside)) putBack(aside, path);
    rmSync(aside, { force: true });
  });
}

/** Where a third process has taken the name in the meantime, the second has lost its lock, and finds that out before it writes. */
function putBack(aside: string, path: string): void {
  try {
    linkSync(aside, path);
  } catch (error) {
    if (hasCode(error, "EPERM", "ENOTSUP", "ENOSYS")) renameSync(aside, path);
    else if (!hasCode(error, "EEXIST")) throw error;
  }
}

function holderIn(path: string, written: WrittenLock): LockOwner | undefined {
  const owner = ownerIn(written.text);
  if (!owner) return undefined;
  const where = whereabouts(owner);
  if (where !== "elsewhere") return where === "alive" ? owner : undefined;
  // Where nobody can ask for the time, nobody can take the lock over either.
  const milliseconds = sinceRenewal(path, written) ?? 0;
  return milliseconds < owner.leaseSeconds * 1000 ? owner : undefined;
}

function isOwn(owner: LockOwner | undefined): boolean {
  const own = ownIdentity();
  return (
    owner !== undefined &&
    owner.host === own.host &&
    owner.pid === own.pid &&
    owner.startToken === own.startToken &&
    (owner.space ?? own.space) === own.space
  );
}

function ownerIn(text: string): LockOwner | undefined {
  try {
    return lockSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // No JSON: it names no one.
    return undefined;
  }
}

function isStillWritten(path: string, found: string): boolean {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WRITING_MS);
  return readWrittenLock(path)?.text !== found;
}

/** Creates the file complete or not at all; false when the name is taken. */
function createLock(path: string): boolean {
  return withNewLock(path, (temporary) => {
    try {
      linkSync(temporary, path);
      return true;
    } catch (error) {
      // A network drive may repeat a call that it has done already; the second name of the file shows it.
      if (hasCode(error, "EEXIST")) return statSync(temporary).nlink > 1;
      // File systems without hard links: exFAT, some network shares.
      if (hasCode(error, "EPERM", "ENOTSUP", "ENOSYS")) return createWithoutLinks(path);
      throw error;
    }
  });
}

function createWithoutLinks(path: string): boolean {
  try {
    writeFileSync(path, lockText(), { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** Does something with a complete lock of this process under a temporary name. */
function withNewLock<Result>(path: string, use: (temporary: string) => Result): Result {
  const temporary = temporaryPath(path);
  return inFileSystem(path, () => {
    try {
      writeFileSync(temporary, lockText());
      return use(temporary);
    } finally {
      rmSync(temporary, { force: true });
    }
  });
}

function lockText(): string {
  return `${JSON.stringify({ ...ownIdentity(), leaseSeconds: ownLeaseSeconds() })}\n`;
}
