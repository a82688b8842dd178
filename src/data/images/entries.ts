import { existsSync, readdirSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { UserError } from "../../errors.js";
import { explainSystemError } from "../../files/atomic.js";
import { readBytes } from "../../files/read.js";
import { fileSource } from "../../files/source.js";
import { openZip } from "../../files/zip.js";

/** An image file in a folder or in a zip archive. */
export interface PictureEntry {
  /** Its path from the folder or the archive's root, parted by slashes. */
  readonly name: string;
  /** How messages call it. */
  readonly where: string;
  read(): Uint8Array;
}

const READ = /\.(png|jpe?g)$/i;
const NOT_READ = /\.(webp|gif|bmp|tiff?|avif|heic|jxl)$/i;
/** What systems leave in folders and archives, such as `.DS_Store` and `__MACOSX/`. */
const HIDDEN = /(^|\/)(\.|__MACOSX\/)/;

/** Whether there is a folder at a path. */
export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/**
 * The PNG and JPEG files in a folder and its sub-folders, or in a zip archive, in the order of their names by code points.
 * Hidden files and files of other kinds are passed over.
 * @throws UserError when the folder or archive cannot be read, is truncated or damaged, and for the first image of a
 * format that is not read.
 */
export function pictureEntries(path: string): PictureEntry[] {
  const entries = isFolder(path) ? folderEntries(path) : archiveEntries(path);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function folderEntries(path: string): PictureEntry[] {
  return wanted(namesIn(path), (name) => join(path, name)).map(([name, where]) => ({
    name,
    where,
    read: () => readBytes(where),
  }));
}

function archiveEntries(path: string): PictureEntry[] {
  const archive = openZip(fileSource(path));
  const names = new Set(archive.entries.map((entry) => entry.name));
  return wanted([...names], (name) => `${path}:${name}`).map(([name, where]) => ({
    name,
    where,
    read: () => archive.read(archive.find(name)!),
  }));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) =>
      name.split(sep).join("/"),
    );
  } catch (error) {
    throw explainSystemError(error, folder);
  }
}

function wanted(
  names: readonly string[],
  whereOf: (name: string) => string,
): [name: string, where: string][] {
  const shown = names.filter((name) => !HIDDEN.test(name));
  const other = shown.filter((name) => NOT_READ.test(name)).sort()[0];
  if (other !== undefined) {
    throw new UserError({
      where: whereOf(other),
      what: "images of this format are not read",
      remedy: "Convert it to PNG or JPEG, or take it out of there",
    });
  }
  return shown.filter((name) => READ.test(name)).map((name) => [name, whereOf(name)]);
}
