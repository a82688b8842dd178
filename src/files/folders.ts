import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { refuse } from "../errors.js";
import { explainSystemError, hasCode, inFileSystem } from "./system-errors.js";

/**
 * Makes a folder, and those above it that are missing; one that exists is left as it is. (Node's own recursive `mkdir` never
 * returns where a folder exists in which none can be made, such as /proc, and reports a read-only file system as a missing folder.)
 * @throws UserError when a part of the path is a file, or a folder cannot be made
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let at = folder; !isFolder(at) && !missing.includes(at); at = dirname(at)) missing.unshift(at);
  for (const path of missing) makeOne(path);
}

/** @throws UserError when something else than a folder is there. */
function isFolder(path: string): boolean {
  const there = inFileSystem(path, () => statSync(path, { throwIfNoEntry: false }));
  if (!there || there.isDirectory()) return there !== undefined;
  refuse(path, "a part of this path is a file, not a folder", "Choose another path");
}

function makeOne(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (hasCode(error, "EEXIST") && isFolder(path)) return;
    if (!hasCode(error, "ENOENT")) throw explainSystemError(error, path);
    refuse(path, `no folder can be made in ${dirname(path)}`, "Choose another folder", error);
  }
}
