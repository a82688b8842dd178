import { existsSync, readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Missing } from "./devices.js";
import type { Host } from "./host.js";

/** The loader through which WebGPU reaches a driver on Linux. */
const LOADER = "libvulkan.so.1";
/** Variables with files or folders of manifests, in place of the usual folders. */
const VARIABLES = ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"];

/** What WebGPU lacks on Linux: the Vulkan loader, or a driver that it finds. */
export function vulkanMissing(host: Host): Missing[] {
  const missing: Missing[] = [];
  const folders = (host.environment.LD_LIBRARY_PATH ?? "").split(":");
  const hasLoader =
    host.systemLibraries().has(LOADER) ||
    folders.some((folder) => folder && existsSync(join(folder, LOADER)));
  if (!hasLoader)
    missing.push({
      what: `no Vulkan loader, ${LOADER}`,
      remedy: "Install the Vulkan loader (Debian, Ubuntu: libvulkan1)",
    });
  if (vulkanDrivers(host.environment).length === 0) {
    const what = "no Vulkan driver: no manifest in /usr/share/vulkan/icd.d or /etc/vulkan/icd.d";
    missing.push({
      what,
      remedy: "Install the graphics driver of your card (Debian, Ubuntu: mesa-vulkan-drivers or NVIDIA's)",
    });
  }
  return missing;
}

/** Manifests of Vulkan drivers, where the loader looks for them. */
export function vulkanDrivers(environment: Host["environment"]): string[] {
  const given = VARIABLES.map((name) => environment[name]).find((value) => value);
  if (given)
    return given
      .split(":")
      .filter((path) => existsSync(path))
      .flatMap(manifestsIn);
  const data = environment.XDG_DATA_HOME || join(homedir(), ".local", "share");
  const roots = [data, "/etc", "/usr/local/share", "/usr/share"];
  return roots
    .map((root) => join(root, "vulkan", "icd.d"))
    .filter((path) => existsSync(path))
    .flatMap(manifestsIn);
}

function manifestsIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(path, name));
}
