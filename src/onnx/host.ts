import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type RuntimeFiles, runtimeFiles } from "./runtime-files.js";

/** What is asked of a machine to find its devices; tests give another. */
export interface Host {
  readonly platform: string;
  readonly architecture: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly runtime: RuntimeFiles;
  /** Libraries that the system's loader knows, by name. */
  systemLibraries(): ReadonlyMap<string, string>;
  /** Version of NVIDIA's kernel module, such as 580.95.05; undefined where there is none or it cannot be read (WSL). */
  nvidiaDriver(): string | undefined;
}

/** This machine. */
export function thisHost(): Host {
  return {
    platform: process.platform,
    architecture: process.arch,
    environment: process.env,
    runtime: runtimeFiles(),
    systemLibraries,
    nvidiaDriver,
  };
}

function systemLibraries(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of loaderCache().split("\n")) {
    // "	libcudart.so.13 (libc6,x86-64) => /usr/local/cuda/lib64/libcudart.so.13"; the first of a name is the one that is used.
    const [, name, path] = /^\s*(\S+) \(.*\) => (.+)$/.exec(line) ?? [];
    if (name && path && !found.has(name)) found.set(name, path);
  }
  return found;
}

/** What the loader of GNU systems knows, as text; nothing elsewhere. */
function loaderCache(): string {
  try {
    return execFileSync("/sbin/ldconfig", ["-p"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    // No such program, or no cache: libraries are then looked for in folders alone.
    return "";
  }
}

function nvidiaDriver(): string | undefined {
  try {
    const text = readFileSync("/proc/driver/nvidia/version", "utf8");
    return /Kernel Module.*?\s(\d+\.\d+(?:\.\d+)?)\s/.exec(text)?.[1];
  } catch {
    // No driver, or one that does not report its version there.
    return undefined;
  }
}
