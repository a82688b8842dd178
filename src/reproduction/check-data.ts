import { basename, dirname, join } from "node:path";
import { findDataFile } from "../data/data-folder.js";
import { DOWNLOADS, type DownloadName } from "../data/downloads/registry.js";
import { isFolder } from "../data/images/entries.js";
import { UserError } from "../errors.js";
import type { PlanEntry } from "../plans/execute.js";
import type { PlannedRun } from "../plans/plan.js";
import { checkSweep } from "../sweeps/plan.js";

/**
 * Finds out before anything is trained whether the data of all runs are there, and fit their models.
 * @throws UserError naming every published set of which a file is missing, and the command that gets it; or
 * of the first run whose data do not fit.
 */
export function checkData(entries: readonly PlanEntry[]): void {
  const unfinished = entries.filter(({ finished }) => !finished).map(({ planned }) => planned);
  const sought = unfinished.flatMap(publishedSets);
  requirePublished([...new Map(sought.map((set) => [set.folder, set])).values()]);
  // Runs of one name differ in their seed and in numbers such as beta, which change nothing that could fail.
  checkSweep([...new Map(unfinished.filter(isRead).map((run) => [run.configuration.name, run])).values()]);
}

/** Data that are drawn here, and codes that are yet to be computed, cannot be missing. */
function isRead({ configuration: { data }, codes }: PlannedRun): boolean {
  return codes === undefined && !["corridors", "sprites"].some((drawn) => drawn in data);
}

/** A published data set in the folder where a run looks for it. */
interface SoughtSet {
  readonly name: DownloadName;
  readonly folder: string;
}

/**
 * The published data sets that a run looks for whole, in a folder of their name. What is in such a folder
 * outside of `data` may be something else, such as a part of the set: it is read as it is.
 */
function publishedSets({ configuration }: PlannedRun): SoughtSet[] {
  return (Object.keys(configuration.data) as DownloadName[]).flatMap((name) => {
    const settings: unknown = (configuration.data as Readonly<Record<string, unknown>>)[name];
    const { folder, path, file } = (settings ?? {}) as Readonly<Record<string, string | undefined>>;
    const place = folder ?? path ?? (file === undefined ? join("data", name) : dirname(file));
    if (!(name in DOWNLOADS) || basename(place) !== name) return [];
    return place === join("data", name) || !isFolder(place) ? [{ name, folder: place }] : [];
  });
}

function requirePublished(sought: readonly SoughtSet[]): void {
  const missing = sought.flatMap(({ name, folder }) => {
    const { files, ...set } = DOWNLOADS[name];
    // The names inside an archive are known to those who read them.
    if ("unpack" in set) return [];
    const file = files
      .map((known) => known.name.replace(/\.gz$/, ""))
      .find((known) => findDataFile(folder, [known]) === undefined);
    return file === undefined ? [] : [{ name, folder, file: join(folder, file) }];
  });
  if (missing.length === 0) return;
  const commands = missing.map(({ name, folder }) => {
    const elsewhere = folder === join("data", name) ? "" : ` --out ${folder}`;
    return `"narrows datasets get ${name}${elsewhere}"`;
  });
  throw new UserError({
    where: missing.map(({ file }) => file).join(", "),
    what: missing.length === 1 ? "no such file" : "no such files",
    remedy: `Get them with ${commands.join(" and ")}, or train on less with --preset quick`,
  });
}
