/**
 * A lock file that a dead process cannot hold: it names its owner, and whoever finds the owner gone takes it over.
 * Taken by linking a complete file to the name, so that no one ever reads half a lock.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { explainSystemError } from "./atomic.js";
import { ownIdentity, type ProcessIdentity, processIdentitySchema, whereabouts } from "./process-identity.js";

/** The owner a lock file names; undefined when the file is absent or names none. */
export function readLock(path: string): ProcessIdentity | undefined {
  try {
    return processIdentitySchema.safeParse(JSON.parse(readFileSync(path, "utf8"))).data;
  } catch (error) {
    if (error instanceof SyntaxError || hasCode(error, "ENOENT")) return undefined;
    throw explainSystemError(error, path);
  }
}

/**
 * Takes the lock for this process.
 * @returns the living owner (perhaps this process) when it is held; undefined when it is now ours. A lock left by a
 * process on another machine is taken over as well: see {@link whereabouts} to warn beforehand.
 * @throws UserError when the folder cannot be written
 */
export function acquireLock(path: string): ProcessIdentity | undefined {
  for (;;) {
    if (createLock(path)) return undefined;
    const owner = readLock(path);
    if (owner && whereabouts(owner) === "alive") return owner;
    // Two processes may find the same dead owner. The rename gives it to one of them; the other one may move away
    // the winner's fresh lock instead, which it recognises and puts back.
    const aside = `${path}.${process.pid}.tmp`;
    try {
      renameSync(path, aside);
      const moved = readLock(aside);
      if (moved && whereabouts(moved) === "alive") linkSync(aside, path);
    } catch (error) {
      if (!hasCode(error, "ENOENT") && !hasCode(error, "EEXIST")) throw explainSystemError(error, path);
    } finally {
      rmSync(aside, { force: true });
    }
  }
}

/** Gives the lock back; a lock that is not this process's stays. */
export function releaseLock(path: string): void {
  const owner = readLock(path);
  const own = ownIdentity();
  if (owner && owner.host === own.host && owner.pid === own.pid && owner.startToken === own.startToken) {
    rmSync(path, { force: true });
  }
}

/** Creates the file complete or not at all; false when the name is taken. */
function createLock(path: string): boolean {
  const temporary = `${path}.${process.pid}.new.tmp`;
  const content = `${JSON.stringify(ownIdentity())}\n`;
  try {
    writeFileSync(temporary, content);
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    if (hasCode(error, "EPERM") || hasCode(error, "ENOTSUP") || hasCode(error, "ENOSYS")) {
      return createWithoutLinks(path, content);
    }
    throw explainSystemError(error, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** For file systems without hard links (exFAT, some network shares). */
function createWithoutLinks(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw explainSystemError(error, path);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
