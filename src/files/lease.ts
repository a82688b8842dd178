/**
 * How long a lock holds whose owner is on another machine, where nobody can see whether it lives. The owner renews its lock
 * while it lives; a lock that was not renewed for as long as it says counts as left. What is compared are two times of the
 * file system, so that hosts that share a folder agree, however wrong their own clocks are.
 */
import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { hasCode, inFileSystem } from "./system-errors.js";
import { temporaryPath } from "./temporary.js";

/** Seconds for which a lock holds without being renewed, where the environment does not say. */
const LEASE_SECONDS = 120;

/** It is renewed this often within a lease: one renewal may fail, and the next one too. */
const RENEWALS_IN_A_LEASE = 6;

/** Seconds that locks of this process hold: NARROWS_LEASE_SECONDS, for drives on which writing may take minutes. */
export function ownLeaseSeconds(): number {
  const given = Number(process.env.NARROWS_LEASE_SECONDS);
  return given > 0 ? given : LEASE_SECONDS;
}

/** Milliseconds between two renewals of a lock. */
export function renewalInterval(leaseSeconds: number): number {
  return (leaseSeconds * 1000) / RENEWALS_IN_A_LEASE;
}

/** The text of a lock and when it was last written. */
export interface WrittenLock {
  readonly text: string;
  /** In milliseconds, by the clock of the file system. */
  readonly renewedAt: number;
}

/**
 * Reads a lock; undefined where there is none. It is opened for that, since network drives ask the server for the state of a file
 * only when it is opened.
 * @throws UserError when it cannot be read.
 */
export function readWrittenLock(path: string): WrittenLock | undefined {
  return ifThere(path, () => {
    const handle = openSync(path, "r");
    try {
      return { renewedAt: fstatSync(handle).mtimeMs, text: readFileSync(handle, "utf8") };
    } finally {
      closeSync(handle);
    }
  });
}

/**
 * Writes the very bytes of a lock once more, so that its time changes and nothing else; a lock that is gone or another's stays as it is.
 * @throws UserError when it cannot be written.
 */
export function renewLock(path: string, text: string): void {
  const bytes = Buffer.from(text);
  ifThere(path, () => {
    // Whoever takes the lock over puts another file under its name: this handle would lead to the old one.
    const handle = openSync(path, "r+");
    try {
      const found = Buffer.alloc(bytes.length + 1);
      const length = readSync(handle, found, 0, found.length, 0);
      if (!found.subarray(0, length).equals(bytes)) return;
      writeSync(handle, bytes, 0, bytes.length, 0);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  });
}

/** Milliseconds since a lock was renewed; undefined where nothing may be written, so that nobody can ask for the time. */
export function sinceRenewal(path: string, { renewedAt }: WrittenLock): number | undefined {
  const now = fileSystemTime(path);
  return now === undefined ? undefined : now - renewedAt;
}

/** The time that the file system gives to a file that is written now beside `path`. */
function fileSystemTime(path: string): number | undefined {
  const probe = temporaryPath(path);
  try {
    // With bytes in it: a server sets the time when they arrive.
    writeFileSync(probe, "?", { flush: true });
    const handle = openSync(probe, "r");
    try {
      return fstatSync(handle).mtimeMs;
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (hasCode(error, "EACCES", "EPERM", "EROFS")) return undefined;
    throw error;
  } finally {
    rmSync(probe, { force: true });
  }
}

function ifThere<Result>(path: string, action: () => Result): Result | undefined {
  return inFileSystem(path, () => {
    try {
      return action();
    } catch (error) {
      if (hasCode(error, "ENOENT")) return undefined;
      throw error;
    }
  });
}
