import { join } from "node:path";
import { findDataFile } from "../data/data-folder.js";
import { DOWNLOADS, type DownloadName } from "../data/downloads/registry.js";
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
  requirePublished(new Set(unfinished.flatMap(publishedSets)));
  // Runs of one name differ in their seed and in numbers such as beta, which change nothing that could fail.
  checkSweep([...new Map(unfinished.filter(isRead).map((run) => [run.configuration.name, run])).values()]);
}

/** Data that are drawn here, and codes that are yet to be computed, cannot be missing. */
function isRead({ configuration: { data }, codes }: PlannedRun): boolean {
  return codes === undefined && !["corridors", "sprites"].some((drawn) => drawn in data);
}

/** The published data sets that a run looks for in the folder `data`. */
function publishedSets({ configuration }: PlannedRun): DownloadName[] {
  return (Object.keys(configuration.data) as DownloadName[]).filter((name) => {
    const settings: unknown = (configuration.data as Readonly<Record<string, unknown>>)[name];
    const places = Object.entries(settings ?? {}).filter(([key]) => key === "folder" || key === "path");
    return (
      name in DOWNLOADS && places.every(([, place]) => place === undefined || place === join("data", name))
    );
  });
}

function requirePublished(names: ReadonlySet<DownloadName>): void {
  const missing = [...names].flatMap((name) => {
    const { files, ...set } = DOWNLOADS[name];
    // The names inside an archive are known to those who read them.
    if ("unpack" in set) return [];
    const folder = join("data", name);
    const file = files
      .map((known) => known.name.replace(/\.gz$/, ""))
      .find((known) => findDataFile(folder, [known]) === undefined);
    return file === undefined ? [] : [{ name, file: join(folder, file) }];
  });
  if (missing.length === 0) return;
  throw new UserError({
    where: missing.map(({ file }) => file).join(", "),
    what: missing.length === 1 ? "no such file" : "no such files",
    remedy: `Get them with ${missing.map(({ name }) => `"narrows datasets get ${name}"`).join(" and ")}, or train on less with --preset quick`,
  });
}
