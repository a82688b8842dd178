import { isAbsolute, resolve } from "node:path";
import type { Configuration } from "../configuration/schema.js";
import { DOWNLOAD_NAMES } from "../data/downloads/registry.js";
import { loadDataset } from "../data/sources/index.js";
import { expandHome, isThere, mapPaths, pathsIn } from "../data/sources/paths.js";
import { refuse, UserError } from "../errors.js";
import type { Run } from "../runs/run.js";
import type { DataLoader } from "./experiment.js";

// A run records paths as its configuration had them, most of them relative to the folder in which it was trained. It may be used
// in another folder, and its data may lie elsewhere now: whether they are the same is for the fingerprint to say.

/** A recorded path as it is read now: from the working folder as ever, else from the folder in which the run was trained. */
export function presentPath(path: string, { manifest: { workingFolder } }: Pick<Run, "manifest">): string {
  if (workingFolder === undefined || isAbsolute(expandHome(path)) || isThere(path)) return path;
  const recorded = resolve(workingFolder, path);
  return isThere(recorded) ? recorded : path;
}

/** Whether a configuration names files by paths that mean something in the working folder alone. */
export function namesRelativePaths({ data, parts = [] }: Configuration): boolean {
  return [...pathsIn(data), ...parts].some((path) => !isAbsolute(expandHome(path)));
}

/**
 * How the data of a run are loaded from where they are now, under the name that they had.
 * @param given Where they are, from whoever knows it.
 * @throws UserError where a path is given for data that are drawn; and, when they are loaded, where they are gone: with the run, where
 * it looked for them, and what to do.
 */
export function presentData(run: Run, given: string | undefined, load: DataLoader = loadDataset): DataLoader {
  return (recorded, arrangement, own) => {
    if (given !== undefined && pathsIn(recorded).length !== 1) {
      const kind = Object.keys(recorded).join(", ");
      refuse(`--data ${given}`, `the data of ${run.name} (${kind}) are read from no path`, "Leave it out");
    }
    const spec = mapPaths(recorded, (path) => given ?? presentPath(path, run));
    try {
      const dataset = load(spec, arrangement, own);
      const { name } = run.manifest.dataset ?? dataset;
      return JSON.stringify(spec) === JSON.stringify(recorded) ? dataset : { ...dataset, name };
    } catch (error) {
      const gone = pathsIn(recorded).find((path) => !isThere(path));
      if (given !== undefined || gone === undefined || !(error instanceof UserError)) throw error;
      throw goneData(run, recorded, gone, error);
    }
  };
}

function goneData(run: Run, recorded: Configuration["data"], path: string, cause: UserError): UserError {
  const { workingFolder } = run.manifest;
  const here = process.cwd();
  const from = workingFolder ?? "the folder it was trained in";
  const looked = isAbsolute(expandHome(path))
    ? ""
    : ` from ${from}${from === here ? "" : `, nor from here (${here})`}`;
  const published = DOWNLOAD_NAMES.find((name) => name in recorded);
  return new UserError({
    where: run.path,
    what: `its data are not at the path that it recorded, ${path}${looked}`,
    remedy: `Say where they are now with --data PATH${published ? `, or get them with "narrows datasets get ${published}"` : ""}`,
    cause,
  });
}
