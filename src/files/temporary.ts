/**
 * Names of files that are being written: `FILE.PID-IDENTITY.tmp`, next to the file that they will be. The name says whose it
 * is, so that what a killed process has left can be distinguished from what a living one is writing.
 */
import { lstatSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { entriesOf } from "./plain.js";
import { identityTag, whereaboutsOfTag } from "./process-identity.js";
import { hasCode, inFileSystem } from "./system-errors.js";

/** `.tmp` with the number of a process alone is how earlier versions called theirs. */
const TEMPORARY = /^(.+?)\.(\d+(?:-[0-9a-f]{16})?)(?:\.new)?\.tmp$/s;

/** No file takes that long to write: longer ago, its process is gone, wherever it ran. */
const LONGEST_WRITE_MS = 24 * 60 * 60 * 1000;

/** Where this process writes what will be the file at `path`. */
export function temporaryPath(path: string): string {
  return `${path}.${identityTag()}.tmp`;
}

/** The name of the file that a temporary one would have become; undefined for any other name. */
export function temporaryOf(name: string): string | undefined {
  return TEMPORARY.exec(name)?.[1];
}

/** Whether the process that made this temporary file or folder is gone; when it cannot be known, whether it is a day old. */
export function isAbandoned(path: string): boolean {
  const tag = TEMPORARY.exec(basename(path))?.[2];
  if (tag === undefined) return false;
  const whereabouts = whereaboutsOfTag(tag);
  if (whereabouts !== "elsewhere") return whereabouts === "gone";
  const made = inFileSystem(path, () => lstatSync(path, { throwIfNoEntry: false }))?.mtimeMs;
  return made !== undefined && Date.now() - made > LONGEST_WRITE_MS;
}

/** Removes what killed processes have left of the file at `path`. */
export function sweepTemporaries(path: string): void {
  const [folder, name] = [dirname(path), basename(path)];
  for (const entry of entriesOf(folder)) {
    if (!entry.isFile() || temporaryOf(entry.name) !== name) continue;
    const left = join(folder, entry.name);
    if (isAbandoned(left)) ifAllowed(() => rmSync(left, { force: true }));
  }
}

/** Removes something; another user's in a folder of many users, such as /tmp, is that user's to remove. */
export function ifAllowed(remove: () => void): void {
  try {
    remove();
  } catch (error) {
    if (!hasCode(error, "EACCES", "EPERM")) throw error;
  }
}
