import { lstatSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { entriesOf } from "../files/plain.js";
import { hasCode } from "../files/system-errors.js";
import { isRunFile, runLayout } from "./layout.js";

/**
 * Removes a run's folder with the files that Narrows has written there; where it holds others, it stays with those. Links are
 * not followed.
 */
export function removeRunFiles(path: string): void {
  const { checkpoints, snapshots, heads } = runLayout(path);
  for (const folder of [checkpoints, snapshots, heads, path]) {
    const entries = isFolder(folder) ? entriesOf(folder) : [];
    for (const { name } of entries.filter((entry) => entry.isFile() && isRunFile(entry.name))) {
      rmSync(join(folder, name), { force: true });
    }
    try {
      rmdirSync(folder);
    } catch (error) {
      if (!hasCode(error, "ENOENT", "ENOTDIR", "ENOTEMPTY", "EEXIST")) throw error;
    }
  }
}

/** A folder of its own, not a link to one, nor a file. */
function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
