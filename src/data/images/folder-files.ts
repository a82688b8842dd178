import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../../errors.js";
import { inFileSystem } from "../../files/system-errors.js";

/** What lies in a folder and its sub-folders, by paths from it that are parted by slashes. */
export interface FilesBelow {
  readonly files: readonly string[];
  /** Of these, what is a device, a pipe or a socket: reading it may never end. */
  readonly noFiles: ReadonlySet<string>;
  /** Folders in which nothing lies. */
  readonly empty: readonly string[];
}

/**
 * System files in folders and archives, which are not data: hidden files, `.DS_Store`, `__MACOSX`, `Thumbs.db`,
 * `desktop.ini`, thumbnails of network drives.
 */
const LITTER = /^(\..*|__MACOSX|(eh)?thumbs\.db|desktop\.ini|@eaDir|lost\+found)$/i;

/** Whether a path is litter, or lies in a folder that is. */
export function isLitter(name: string): boolean {
  return name.split("/").some((part) => LITTER.test(part));
}

/**
 * Lists a folder with its sub-folders, litter apart. Links are followed.
 * @throws UserError when a folder cannot be read, and when links lead to one twice: round in circles, or to pictures that would count
 * several times.
 */
export function filesBelow(root: string): FilesBelow {
  const files: string[] = [];
  const noFiles = new Set<string>();
  const empty: string[] = [];
  const seen = new Map<string, string>();
  const left = [""];
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    const path = join(root, folder);
    const { dev, ino } = inFileSystem(path, () => statSync(path, { bigint: true }));
    const identity = `${dev}:${ino}`;
    const before = seen.get(identity);
    if (before !== undefined) {
      refuse(path, `links lead to this folder twice: it is ${join(root, before)}, too`, "Remove the link");
    }
    seen.set(identity, folder);
    const entries = inFileSystem(path, () => readdirSync(path, { withFileTypes: true })).filter(
      ({ name }) => !LITTER.test(name),
    );
    if (entries.length === 0) empty.push(folder);
    for (const entry of entries) {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const target = join(root, name);
      const kind = entry.isSymbolicLink() ? inFileSystem(target, () => statSync(target)) : entry;
      if (kind.isDirectory()) left.push(name);
      else {
        files.push(name);
        if (!kind.isFile()) noFiles.add(name);
      }
    }
  }
  return { files, noFiles, empty };
}
