import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "../errors.js";
import type { Missing } from "./devices.js";

/** Environment variable with the folder of an onnxruntime-node to use in place of the one that comes with Narrows. */
const RUNTIME_VARIABLE = "NARROWS_ONNXRUNTIME";

/** Name of the runtime's file for Node. */
export const BINDING = "onnxruntime_binding.node";

/**
 * Environment variable that keeps ONNX Runtime to itself: its builds for Linux and macOS otherwise write an identifier of the device and a
 * database of events into `~/.cache/Microsoft` and send them to Microsoft (1.30). It has to be set before the runtime is loaded.
 */
export const NO_TELEMETRY = { ORT_DISABLE_TELEMETRY: "1" } as const;

/** What to do where the runtime does not load, though it is there. */
export const RUNTIME_REMEDY =
  "Install Narrows again (npm i narrows; in a clone npm ci); Linux needs glibc 2.28 or later (Debian 10, Ubuntu 20.04; not Alpine), Windows the Visual C++ runtime";

/** Where packing puts a copy of onnxruntime-node without its install script (packaging/vendor-engine.ts); a clone has none. */
const VENDORED = fileURLToPath(new URL("../../engine", import.meta.url));

/** Where onnxruntime-node lies, and of which version it is. */
export interface RuntimeFiles {
  readonly version: string;
  /** Folder of the package. */
  readonly folder: string;
  /** The file to load. */
  readonly entry: string;
  /** Folder of its binding and libraries for this system. */
  readonly binaries: string;
}

/**
 * The files of the onnxruntime-node to use: that of the environment variable NARROWS_ONNXRUNTIME, else the copy inside an installed
 * Narrows, else, in a clone, the package that `npm ci` installs.
 * @throws UserError where there is none.
 */
export function runtimeFiles(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): RuntimeFiles {
  const folder = givenRuntime(environment) ?? (existsSync(VENDORED) ? VENDORED : installedRuntime());
  const { version, main } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    version: string;
    main: string;
  };
  const binaries = join(folder, "bin", "napi-v6", process.platform, process.arch);
  return { version, folder, entry: join(folder, main), binaries };
}

/** What is asked of a machine here. */
interface Machine {
  readonly platform: string;
  readonly architecture: string;
  readonly runtime: RuntimeFiles;
}

/** What every device needs: a build of the runtime for this system. */
export function runtimeMissing({ platform, architecture, runtime }: Machine): Missing[] {
  if (existsSync(join(runtime.binaries, BINDING))) return [];
  const what = `ONNX Runtime ${runtime.version} has no build for ${platform} ${architecture} in ${runtime.folder}`;
  const remedy =
    "Use Linux or Windows on x64 or arm64, or macOS on arm64, with a Node built for that processor";
  return [{ what, remedy }];
}

function givenRuntime(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const given = environment[RUNTIME_VARIABLE];
  if (!given) return undefined;
  const folder = resolve(given);
  if (nameOfPackage(folder) === "onnxruntime-node") return folder;
  throw new UserError({
    where: RUNTIME_VARIABLE,
    what: `${folder} is not the folder of the package onnxruntime-node`,
    remedy: `Set it to such a folder (node_modules/onnxruntime-node after npm i onnxruntime-node), or unset it`,
  });
}

/** The name in a folder's package.json; undefined where there is no such file, or it says none. */
function nameOfPackage(folder: string): unknown {
  try {
    return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name?: unknown }).name;
  } catch {
    // Missing, or not JSON: no package either way.
    return undefined;
  }
}

function installedRuntime(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve("onnxruntime-node/package.json"));
  } catch (cause) {
    throw new UserError({
      where: "ONNX Runtime",
      what: `there is no folder ${VENDORED}, and no package onnxruntime-node`,
      remedy: "Install Narrows again (npm i narrows; in a clone npm ci)",
      cause,
    });
  }
}
