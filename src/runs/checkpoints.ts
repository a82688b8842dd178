/**
 * Checkpoints `step-00001234.safetensors` in one folder. A name appears only once its whole content is on the
 * disk, and old ones go only after that, so there is always a good one. A checksum over the whole content detects damage
 * that the format itself would not notice.
 */
import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.js";
import { writeFileAtomic } from "../files/atomic.js";
import { requireHold } from "../files/hold.js";
import { entriesOf, requirePlain } from "../files/plain.js";
import { readBytes } from "../files/read.js";
import { inFileSystem } from "../files/system-errors.js";
import {
  type Checkpoint,
  type CheckpointContent,
  checkpointChunks,
  parseCheckpoint,
} from "./checkpoint-bytes.js";
import { stepInName } from "./layout.js";

/** The newest readable checkpoint, and what was met on the way to it. */
export interface LatestCheckpoint {
  readonly checkpoint: Checkpoint | undefined;
  /** One line for each newer checkpoint that could not be read or does not fit. */
  readonly warnings: readonly string[];
  /** Their paths. */
  readonly passedOver: readonly string[];
  /** Of whole ones among them, what does not fit. */
  readonly misfits: readonly string[];
}

/** Where the checkpoint after `step` training steps lies. */
export function checkpointPath(folder: string, step: number): string {
  return join(folder, `step-${String(step).padStart(8, "0")}.safetensors`);
}

/**
 * Writes the checkpoint after `step` training steps, then removes all but the newest `keep`.
 * @param content tensors by name, and texts by name.
 * @param keep number of checkpoints that stay; 2 by default.
 * @returns its path
 * @throws UserError when the disk is full or the folder cannot be written; the earlier checkpoints stay
 */
export function writeCheckpoint(folder: string, step: number, content: CheckpointContent, keep = 2): string {
  const path = checkpointPath(folder, step);
  writeFileAtomic(path, checkpointChunks(content));
  for (const old of listCheckpoints(folder).slice(keep)) {
    requireHold(old.path);
    if (old.path !== path) inFileSystem(old.path, () => rmSync(old.path, { force: true }));
  }
  return path;
}

/**
 * The checkpoints in a folder, newest first; temporary and foreign files are skipped.
 * @returns none where the folder is not there; steps are those that the files are named after.
 * @throws UserError where the folder is something else, or cannot be read.
 */
export function listCheckpoints(folder: string): { readonly step: number; readonly path: string }[] {
  requirePlain(folder);
  return entriesOf(folder)
    .flatMap((entry) => {
      const step = stepInName(entry.name);
      return step === undefined || !entry.isFile() ? [] : [{ step, path: join(folder, entry.name) }];
    })
    .sort((a, b) => b.step - a.step);
}

/**
 * Reads one checkpoint and checks it.
 * @param step the training steps that its name says.
 * @throws UserError when it is truncated, damaged, of another step or not written by Narrows
 */
export function readCheckpoint(path: string, step: number): Checkpoint {
  return parseCheckpoint(readBytes(path), path, step);
}

/**
 * Reads the newest checkpoint that is whole; a damaged one is skipped with a warning.
 * @param folder of checkpoints, as `runLayout` names it.
 * @param misfitOf What else is wrong with a whole one, in words, so that it is skipped as well.
 * @returns no checkpoint where none is whole; warnings of one line each.
 * @throws UserError where the folder cannot be read.
 */
export function latestCheckpoint(
  folder: string,
  misfitOf: (checkpoint: Checkpoint) => string | undefined = () => undefined,
): LatestCheckpoint {
  const warnings: string[] = [];
  const passedOver: string[] = [];
  const misfits: string[] = [];
  for (const { step, path } of listCheckpoints(folder)) {
    try {
      const checkpoint = readCheckpoint(path, step);
      const misfit = misfitOf(checkpoint);
      if (misfit === undefined) return { checkpoint, warnings, passedOver, misfits };
      misfits.push(misfit);
      warnings.push(`${path}: skipped, because of ${misfit}`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      warnings.push(`${error.problem.where}: ${error.problem.what}; skipped`);
    }
    passedOver.push(path);
  }
  return { checkpoint: undefined, warnings, passedOver, misfits };
}

/** Renames checkpoints that were skipped, so that they are kept for inspection but not taken for the newest again. */
export function setAside(paths: readonly string[]): void {
  for (const path of paths) inFileSystem(path, () => renameSync(path, `${path}.damaged`));
}
