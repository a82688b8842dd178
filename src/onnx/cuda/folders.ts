import { readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Host } from "../host.js";

/** Environment variable that names a folder with ONNX Runtime's library for CUDA, with CUDA's own libraries, or with both. */
export const CUDA_VARIABLE = "NARROWS_CUDA";

/** Where PyPI's onnxruntime-gpu puts the provider library, in a folder of Python packages. */
const PROVIDER_IN_PACKAGES = join("onnxruntime", "capi");

/** The folder of the variable, where it is set. */
export function givenFolder(environment: Host["environment"]): string | undefined {
  const given = environment[CUDA_VARIABLE];
  return given ? resolve(given) : undefined;
}

/** Folders in which the provider library may lie, the first that has it counts: that of the variable, then the runtime's own. */
export function providerFolders({ environment, runtime }: Pick<Host, "environment" | "runtime">): string[] {
  const given = givenFolder(environment);
  const theirs = given ? packageFolders(given).map((packages) => join(packages, PROVIDER_IN_PACKAGES)) : [];
  return [...(given ? [given] : []), ...theirs, runtime.binaries];
}

/** Folders in which CUDA's libraries are looked for before the system's loader is asked: those given, then the usual ones. */
export function libraryFolders({ environment }: Host): string[] {
  const given = givenFolder(environment);
  const prefixes = [environment.CUDA_PATH, environment.CUDA_HOME, environment.CONDA_PREFIX].filter(
    (prefix) => prefix !== undefined && prefix !== "",
  );
  return [
    ...(given ? [given, join(given, "lib"), ...packageFolders(given).flatMap(nvidiaFolders)] : []),
    ...(environment.LD_LIBRARY_PATH ?? "").split(":").filter((folder) => folder !== ""),
    ...prefixes.flatMap((prefix) => [join(prefix!, "lib64"), join(prefix!, "lib")]),
  ];
}

/** Where CUDA's own installer puts them, and what the system has but its loader's cache may not. */
export function usualFolders(): string[] {
  const installed = entriesOf("/usr/local")
    .filter((name) => /^cuda(-\d+(\.\d+)?)?$/.test(name))
    .map((name) => join("/usr/local", name, "lib64"));
  return [...installed, "/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib/wsl/lib"];
}

/** Folders of Python packages that may be meant: the folder itself, that of a virtual environment, that around onnxruntime/capi. */
function packageFolders(given: string): string[] {
  const ofEnvironment = entriesOf(join(given, "lib"))
    .filter((name) => name.startsWith("python"))
    .map((name) => join(given, "lib", name, "site-packages"));
  const inPackage = basename(given) === "capi" && basename(dirname(given)) === "onnxruntime";
  return [given, ...ofEnvironment, ...(inPackage ? [dirname(dirname(given))] : [])];
}

/** Where NVIDIA's Python packages keep their libraries: nvidia/cu13/lib, nvidia/cudnn/lib, nvidia/cublas/lib ... */
function nvidiaFolders(packages: string): string[] {
  const nvidia = join(packages, "nvidia");
  return entriesOf(nvidia).map((name) => join(nvidia, name, "lib"));
}

/** Names in a folder, in order. */
function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    // No such folder, or none that may be read: nothing is found in it.
    return [];
  }
}
