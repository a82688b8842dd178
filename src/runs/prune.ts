/**
 * What is not needed in a folder of runs: checkpoints older than the newest whole one, and what killed processes have left.
 */
import { lstatSync, rmSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.js";
import { lockHolder } from "../files/lock.js";
import { entriesOf } from "../files/plain.js";
import { inFileSystem } from "../files/system-errors.js";
import { isAbandoned, temporaryOf } from "../files/temporary.js";
import { listCheckpoints } from "./checkpoints.js";
import { isClaimFile, isRunFile, isRunLeftover, runLayout } from "./layout.js";
import { updateManifest } from "./manifest.js";
import { newestForTraining } from "./newest.js";
import { closeRun, holdRun, listRuns, openIdleRun, type Run, writerOf } from "./run.js";
import { removeRunFiles } from "./run-files.js";

/** Something that can go. */
export interface Prunable {
  /** The run that it belongs to; undefined for files that are not in a run. */
  readonly run: string | undefined;
  readonly path: string;
  readonly bytes: number;
  readonly kind: "old checkpoint" | "snapshot" | "damaged checkpoint" | "leftover";
}

export interface PruneOptions {
  /** Names of runs; all by default, and other files in their folder. */
  readonly names?: readonly string[];
  /** Snapshots too, which measures of layers through training need. */
  readonly snapshots?: boolean;
  readonly isDryRun?: boolean;
}

/** What has been removed, or would be, and the runs that were left alone, each with why. */
export interface Pruned {
  readonly removed: readonly Prunable[];
  readonly skipped: readonly { readonly run: string; readonly reason: string }[];
}

/**
 * Removes what is not needed; a run that is being written is left alone.
 * @throws UserError when there is no run of a given name, or a file cannot be removed.
 */
export function pruneRuns(root: string, options: PruneOptions = {}): Pruned {
  const removed: Prunable[] = [];
  const skipped: { run: string; reason: string }[] = [];
  for (const listing of options.names ?? listRuns(root)) {
    const name = typeof listing === "string" ? listing : listing.name;
    if (typeof listing === "object" && "unreadable" in listing) {
      skipped.push({ run: name, reason: listing.unreadable });
      continue;
    }
    try {
      removed.push(...pruneRun(root, name, options));
    } catch (error) {
      // One that was asked for by its name should not be skipped.
      if (!(error instanceof UserError) || options.names) throw error;
      skipped.push({ run: name, reason: error.problem.what });
    }
  }
  if (!options.names) removed.push(...pruneLeftovers(root, options));
  return { removed, skipped };
}

function pruneRun(
  root: string,
  name: string,
  { snapshots = false, isDryRun = false }: PruneOptions,
): Prunable[] {
  const run = isDryRun ? openIdleRun(root, name) : holdRun(root, name);
  try {
    const found = [...oldCheckpoints(run), ...(snapshots ? snapshotsOf(run) : []), ...leftoversOf(run)];
    const { integrity } = run.manifest;
    // First, so that nobody misses them when this process is killed in between.
    if (!isDryRun && snapshots && integrity) {
      updateManifest(run.path, { integrity: { ...integrity, snapshots: [] } });
    }
    if (!isDryRun) for (const { path } of found) inFileSystem(path, () => rmSync(path, { force: true }));
    return found;
  } finally {
    if (!isDryRun) closeRun(run);
  }
}

/** Checkpoints that a newer one replaces from which training can continue. */
function oldCheckpoints(run: Run): Prunable[] {
  const { name, path } = run;
  const { checkpoints } = runLayout(path);
  // Looking for the newest that is whole reads it, which needs no doing where nothing can go.
  if (listCheckpoints(checkpoints).length < 2) return [];
  const { checkpoint } = newestForTraining(run);
  if (!checkpoint) return [];
  return listCheckpoints(checkpoints)
    .filter(({ step }) => step < checkpoint.step)
    .map(({ path: old }) => prunable(name, old, "old checkpoint"));
}

function snapshotsOf({ name, path }: Run): Prunable[] {
  return listCheckpoints(runLayout(path).snapshots).map((one) => prunable(name, one.path, "snapshot"));
}

function leftoversOf({ name, path }: Run): Prunable[] {
  const { checkpoints, snapshots } = runLayout(path);
  return [path, checkpoints, snapshots].flatMap((folder) =>
    entriesOf(folder)
      .filter((entry) => entry.isFile())
      .flatMap((entry) => {
        const file = join(folder, entry.name);
        if (entry.name.endsWith(".damaged") && isRunFile(entry.name)) {
          return [prunable(name, file, "damaged checkpoint")];
        }
        return isRunLeftover(entry.name) && isAbandoned(file) ? [prunable(name, file, "leftover")] : [];
      }),
  );
}

/** Half-made and half-removed runs, and claims of plans, of processes that are gone. */
function pruneLeftovers(root: string, { isDryRun = false }: PruneOptions): Prunable[] {
  return entriesOf(root).flatMap((entry) => {
    const path = join(root, entry.name);
    const isRun = entry.isDirectory() && temporaryOf(entry.name)?.startsWith(".");
    const isClaim = entry.isFile() && isClaimFile(entry.name);
    const isLeft = isRun ? isAbandoned(path) && !writerOf(path) : isClaim && isOfNobody(path);
    if (!isLeft) return [];
    const found = prunable(undefined, path, "leftover");
    const remove = () => (isRun ? removeRunFiles(path) : rmSync(path, { force: true }));
    if (!isDryRun) inFileSystem(path, remove);
    return [found];
  });
}

function isOfNobody(path: string): boolean {
  if (temporaryOf(path) !== undefined) return isAbandoned(path);
  return lockHolder(path) === undefined;
}

function prunable(run: string | undefined, path: string, kind: Prunable["kind"]): Prunable {
  return { run, path, bytes: bytesOf(path), kind };
}

function bytesOf(path: string): number {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.size ?? 0;
  return entriesOf(path).reduce((sum, { name }) => sum + bytesOf(join(path, name)), 0);
}
