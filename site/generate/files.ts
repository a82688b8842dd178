import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of the whole project, and that of the site. The generator is run by a script of site/package.json. */
export const SITE = process.cwd();
export const ROOT = join(SITE, "..");

/** Folders of the site that hold generated pages alone: git ignores them, and each build makes them again. */
const GENERATED = [
  "reference/commands",
  "reference/configuration",
  "definitions",
  "papers",
  "background",
  "gallery",
];

/** Removes what an earlier build made, so that no page of a command that is gone remains. */
export function clearGenerated(): void {
  for (const folder of [...GENERATED, "public/files", "public/gallery"])
    rmSync(join(SITE, folder), { recursive: true, force: true });
}

/** Writes a file of the site; the path is relative to the site's folder. */
export function writeInSite(path: string, content: string | Uint8Array): void {
  const file = join(SITE, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** A line of the side bar. */
export interface Item {
  readonly text: string;
  readonly link?: string;
  readonly items?: readonly Item[];
  readonly collapsed?: boolean;
}
