import { existsSync, mkdtempSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { UserError } from "../../errors.js";
import { makeFolder } from "../../files/folders.js";
import { sha256 } from "../../files/sha256.js";
import { hasCode } from "../../files/system-errors.js";
import type { Host } from "../host.js";

/**
 * A folder of links to these files, in the user's cache (`$XDG_CACHE_HOME` or `~/.cache`), under a name that says which they are. It is made
 * once; nothing is written next to the files themselves.
 * @throws UserError where the cache cannot be written
 */
export function linkedFolder(files: readonly string[], environment: Host["environment"]): string {
  const key = sha256(files.join("\n")).slice(0, 16);
  const cache = join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "narrows");
  const folder = join(cache, `onnxruntime-${key}`);
  if (existsSync(folder)) return folder;
  try {
    makeFolder(cache);
    const made = mkdtempSync(`${folder}-`);
    for (const file of files) symlinkSync(file, join(made, basename(file)));
    settle(made, folder);
  } catch (cause) {
    throw new UserError({
      where: cache,
      what: "no folder of links can be made here, through which ONNX Runtime finds its library for CUDA",
      remedy: "Set XDG_CACHE_HOME to a folder that you may write to",
      cause,
    });
  }
  return folder;
}

/** Gives a folder its name, unless another process has made the same meanwhile. */
function settle(made: string, folder: string): void {
  try {
    renameSync(made, folder);
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    if (!hasCode(error, "ENOTEMPTY") && !hasCode(error, "EEXIST")) throw error;
  }
}
