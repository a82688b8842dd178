import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { vendorEngine } from "../../packaging/vendor-engine.js";
import type { Outcome } from "../measurement.js";

const MEGABYTE = 2 ** 20;
const lockSchema = z.object({
  packages: z.record(z.string(), z.looseObject({ dev: z.boolean().optional() })),
});

/**
 * What the installed packages take on disk: all that `npm ci` brings, and what a user of the package gets, with the package itself: what
 * it depends on, the copy of ONNX Runtime inside, and what was built.
 */
export function measureDisk(): Outcome {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync("package-lock.json", "utf8")));
  const installed = Object.entries(packages).filter(([folder]) => folder !== "");
  const all = installed.map(([folder, { dev }]) => ({ dev: dev ?? false, bytes: bytesOnDisk(folder) }));
  const megabytes = (list: typeof all) => list.reduce((total, { bytes }) => total + bytes, 0) / MEGABYTE;
  return {
    measurements: [
      {
        key: "disk.users.megabytes",
        label: "packages on disk, for users",
        value: megabytes([...all.filter(({ dev }) => !dev), { dev: false, bytes: packageBytes() }]),
        unit: "MB",
        better: "lower",
      },
      {
        key: "disk.developers.megabytes",
        label: "packages on disk, for developers",
        value: megabytes(all),
        unit: "MB",
        better: "lower",
      },
    ],
  };
}

/** What the package itself takes where it is installed. */
function packageBytes(): number {
  const cache = join("node_modules", ".narrows-bench");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "engine-"));
  try {
    vendorEngine(".", folder, "linked");
    return ["dist", "docs", "configs", folder].reduce((total, path) => total + bytesOnDisk(path), 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bytes of the blocks that a package's files take; packages inside it have entries of their own. */
function bytesOnDisk(folder: string): number {
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch (error) {
    // A package for another system is in the lock file, but not on this disk.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return 0;
    throw error;
  }
  return entries
    .filter((name) => name !== "node_modules")
    .map((name) => join(folder, name))
    .reduce((total, path) => {
      const { blocks } = lstatSync(path);
      return total + 512 * blocks + (lstatSync(path).isDirectory() ? bytesOnDisk(path) : 0);
    }, 0);
}
