import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { basename } from "node:path/posix";

const TEXT = /\.(html|js|css)$/;

/**
 * The files that a page of a built site may ask for: itself, and each whose name is in a file that is reached.
 * @returns Paths in the folder.
 */
export function reachableFrom(folder: string, page: string): ReadonlySet<string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.\w+$/.test(path) && !path.endsWith(".html"));
  const reached = new Set([page]);
  // A set that grows while it is walked.
  for (const path of reached) {
    if (!TEXT.test(path)) continue;
    const text = readFileSync(join(folder, path), "utf8");
    for (const file of files) if (text.includes(basename(file))) reached.add(file);
  }
  return reached;
}
