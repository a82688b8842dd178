import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path/posix";
import { compareText } from "../../collections.js";
import { refuse } from "../../errors.js";
import { fileSource } from "../../files/source.js";
import { openZip } from "../../files/zip.js";
import { type Contents, contentsOfFolder, type FoundFile, isLitter } from "./folder-files.js";

/** A file that is read. */
export type PictureEntry = Omit<FoundFile, "isFile">;

/** What is read of a folder or a zip archive. */
export interface PictureEntries {
  /** The images, in the order of their names by code points. */
  readonly pictures: readonly PictureEntry[];
  /** `labels.csv` or `labels.tsv` above all of them, where it is there. */
  readonly labels: PictureEntry | undefined;
  /** The folders in which images lie, and those of which nothing is read, sorted by code points; "." is the top. */
  readonly folders: readonly string[];
  /** Files of other kinds and empty folders that were skipped. */
  readonly skipped: readonly string[];
}

const PICTURE = /\.(png|jpe?g|jfif|jpe)$/i;
const LABELS = /(^|\/)labels\.(csv|tsv)$/i;
const SKIP = "--skip-others (skipOthers: true in a configuration)";

/** Whether a name ends as those of images do. */
export function hasPictureEnding(name: string): boolean {
  return PICTURE.test(name);
}

/** Whether there is a folder at a path. */
export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

/**
 * The PNG and JPEG files in a folder and its sub-folders, or in a zip archive, and the table of labels next to them (rule D18).
 * @param skipOthers passes over files of other kinds and empty folders, which are refused otherwise; hidden files always are.
 * @throws UserError when the folder or archive cannot be read, is truncated or damaged; naming the first file that is not read, or
 * the first empty folder.
 */
export function pictureEntries(path: string, { skipOthers = false } = {}): PictureEntries {
  const { files, empty } = isFolder(path) ? contentsOfFolder(path) : inArchive(path);
  const sorted = files.toSorted((a, b) => compareText(a.name, b.name));
  const tables = sorted.filter(({ name }) => LABELS.test(name));
  const isRead = ({ name, isFile }: FoundFile) => isFile && (hasPictureEnding(name) || LABELS.test(name));
  const others = sorted.filter((file) => !isRead(file));
  if (!skipOthers) refuseOthers(others, empty);
  const pictures = sorted.filter(({ name, isFile }) => isFile && hasPictureEnding(name));
  const unread = [...others.map(({ name }) => dirname(name)), ...empty.map(({ name }) => name)];
  return {
    pictures,
    labels: tableOfLabels(tables, pictures),
    folders: foldersOf(pictures, unread),
    skipped: [...others, ...empty].map(({ name }) => name),
  };
}

function tableOfLabels(
  tables: readonly PictureEntry[],
  pictures: readonly PictureEntry[],
): PictureEntry | undefined {
  const [table, other] = tables;
  if (!table) return undefined;
  const folder = dirname(table.name);
  const outside = pictures.find(({ name }) => folder !== "." && !name.startsWith(`${folder}/`));
  if (other || outside) {
    refuse(
      table.where,
      other
        ? `there is another table of labels, ${other.name}`
        : `this table of labels lies below some images, such as ${outside!.name}`,
      "Keep one table, at the top of the folder",
    );
  }
  return table;
}

/** Folders of images, and others that are no part of the way to one: their place in the order stays theirs. */
function foldersOf(pictures: readonly PictureEntry[], unread: readonly string[]): string[] {
  const folders = new Set(pictures.map(({ name }) => dirname(name)));
  const above = new Set<string>(["."]);
  for (const folder of folders) {
    for (let at = dirname(folder); !above.has(at); at = dirname(at)) above.add(at);
  }
  for (const folder of unread) if (!above.has(folder)) folders.add(folder);
  return [...folders].sort();
}

function inArchive(path: string): Contents {
  const archive = openZip(fileSource(path));
  const names = [...new Set(archive.entries.map(({ name }) => name))].filter((name) => !isLitter(name));
  const files = names.filter((name) => !name.endsWith("/"));
  const place = (name: string) => ({ name: name.replaceAll("\\", "/"), where: `${path}:${name}` });
  return {
    files: files.map((name) => ({
      ...place(name),
      isFile: true,
      read: () => archive.read(archive.find(name)!),
    })),
    empty: names
      .filter(
        (folder) => folder.endsWith("/") && !names.some((name) => name !== folder && name.startsWith(folder)),
      )
      .map((folder) => place(folder.slice(0, -1))),
  };
}

function refuseOthers(others: readonly FoundFile[], empty: Contents["empty"]): void {
  const [other, folder] = [others[0], empty[0]];
  if (other) {
    const more = others.length - 1;
    refuse(
      other.where,
      `this file is not read${more > 0 ? `, nor ${more === 1 ? "is 1 other" : `are ${more} others`}` : ""}: images are PNG (.png) and JPEG files (.jpg, .jpeg, .jpe, .jfif), labels lie in labels.csv or labels.tsv`,
      `Save it as PNG, take it out of there, or skip such files with ${SKIP}`,
    );
  }
  if (folder) {
    refuse(
      folder.where,
      "this folder is empty",
      `Remove it, put the images of its class there, or skip it with ${SKIP}`,
    );
  }
}
