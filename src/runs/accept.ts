import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { sumsOf } from "../extension/load.js";
import { entriesOf } from "../files/plain.js";
import { readBytes } from "../files/read.js";
import { problemsIn } from "./check.js";
import { listCheckpoints, readCheckpoint, setAside, writeCheckpoint } from "./checkpoints.js";
import { type RunSums, runSums } from "./integrity.js";
import { isSummed, runLayout } from "./layout.js";
import { readManifest, writeManifest } from "./manifest.js";
import type { Manifest } from "./manifest-text.js";
import { sumUpTo, truncateMetricsAfter } from "./metrics.js";
import { closeRun, holdFolder, locateRun } from "./run.js";
import { addToSum, NOTHING, withSeal } from "./sums.js";

/**
 * Takes the files of a run as they are for those that were written, and gives them new checksums: for a manifest that was changed
 * on purpose, or for files that are lost for good. Damaged checkpoints are renamed, damaged lines of metrics are cut
 * out. A finished run whose last checkpoint is lost becomes an interrupted one.
 * @returns one line for each file that was changed
 * @throws UserError when there is no such run, a process writes in it, or its manifest cannot be read at all
 */
export function acceptRun(root: string, nameOrPath: string): string[] {
  const path = locateRun(root, nameOrPath);
  holdFolder(path);
  try {
    return acceptFiles(path);
  } finally {
    closeRun({ path });
  }
}

function acceptFiles(path: string): string[] {
  const files = runLayout(path);
  const manifest = readManifest(path, true);
  const damaged = [files.checkpoints, files.snapshots].flatMap((folder) => listDamaged(folder));
  setAside(damaged);
  const { kept, dropped } = truncateMetricsAfter(files.metrics, Number.POSITIVE_INFINITY);

  const sums = runSums(path, manifest, undefined);
  for (const folder of [files.checkpoints, files.snapshots]) {
    for (const { step, path: file } of listCheckpoints(folder)) {
      const content = readCheckpoint(file, step);
      const sealed = withSeal(content, sums.seal(sumUpTo(files.metrics, step)));
      writeCheckpoint(folder, step, sealed, Number.POSITIVE_INFINITY);
    }
  }
  for (const { step } of listCheckpoints(files.snapshots)) sums.noteSnapshot(step);
  for (const { name } of entriesOf(path).filter((entry) => entry.isFile() && isSummed(entry.name))) {
    sums.note(join(path, name), addToSum(NOTHING, readBytes(join(path, name))));
  }
  const { parts } = manifest.configuration;
  const partFiles = Array.isArray(parts) ? parts.map(String).filter((file) => existsSync(file)) : [];
  writeManifest(path, {
    ...manifest,
    ...(partFiles.length > 0 && { parts: sumsOf(partFiles) }),
    ...renewed(manifest, files.metrics, listCheckpoints(files.checkpoints)[0]?.step, sums),
  });
  return [
    ...damaged.map((file) => `${file}: damaged, renamed to ${basename(file)}.damaged`),
    ...(dropped > 0 ? [`${files.metrics}: ${dropped} damaged lines removed, ${kept} kept`] : []),
    `${path}: its checksums are those of its files as they are now`,
  ];
}

function listDamaged(folder: string): string[] {
  const isDamaged = ({ step, path }: { step: number; path: string }) =>
    problemsIn(() => void readCheckpoint(path, step)).length > 0;
  return listCheckpoints(folder)
    .filter(isDamaged)
    .map(({ path }) => path);
}

/** What the manifest says of the files from now on, where `newest` is the step of the newest checkpoint. */
function renewed(
  manifest: Manifest,
  metrics: string,
  newest: number | undefined,
  sums: RunSums,
): Partial<Manifest> {
  const last = manifest.integrity?.step ?? manifest.totalSteps ?? 0;
  const isShort = manifest.status === "finished" && (newest ?? 0) < last;
  const status = isShort && {
    status: "interrupted" as const,
    reason: `its checkpoint of step ${last} is lost`,
    finishedAt: undefined,
  };
  if (newest === undefined) return { ...status, integrity: undefined };
  const complete = (manifest.integrity?.complete ?? manifest.status === "finished") && !isShort;
  const sum = sumUpTo(metrics, complete ? Number.POSITIVE_INFINITY : newest);
  return { ...status, integrity: { ...sums.at(newest, sum), complete } };
}
