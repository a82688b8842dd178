import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../../errors.js";
import { readBytes } from "../../files/read.js";
import { inFileSystem } from "../../files/system-errors.js";

/** A file as it is found in a folder or in a zip archive, whether it is read or not. */
export interface FoundFile {
  /** Its path from the folder or the archive's root, parted by slashes. */
  readonly name: string;
  /** How messages call it. */
  readonly where: string;
  /** Whether it is one: not a device, a pipe or a socket, reading which may never end. */
  readonly isFile: boolean;
  read(): Uint8Array;
}

/** What lies in a folder and its sub-folders, or in an archive. */
export interface Contents {
  readonly files: readonly FoundFile[];
  /** Folders in which nothing lies. */
  readonly empty: readonly Pick<FoundFile, "name" | "where">[];
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
export function contentsOfFolder(root: string): Contents {
  const files: FoundFile[] = [];
  const empty: Contents["empty"][number][] = [];
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
    if (entries.length === 0 && folder !== "") empty.push({ name: folder, where: path });
    for (const entry of entries) {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const where = join(root, name);
      const kind = entry.isSymbolicLink() ? inFileSystem(where, () => statSync(where)) : entry;
      if (kind.isDirectory()) left.push(name);
      else files.push({ name, where, isFile: kind.isFile(), read: () => readBytes(where) });
    }
  }
  return { files, empty };
}
