import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Where onnxruntime-node lies, and of which version it is. */
export interface RuntimeFiles {
  readonly version: string;
  /** The file to import. */
  readonly entry: string;
  /** Folder of its binding and libraries for this system. */
  readonly binaries: string;
}

/** The files of the installed onnxruntime-node. */
export function runtimeFiles(): RuntimeFiles {
  const entry = createRequire(import.meta.url).resolve("onnxruntime-node");
  const root = join(dirname(entry), "..");
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  return { version, entry, binaries: join(root, "bin", "napi-v6", process.platform, process.arch) };
}
