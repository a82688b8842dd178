import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "../errors.js";

const SYSTEM_REMEDIES: Record<string, [what: string, remedy: string]> = {
  ENOSPC: ["the disk is full", "Free some space or choose another folder, then run the command again"],
  EDQUOT: [
    "the disk quota is used up",
    "Free some space or choose another folder, then run the command again",
  ],
  EACCES: ["permission denied", "Choose a path you may use"],
  EPERM: ["permission denied", "Choose a path you may use"],
  EROFS: ["the file system is read-only", "Choose a path on a writable file system"],
  ENOENT: ["no such file or folder", "Check the path"],
  EISDIR: ["this is a folder, not a file", "Give the path of a file"],
  EEXIST: ["a file of that name is in the way", "Choose another path"],
  ENOTDIR: ["a part of this path is a file, not a folder", "Check the path"],
};

/** Turns a file-system error on `path` into a {@link UserError}; anything else is returned as it is. */
export function explainSystemError(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known = SYSTEM_REMEDIES[code];
  if (!known) return error;
  const [what, remedy] = known;
  return new UserError({ where: path, what, remedy, cause: error });
}

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
 * to a temporary name beside it, are synced, and the name is switched. Missing folders are made.
 * @throws UserError when the disk is full, or the path cannot be written; nothing half-written stays behind.
 */
export function writeFileAtomic(path: string, content: string | Uint8Array | Iterable<Uint8Array>): void {
  const temporary = `${path}.${process.pid}.tmp`;
  const chunks =
    typeof content === "string"
      ? [Buffer.from(content)]
      : content instanceof Uint8Array
        ? [content]
        : content;
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw explainSystemError(error, path);
  }
  try {
    const handle = openSync(temporary, "w");
    try {
      for (const chunk of chunks) {
        for (let offset = 0; offset < chunk.length; ) offset += writeSync(handle, chunk, offset);
      }
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw explainSystemError(error, path);
  }
}
