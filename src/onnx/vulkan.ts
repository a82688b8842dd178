import { existsSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Missing } from "./devices.js";
import type { Host } from "./host.js";

/** The loader through which WebGPU reaches a driver on Linux. */
const LOADER = "libvulkan.so.1";
const NO_LOADER: Missing = {
  what: `no Vulkan loader, ${LOADER}`,
  remedy: "Install the Vulkan loader (Debian, Ubuntu: libvulkan1)",
};
const NO_DRIVER: Missing = {
  what: "no Vulkan driver: no manifest in /usr/share/vulkan/icd.d or /etc/vulkan/icd.d",
  remedy: "Install the graphics driver of your card (Debian, Ubuntu: mesa-vulkan-drivers or NVIDIA's)",
};
/** Variables with files or folders of manifests, in place of the usual folders. */
const VARIABLES = ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"];

/** What WebGPU lacks on Linux: the Vulkan loader, or a driver that it finds. */
export function vulkanMissing(host: Host): Missing[] {
  const folders = (host.environment.LD_LIBRARY_PATH ?? "").split(":");
  const inFolders = folders.some((folder) => folder && existsSync(join(folder, LOADER)));
  const hasLoader = inFolders || host.systemLibraries().has(LOADER);
  const hasDriver = vulkanDrivers(host.environment).length > 0;
  return [...(hasLoader ? [] : [NO_LOADER]), ...(hasDriver ? [] : [NO_DRIVER])];
}

/** Manifests of Vulkan drivers, where the loader looks for them. */
export function vulkanDrivers(environment: Host["environment"]): string[] {
  const given = VARIABLES.map((name) => environment[name]).find((value) => value);
  const data = environment.XDG_DATA_HOME || join(homedir(), ".local", "share");
  const roots = [data, "/etc", "/usr/local/share", "/usr/share"];
  const paths = given?.split(":") ?? roots.map((root) => join(root, "vulkan", "icd.d"));
  return paths.filter((path) => existsSync(path)).flatMap(manifestsIn);
}

function manifestsIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(path, name));
}
