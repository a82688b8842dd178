import { writeFileAtomic } from "../files/atomic.js";
import { requirePlain } from "../files/plain.js";
import { readText } from "../files/read.js";
import { runLayout } from "./layout.js";
import { type Manifest, manifestText, parseManifest } from "./manifest-text.js";

/**
 * Reads a run's manifest.
 * @param accept Takes one whose checksum does not fit, for one that was changed on purpose.
 * @throws UserError when it is missing, is no JSON, lacks a key, is damaged, or was written by a newer Narrows
 */
export function readManifest(runPath: string, accept = false): Manifest {
  const where = runLayout(runPath).manifest;
  requirePlain(where);
  return parseManifest(readText(where), where, runPath, accept);
}

/**
 * Writes a run's manifest: at every moment the old one or the whole new one is there.
 * @throws UserError when the disk is full or the folder cannot be written
 */
export function writeManifest(runPath: string, manifest: Manifest): void {
  writeFileAtomic(runLayout(runPath).manifest, manifestText(manifest));
}

/** Changes some keys of a run's manifest (undefined removes one), and returns the whole. */
export function updateManifest(runPath: string, changes: Partial<Manifest>): Manifest {
  const changed = { ...readManifest(runPath), ...changes };
  writeManifest(runPath, changed);
  return changed;
}
