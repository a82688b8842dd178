import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { Host } from "../../src/onnx/host.js";
import { BINDING } from "../../src/onnx/runtime-files.js";

/** A Linux x64 machine of which only what is given is true, and a folder for its files. */
export function fakeMachine() {
  const root = mkdtempSync(join(tmpdir(), "narrows-host-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const binaries = join(root, "runtime", "bin");
  mkdirSync(binaries, { recursive: true });
  writeFileSync(join(binaries, BINDING), "");
  return {
    root,
    binaries,
    /** Writes a file, and the folders above it. */
    write(path: string, content: string | Buffer = "") {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    host({ environment = {}, libraries = {}, driver, ...rest }: HostChanges = {}): Host {
      return {
        platform: "linux",
        architecture: "x64",
        environment,
        runtime: {
          version: "1.30.0",
          folder: join(root, "runtime"),
          entry: join(root, "runtime", "index.js"),
          binaries,
        },
        systemLibraries: () => new Map(Object.entries(libraries)),
        nvidiaDriver: () => driver,
        ...rest,
      };
    },
  };
}

interface HostChanges {
  readonly platform?: string;
  readonly architecture?: string;
  readonly environment?: Record<string, string>;
  readonly libraries?: Record<string, string>;
  readonly driver?: string | undefined;
}
