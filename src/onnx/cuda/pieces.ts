import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Missing } from "../devices.js";
import type { Host } from "../host.js";
import { neededLibraries } from "./elf.js";
import { CUDA_VARIABLE, givenFolder, libraryFolders, providerFolders, usualFolders } from "./folders.js";

export const PROVIDER = "libonnxruntime_providers_cuda.so";
/** What the runtime loads first, from the same folder. */
export const SHARED = "libonnxruntime_providers_shared.so";
/** Comes with NVIDIA's driver. */
const DRIVER = "libcuda.so.1";
/** Loaded by the provider when it is first needed, so it does not ask for it by name: sums over axes are made with it. */
const CUDNN = "libcudnn.so.9";
/** The first driver for each CUDA (NVIDIA's release notes). */
const MIN_DRIVER: Readonly<Record<number, number>> = { 12: 525, 13: 580 };

/** The pieces of CUDA on a machine. */
export interface CudaPieces {
  /** The provider library, where it is found, and what loads before it, in that order: CUDA's libraries. */
  readonly provider: string | undefined;
  readonly libraries: readonly string[];
  /** CUDA's major version, as the provider wants it. */
  readonly version: number | undefined;
  readonly driver: string | undefined;
  readonly missing: readonly Missing[];
}

/** Finds what `--device cuda` needs: the runtime's provider library, CUDA's libraries that it asks for, and NVIDIA's driver. */
export function cudaPieces(host: Host): CudaPieces {
  const none = { provider: undefined, libraries: [], version: undefined, driver: undefined };
  if (host.platform !== "linux" || host.architecture !== "x64") {
    const what = `onnxruntime-node has CUDA on Linux x64 only, this is ${host.platform} ${host.architecture}`;
    return { ...none, missing: [{ what, remedy: "Use --device webgpu" }] };
  }
  const driver = host.nvidiaDriver();
  const system = host.systemLibraries();
  const found = findProvider(host);
  if ("what" in found) return { ...none, driver, missing: [found, ...driverMissing(host, system, 13)] };
  const needed = [...found.needed, CUDNN].filter((name) => name !== DRIVER);
  const version = Number(/^libcudart\.so\.(\d+)$/m.exec(needed.join("\n"))?.[1] ?? Number.NaN) || undefined;
  const folders = [...libraryFolders(host), dirname(found.path)];
  const located = needed.map((name) => [name, locate(name, folders, system)] as const);
  const absent = located.filter(([, path]) => path === undefined).map(([name]) => name);
  return {
    provider: found.path,
    libraries: located.flatMap(([, path]) => path ?? []),
    version,
    driver,
    missing: [
      ...(absent.length > 0 ? [librariesMissing(absent, version, host)] : []),
      ...driverMissing(host, system, version ?? 13),
    ],
  };
}

/** How to get everything but the driver, without anything being downloaded when Narrows is installed. */
function installCuda(runtimeVersion: string): string {
  return `Install the libraries of ONNX Runtime and CUDA 13 with Python 3.11 or later (python3 -m venv cuda && cuda/bin/pip install "onnxruntime-gpu[cuda,cudnn]==${runtimeVersion}") and set ${CUDA_VARIABLE} to the path of that folder cuda`;
}

function findProvider(host: Host): Missing | { readonly path: string; readonly needed: readonly string[] } {
  const { environment, runtime } = host;
  const remedy = installCuda(runtime.version);
  const given = givenFolder(environment);
  if (given && !statSync(given, { throwIfNoEntry: false })?.isDirectory())
    return { what: `${CUDA_VARIABLE} is ${given}, which is not a folder`, remedy };
  const folder = providerFolders(host).find((candidate) => existsSync(join(candidate, PROVIDER)));
  if (!folder) {
    const where = given
      ? `${given}, to which ${CUDA_VARIABLE} is set`
      : `onnxruntime-node, and ${CUDA_VARIABLE} is not set`;
    return { what: `no ${PROVIDER} in ${where}`, remedy };
  }
  const path = join(folder, PROVIDER);
  if (!existsSync(join(folder, SHARED))) return { what: `no ${SHARED} next to ${path}`, remedy };
  const version = providerVersion(path, runtime.version);
  if (version !== runtime.version) {
    const what = `${path} is of ONNX Runtime ${version ?? "another version"}, onnxruntime-node here is ${runtime.version}`;
    return { what, remedy };
  }
  const needed = neededLibraries(path);
  if (!needed) return { what: `${path} is not a library for Linux x64`, remedy };
  return { path, needed: needed.filter((name) => /^lib(cu|nv)/.test(name)) };
}

/**
 * The version of ONNX Runtime that a provider library is of: as the Python package next to it says, otherwise that of the runtime if the library
 * holds it as a word, as all of 1.30 do.
 */
function providerVersion(path: string, expected: string): string | undefined {
  const note = join(dirname(path), "version_info.py");
  if (existsSync(note)) return /__version__ = ['"](.+?)['"]/.exec(readFileSync(note, "utf8"))?.[1];
  return readFileSync(path).includes(`\0${expected}\0`) ? expected : undefined;
}

function locate(
  name: string,
  folders: readonly string[],
  system: ReadonlyMap<string, string>,
): string | undefined {
  const inFolder = (candidates: readonly string[]) =>
    candidates.map((folder) => join(folder, name)).find((path) => existsSync(path));
  return inFolder(folders) ?? system.get(name) ?? inFolder(usualFolders());
}

function librariesMissing(names: readonly string[], version: number | undefined, host: Host): Missing {
  const what = `no ${names.join(", ")}`;
  // The runtime's own libraries are of CUDA 12 and come without it, PyPI's are of 13 and have its libraries as packages.
  const remedy =
    version === 12
      ? `Install CUDA 12 and cuDNN 9, or their Python packages (python3 -m venv cuda && cuda/bin/pip install nvidia-cublas-cu12 nvidia-cuda-runtime-cu12 nvidia-curand-cu12 nvidia-cudnn-cu12) and set ${CUDA_VARIABLE} to the path of that folder cuda`
      : installCuda(host.runtime.version);
  return { what, remedy };
}

function driverMissing(host: Host, system: ReadonlyMap<string, string>, cuda: number): Missing[] {
  const minimum = MIN_DRIVER[cuda];
  const remedy = `Install NVIDIA's driver ${minimum ?? "for this CUDA"} or later (nvidia-smi shows it)`;
  if (!locate(DRIVER, libraryFolders(host), system)) return [{ what: `no NVIDIA driver, ${DRIVER}`, remedy }];
  const driver = host.nvidiaDriver();
  if (!driver || !minimum || Number.parseInt(driver, 10) >= minimum) return [];
  return [{ what: `NVIDIA's driver ${driver} is too old for CUDA ${cuda}`, remedy }];
}
