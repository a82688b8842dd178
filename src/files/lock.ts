/**
 * A lock file that a dead process cannot hold: it names its owner, and a process that finds the owner gone takes it over.
 *
 * A free lock is taken by linking a complete file to its name: of several processes one succeeds, and no one ever reads half
 * a lock. A lock left by a dead process is replaced only by the holder of a second lock, `FILE.takeover`, who first
 * looks whether it is still the one that was found: nobody else can replace it then, so that it never has two owners. The second
 * lock is of the same kind, so that a process killed in between costs the next one a third.
 */
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { ownIdentity, type ProcessIdentity, processIdentitySchema, whereabouts } from "./process-identity.js";
import { explainSystemError, hasCode, inFileSystem } from "./system-errors.js";
import { sweepTemporaries, temporaryPath } from "./temporary.js";

/** A lock that names no one may still be in writing where there are no hard links. */
const WRITING_MS = 100;

/** The owner a lock file names; undefined when the file is absent or names none. */
export function readLock(path: string): ProcessIdentity | undefined {
  const text = readLockText(path);
  return text === undefined ? undefined : ownerIn(text);
}

/**
 * Takes the lock for this process.
 * @returns the living owner (perhaps this process) when it is held or just being taken over; undefined when it is now ours. A
 * lock left by a process on another machine is taken over as well: see {@link whereabouts} to warn beforehand.
 * @throws UserError when the folder cannot be written
 */
export function acquireLock(path: string): ProcessIdentity | undefined {
  inFileSystem(path, () => sweepTemporaries(path));
  for (;;) {
    if (createLock(path)) return undefined;
    const found = readLockText(path);
    if (found === undefined) continue;
    const owner = ownerIn(found);
    if (owner && whereabouts(owner) === "alive") return owner;
    if (!owner && isStillWritten(path, found)) continue;
    // Its holder alone may replace the lock by another.
    const claim = `${path}.takeover`;
    const rival = acquireLock(claim);
    if (rival) return rival;
    try {
      // Whoever held the claim before may have replaced the lock already.
      if (readLockText(path) !== found) continue;
      withNewLock(path, (temporary) => renameSync(temporary, path));
      return undefined;
    } finally {
      releaseLock(claim);
    }
  }
}

/** Gives the lock back; a lock that is not this process's stays. */
export function releaseLock(path: string): void {
  const owner = readLock(path);
  const own = ownIdentity();
  if (owner && owner.host === own.host && owner.pid === own.pid && owner.startToken === own.startToken) {
    inFileSystem(path, () => rmSync(path, { force: true }));
  }
}

function readLockText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw explainSystemError(error, path);
  }
}

function ownerIn(text: string): ProcessIdentity | undefined {
  try {
    return processIdentitySchema.safeParse(JSON.parse(text)).data;
  } catch {
    // No JSON: it names no one.
    return undefined;
  }
}

function isStillWritten(path: string, found: string): boolean {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WRITING_MS);
  return readLockText(path) !== found;
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
  return `${JSON.stringify(ownIdentity())}\n`;
}
