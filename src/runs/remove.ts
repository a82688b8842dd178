import { lstatSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "../errors.js";
import { dropHold, requireHold } from "../files/hold.js";
import { inFileSystem } from "../files/system-errors.js";
import { temporaryPath } from "../files/temporary.js";
import { isRunFile, runLayout } from "./layout.js";
import { readManifest } from "./manifest.js";
import { closeRun, holdFolder, locateRun, type Run } from "./run.js";
import { removeRunFiles } from "./run-files.js";

/** A run that this process holds in order to remove it, and what would go. */
export interface Removal {
  readonly run: Pick<Run, "name" | "path">;
  readonly files: number;
  readonly bytes: number;
  /** What Narrows has not written, by its path in the run's folder. */
  readonly others: readonly string[];
}

/**
 * Holds runs that are to be removed, all of them or none: see {@link removeRun}; {@link closeRun} keeps one.
 * @throws UserError when one is no run, is a link, is named twice, or a process writes in it.
 */
export function holdForRemoval(root: string, names: readonly string[]): Removal[] {
  const held: Removal[] = [];
  try {
    for (const name of names) held.push(holdOne(root, name));
    return held;
  } catch (error) {
    for (const { run } of held) closeRun(run);
    throw error;
  }
}

function holdOne(root: string, name: string): Removal {
  const path = locateRun(root, name);
  // It must be a run's, but one that is not as it was written can go.
  readManifest(path, true);
  holdFolder(path);
  const run = { name: basename(path), path };
  try {
    if (lstatSync(run.path).isSymbolicLink()) {
      throw new UserError({
        where: run.path,
        what: "this is a link to a run in another folder",
        remedy: "Give the path of the run itself, or remove the link with the commands of your system",
      });
    }
    const found = contents(run.path);
    return {
      run,
      files: found.length,
      bytes: found.reduce((sum, { bytes }) => sum + bytes, 0),
      others: found.filter(({ isOwn }) => !isOwn).map(({ path }) => path),
    };
  } catch (error) {
    closeRun(run);
    throw error;
  }
}

/** Everything in a run's folder but other folders, which are not entered through links. */
function contents(runPath: string): { path: string; bytes: number; isOwn: boolean }[] {
  const { checkpoints, snapshots, heads } = runLayout(runPath);
  const ownFolders: readonly string[] = [runPath, checkpoints, snapshots, heads];
  return inFileSystem(runPath, () => readdirSync(runPath, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const isOwn = entry.isFile() && ownFolders.includes(entry.parentPath) && isRunFile(entry.name);
      const bytes = lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
      return { path: path.slice(join(runPath, "/").length), bytes, isOwn };
    });
}

/**
 * Removes a run that is held: it is gone from the list in one step, and a killed process leaves nothing that is taken for a run.
 * Links are removed as links, never what they lead to.
 * @throws UserError when the folder cannot be written.
 */
export function removeRun({ run, others }: Removal): void {
  const aside = temporaryPath(join(dirname(run.path), `.${run.name}`));
  inFileSystem(run.path, () => {
    requireHold(run.path);
    renameSync(run.path, aside);
    dropHold(runLayout(run.path).lock);
    if (others.length === 0) removeRunFiles(aside);
    rmSync(aside, { recursive: true, force: true });
  });
}
