/**
 * A run is a folder, and the folder is the truth. A process may be killed at any moment, so every step leaves it whole:
 *
 * 1. A new run is made under a hidden temporary name that says whose it is, with its lock and manifest, then renamed: a folder with a run's
 *    name always has a manifest.
 * 2. Only the process named in `lock.json` writes, and looks before each writing whether it still is the one. A lock whose owner
 *    is gone counts as no lock, so "running" in the manifest is believed only while the owner lives; of one on another machine it is
 *    believed as long as it renews its lock.
 * 3. Metrics up to step s are appended before checkpoint s appears (`metrics.sync()`, then `writeCheckpoint`). To
 *    resume from s, lines after s are cut off; those up to s are all there.
 *    Checkpoint s holds the number and the checksum of those lines, so that lines that were lost or changed are noticed.
 * 4. Checkpoint s is written to a temporary name, synced, renamed; only then are older ones removed.
 * 5. The manifest is replaced whole, and says "finished" only after the last checkpoint and the ONNX files.
 *
 * What a killed process leaves (`*.tmp`, a torn last line, a lock without owner) is cleaned on opening for resume, and by
 * the next writer of the same file. Removed are only files whose names are of a run's own patterns, never folders with what they
 * hold, and nothing through a link: a run may have come from a stranger.
 */
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { UserError } from "../errors.js";
import { makeFolder } from "../files/folders.js";
import { beginHold, endHold, keepHold } from "../files/hold.js";
import { acquireLock, type LockOwner, lockHolder, readLock } from "../files/lock.js";
import { entriesOf, requirePlainEntries } from "../files/plain.js";
import { processName, whereabouts } from "../files/process-identity.js";
import { explainSystemError, inFileSystem } from "../files/system-errors.js";
import { ifAllowed, isAbandoned, temporaryOf, temporaryPath } from "../files/temporary.js";
import { nearest } from "../given-names.js";
import { setAside } from "./checkpoints.js";
import { isRunLeftover, runLayout } from "./layout.js";
import { readManifest, writeManifest } from "./manifest.js";
import { type Manifest, type NewManifest, newManifest } from "./manifest-text.js";
import { byNumbersAndLetters, checkRunName, freeName } from "./names.js";
import { newestForTraining } from "./newest.js";
import { removeRunFiles } from "./run-files.js";
import { unpackRun } from "./unpack.js";

/** A run that can be read. */
export interface Run {
  readonly name: string;
  /** Its folder. */
  readonly path: string;
  /** As it was when the run was opened; a "running" whose process is gone is reported as "interrupted". */
  readonly manifest: Manifest;
}

/** A line of the table of all runs. */
export type RunListing = Run | { readonly name: string; readonly path: string; readonly unreadable: string };

/**
 * Makes the folder of a new run, held by this process until {@link closeRun}.
 * @param root folder of runs; made where it is missing.
 * @throws UserError when the name is not allowed, a file or folder of that name exists, or the disk is full
 */
export function createRun(root: string, name: string, about: NewManifest): Run {
  const path = join(root, checkRunName(name));
  const run = existsSync(path) ? undefined : tryCreate(root, name, about);
  if (run) return run;
  throw new UserError({
    where: path,
    what: "a run or folder of this name exists",
    remedy: `Continue it with "narrows resume ${name}", or choose another name with --run`,
  });
}

/**
 * As {@link createRun}, under the first free name of `base`, `base-2`, `base-3`, ...
 * @throws UserError when the name is not allowed, or the disk is full
 */
export function createRunNamedAfter(root: string, base: string, about: NewManifest): Run {
  checkRunName(base);
  for (;;) {
    const name = freeName(base, (candidate) => existsSync(join(root, candidate)));
    const run = tryCreate(root, name, about);
    if (run) return run;
  }
}

/**
 * Opens a run for reading, by its name under `root` or by the path of its folder.
 * @param root folder of runs.
 * @throws UserError when there is no such run (with the nearest name) or its manifest cannot be read
 */
export function openRun(root: string, nameOrPath: string): Run {
  return readRun(locateRun(root, nameOrPath));
}

/**
 * The folder of a run, by its name under `root`, by its own path, or by that of its zip, which is then unpacked under `root`.
 * @throws UserError when there is no such run (with the nearest name), or there are links in it
 */
export function locateRun(root: string, nameOrPath: string): string {
  const isZip = nameOrPath.endsWith(".zip") && existsSync(nameOrPath) && statSync(nameOrPath).isFile();
  for (const path of isZip
    ? [unpackRun(root, nameOrPath)]
    : [resolve(root, nameOrPath), resolve(nameOrPath)]) {
    if (!existsSync(runLayout(path).manifest)) continue;
    requireOwnFiles(path);
    return path;
  }
  const near = nearest(nameOrPath, runNames(root));
  throw new UserError({
    where: nameOrPath,
    what: `no such run in ${root}`,
    remedy: near
      ? `The nearest name is "${near}"`
      : 'See "narrows runs" for those there are, or give --runs DIR',
  });
}

/**
 * Opens a run to write in it, held by this process until {@link closeRun}; cleans what a killed process left.
 * Checkpoints that are damaged, or do not fit the metrics and the configuration, are renamed, so that training continues from
 * the newest one to the same end.
 * @returns the run, and warnings of one line each
 * @throws UserError as {@link openRun}, while another process writes in it, and when no checkpoint fits the other files
 */
export function openRunForWriting(root: string, nameOrPath: string): { run: Run; warnings: string[] } {
  // It refuses links, so that nothing is written or removed through one.
  const { path, name } = holdRun(root, nameOrPath);
  const { lock, checkpoints, snapshots } = runLayout(path);
  try {
    for (const folder of [path, checkpoints, snapshots]) removeTemporaries(folder);
    const run = { name, path, manifest: readManifest(path) };
    const newest = newestForTraining(run);
    setAside(newest.passedOver);
    return { run, warnings: [...newest.warnings] };
  } catch (error) {
    endHold(lock);
    throw explainSystemError(error, path);
  }
}

/**
 * Takes the lock of the run in this folder, until {@link closeRun}.
 * @throws UserError while another process writes in it
 */
export function holdFolder(path: string): void {
  const owner = beginHold(runLayout(path).lock, path);
  if (owner) throw writtenBy(owner, path);
}

function writtenBy(owner: LockOwner, path: string): UserError {
  return new UserError({
    where: path,
    what: `${processName(owner)} is writing in this run`,
    remedy:
      whereabouts(owner) === "alive"
        ? "Wait until it ends, or stop it with Ctrl-C"
        : `Wait until it ends or stop it there; if that machine is gone, its lock ends ${owner.leaseSeconds} s after the last sign of life`,
  });
}

/**
 * Opens a run in which no process writes at this moment, and leaves no trace of that in its folder.
 * @throws UserError as {@link openRun}, and while a process writes in it
 */
export function openIdleRun(root: string, nameOrPath: string): Run {
  const run = openRun(root, nameOrPath);
  const owner = lockHolder(runLayout(run.path).lock);
  if (owner) throw writtenBy(owner, run.path);
  return run;
}

/**
 * Opens a run so that no other process writes in it until {@link closeRun}, and leaves its files as they are.
 * @throws UserError as {@link openRun}, and while another process writes in it
 */
export function holdRun(root: string, nameOrPath: string): Run {
  const run = openRun(root, nameOrPath);
  holdFolder(run.path);
  return run;
}

/** Ends this process's hold on a run. Whoever forgets it loses nothing: a dead process holds no run. */
export function closeRun(run: Pick<Run, "path">): void {
  endHold(runLayout(run.path).lock);
}

/** The process that writes in the run; undefined where none does, or none that lives as far as can be known. */
export function writerOf(runPath: string): LockOwner | undefined {
  return lockHolder(runLayout(runPath).lock);
}

/** All runs under `root`, by name. Never throws for what lies there: a damaged run says why it cannot be read. */
export function listRuns(root: string): RunListing[] {
  return mapRuns(root, readRun);
}

/** Something of every run under `root`, by name; a run of which it cannot be had says why. */
export function mapRuns<Listed>(
  root: string,
  look: (path: string) => Listed,
): (Listed | Extract<RunListing, { readonly unreadable: string }>)[] {
  return runNames(root).map((name) => {
    const path = join(root, name);
    try {
      return look(path);
    } catch (error) {
      return { name, path, unreadable: error instanceof UserError ? error.problem.what : String(error) };
    }
  });
}

function readRun(path: string): Run {
  return asRun(path, readManifest(path));
}

/** A run with what its manifest says, and what has become of the process that wrote it. */
export function asRun(path: string, manifest: Manifest): Run {
  const name = basename(path);
  if (manifest.status !== "running" || writerOf(path)) return { name, path, manifest };
  const reason = "its process ended without a message (killed, or a power cut)";
  return { name, path, manifest: { ...manifest, status: "interrupted", reason } };
}

/** Makes the run, or returns undefined when someone else has just taken the name. */
function tryCreate(root: string, name: string, about: NewManifest): Run | undefined {
  const path = join(root, name);
  const temporary = temporaryPath(join(root, `.${name}`));
  const manifest = newManifest(name, about);
  makeFolder(root);
  removeLeftovers(root);
  try {
    mkdirSync(temporary);
    acquireLock(runLayout(temporary).lock);
    writeManifest(temporary, manifest);
    renameSync(temporary, path);
    keepHold(runLayout(path).lock, path);
    return { name, path, manifest };
  } catch (error) {
    removeRunFiles(temporary);
    if (existsSync(path)) return undefined;
    // Reported under the name that was asked for, not the hidden one.
    if (error instanceof UserError) throw new UserError({ ...error.problem, where: path });
    throw explainSystemError(error, path);
  }
}

/** Removes the half-made runs of processes that are gone. */
function removeLeftovers(root: string): void {
  for (const entry of entriesOf(root)) {
    const isHalfMade = entry.isDirectory() && temporaryOf(entry.name)?.startsWith(".") === true;
    if (!isHalfMade) continue;
    const path = join(root, entry.name);
    const { lock } = runLayout(path);
    const isLeft = readLock(lock) ? !lockHolder(lock) : isAbandoned(path);
    if (isLeft) ifAllowed(() => removeRunFiles(path));
  }
}

/** Removes what a killed process left half-written; call it as the only writer. */
function removeTemporaries(folder: string): void {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isFile() && isRunLeftover(entry.name)) inFileSystem(path, () => rmSync(path, { force: true }));
  }
}

/** Refuses links in a run: a run that was received could lead us to files that lie elsewhere. */
function requireOwnFiles(path: string): void {
  // The run's folder itself may be a link that the user has set, to another drive for instance.
  const whole = inFileSystem(path, () => realpathSync(path));
  const { checkpoints, snapshots, heads } = runLayout(whole);
  for (const folder of [whole, checkpoints, snapshots, heads]) requirePlainEntries(folder);
}

/** Names of the folders under `root` that hold a manifest, in the order of their numbers and letters. */
function runNames(root: string): string[] {
  if (!existsSync(root)) return [];
  try {
    if (!statSync(root).isDirectory()) return [];
    return readdirSync(root)
      .filter((name) => !name.startsWith(".") && existsSync(runLayout(join(root, name)).manifest))
      .sort(byNumbersAndLetters);
  } catch (error) {
    throw explainSystemError(error, root);
  }
}
