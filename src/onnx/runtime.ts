import { existsSync, readdirSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { UserError } from "../errors.js";
import { once } from "../once.js";
import { givenFolder, providerFolders } from "./cuda/folders.js";
import { linkedFolder } from "./cuda/linked-folder.js";
import { PROVIDER, SHARED } from "./cuda/pieces.js";
import { unavailable } from "./devices.js";
import { type Host, thisHost } from "./host.js";
import { BINDING, NO_TELEMETRY, RUNTIME_REMEDY, runtimeMissing } from "./runtime-files.js";

/** onnxruntime-node, as it is loaded: what it has in common with the runtime of browsers, whose types are always installed. */
export type NodeRuntime = typeof import("onnxruntime-common");

/**
 * The file to open before onnxruntime-node is imported, where its library for CUDA lies elsewhere; undefined where nothing is to be done. The
 * runtime looks for that library in the folder from which it was itself opened, so it is opened through a folder of links that has both.
 */
export function bindingWithCuda({
  environment,
  runtime,
}: Pick<Host, "environment" | "runtime">): string | undefined {
  if (!givenFolder(environment)) return undefined;
  const folder = providerFolders({ environment, runtime }).find((candidate) =>
    [PROVIDER, SHARED].every((name) => existsSync(join(candidate, name))),
  );
  if (!folder || folder === runtime.binaries) return undefined;
  const own = readdirSync(runtime.binaries).filter((name) => name !== PROVIDER && name !== SHARED);
  const files = [
    ...own.map((name) => join(realpathSync(runtime.binaries), name)),
    ...[PROVIDER, SHARED].map((name) => join(realpathSync(folder), name)),
  ];
  return join(linkedFolder(files, environment), BINDING);
}

/**
 * Opens the runtime, in the way that lets it find its library for CUDA. The one place that loads it.
 * @throws UserError where it is not there, or cannot be loaded on this system.
 */
export const loadRuntime = once(async (): Promise<NodeRuntime> => {
  const host = thisHost();
  const missing = runtimeMissing(host);
  if (missing.length > 0) throw unavailable("cpu", missing);
  const binding = bindingWithCuda(host);
  // What the user has set counts.
  for (const [name, value] of Object.entries(NO_TELEMETRY)) process.env[name] ??= value;
  try {
    // A file is opened once in a process: the package finds this one.
    if (binding) process.dlopen({ exports: {} }, binding);
    return createRequire(import.meta.url)(host.runtime.entry) as NodeRuntime;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError({ where: host.runtime.folder, what: reason, remedy: RUNTIME_REMEDY, cause });
  }
});
