import { type Dirent, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../errors.js";
import { inFileSystem } from "./system-errors.js";

/** How `lstat` and `readdir` say of what kind something is. */
type Kind = Pick<Dirent, "isFile" | "isDirectory" | "isSymbolicLink">;

/**
 * Checks that a path leads to a file or folder, or to nothing: a link could make us read, change or remove what lies
 * elsewhere, and reading a pipe or a device may never end.
 * @throws UserError when it is a link or something else
 */
export function requirePlain(path: string): void {
  const kind = inFileSystem(path, () => lstatSync(path, { throwIfNoEntry: false }));
  if (kind) requireKind(path, kind);
}

/**
 * As {@link requirePlain}, of everything directly in a folder; a missing one holds nothing.
 * @throws UserError naming the first that is a link or something else
 */
export function requirePlainEntries(folder: string): void {
  requirePlain(folder);
  for (const entry of entriesOf(folder)) requireKind(join(folder, entry.name), entry);
}

/** What lies directly in a folder; nothing where there is no such folder. */
export function entriesOf(folder: string) {
  return inFileSystem(folder, () => {
    if (!lstatSync(folder, { throwIfNoEntry: false })) return [];
    return readdirSync(folder, { withFileTypes: true });
  });
}

function requireKind(path: string, kind: Kind): void {
  if (kind.isFile() || kind.isDirectory()) return;
  refuse(
    path,
    kind.isSymbolicLink()
      ? "this is a link, and a run holds only its own files"
      : "this is a device, pipe or socket, and a run holds only files",
    "Remove it, or put the file itself there",
  );
}
