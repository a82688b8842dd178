import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Block, blocksOf } from "./blocks.js";

const ROOT = join(import.meta.dirname, "../..");

/** Folders of the site whose pages are written by hand; the others are made of the sources when the site is built. */
const WRITTEN = ["", "tutorials", "how-to", "reference"];

/** A page that people read, by its path in the project. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

function inFolder(folder: string, recursive = false): string[] {
  return readdirSync(join(ROOT, folder), { recursive, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name).replaceAll("\\", "/"))
    .sort();
}

/** Pages of the site that are written by hand. */
export const SITE_PATHS = WRITTEN.flatMap((folder) => inFolder(join("site", folder)));

/** Every page whose blocks and links are tested. */
export const PAGES: readonly Page[] = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"],
  ...inFolder("docs", true),
  ...SITE_PATHS,
].map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));

/** Every block of every page. */
export const BLOCKS: readonly Block[] = PAGES.flatMap(({ path, text }) => blocksOf(path, text));
