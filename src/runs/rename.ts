import { existsSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../errors.js";
import { dropHold, keepHold, requireHold } from "../files/hold.js";
import { inFileSystem } from "../files/system-errors.js";
import { runLayout } from "./layout.js";
import { updateManifest } from "./manifest.js";
import { checkRunName } from "./names.js";
import { closeRun, holdRun, type Run } from "./run.js";

/**
 * Gives a run another name: its folder is renamed in one step. What finds runs by their configuration (plans,
 * sweeps, reproductions) finds it under the new name.
 * @throws UserError when the name is not allowed or taken, or a process writes in the run.
 */
export function renameRun(root: string, nameOrPath: string, name: string): Run {
  checkRunName(name);
  const run = holdRun(root, nameOrPath);
  const path = join(dirname(run.path), name);
  const renamed = { ...run, name, path };
  let held = run;
  try {
    if (existsSync(path)) {
      throw new UserError({
        where: path,
        what: "a run or folder of this name exists",
        remedy: "Choose another name",
      });
    }
    requireHold(run.path);
    inFileSystem(path, () => renameSync(run.path, path));
    dropHold(runLayout(run.path).lock);
    keepHold(runLayout(path).lock, path);
    held = renamed;
    return { ...renamed, manifest: updateManifest(path, { name }) };
  } finally {
    closeRun(held);
  }
}
