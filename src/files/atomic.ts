import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "./folders.js";
import { requireHold } from "./hold.js";
import { explainSystemError } from "./system-errors.js";
import { sweepTemporaries, temporaryPath } from "./temporary.js";

/** Flushes a folder's entries, so that a rename in it survives a power cut. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Writes a file so that at every moment either the old content or the whole new content is there: the chunks go
 * to a temporary name next to it, are synced, and the name is switched. Missing folders are made. What a killed process left
 * of an earlier attempt is removed.
 * @throws UserError when the disk is full, or the path cannot be written; nothing half-written stays behind. HoldLostError where
 * another process has taken the folder over.
 */
export function writeFileAtomic(path: string, content: string | Uint8Array | Iterable<Uint8Array>): void {
  const temporary = temporaryPath(path);
  const chunks =
    typeof content === "string"
      ? [Buffer.from(content)]
      : content instanceof Uint8Array
        ? [content]
        : content;
  makeFolder(dirname(path));
  try {
    sweepTemporaries(path);
    const handle = openSync(temporary, "w");
    try {
      for (const chunk of chunks) writeAll(handle, chunk);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    requireHold(path);
    renameSync(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw explainSystemError(error, path);
  }
}

/** Writes all bytes to an open file, in as many pieces as the system takes them in. */
export function writeAll(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
}
