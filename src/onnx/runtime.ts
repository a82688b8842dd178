import { existsSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { once } from "../once.js";
import { givenFolder, providerFolders } from "./cuda/folders.js";
import { linkedFolder } from "./cuda/linked-folder.js";
import { PROVIDER, SHARED } from "./cuda/pieces.js";
import { type Host, thisHost } from "./host.js";

/** onnxruntime-node, as it is imported. */
export type NodeRuntime = typeof import("onnxruntime-node");

/** Name of the runtime's file for Node. */
const BINDING = "onnxruntime_binding.node";

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

/** Opens the runtime, in the way that lets it find its library for CUDA. The one place that imports it. */
export const loadRuntime = once(async (): Promise<NodeRuntime> => {
  const binding = bindingWithCuda(thisHost());
  // A file is opened once in a process: the import below finds this one.
  if (binding) process.dlopen({ exports: {} }, binding);
  return import("onnxruntime-node");
});
