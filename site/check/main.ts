/**
 * Checks a built site, and the views of the lab: `npm run check` in site/; `-- --pictures DIR` also takes pictures of them,
 * `-- --only links,pages,pieces,views` some parts alone.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { problemsInBrowser } from "./browser.js";
import { brokenLinks } from "./links.js";
import { problemsOfPieces } from "./pieces.js";
import { problemsOfViews } from "./views.js";

const { values } = parseArgs({ options: { pictures: { type: "string" }, only: { type: "string" } } });
const parts = values.only?.split(",") ?? ["links", "pages", "pieces", "views"];
const base = process.env.SITE_BASE ?? "/";
const folder = join(process.cwd(), ".vitepress/dist");
if (!existsSync(folder)) throw new Error("the site is not built: npm run build");

let count = 0;
function report(problems: readonly string[]): void {
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  count += problems.length;
}
/** Of a part that needs a browser. */
function reportSeen(problems: readonly string[] | undefined): void {
  if (problems === undefined)
    process.stdout.write("skipped: pages in a browser, since no Chromium is on the PATH\n");
  report(problems ?? []);
}
const { pictures } = values;
if (parts.includes("links")) report(brokenLinks(folder, base));
if (parts.includes("pages")) reportSeen(await problemsInBrowser(folder, base, pictures));
if (parts.includes("pieces")) reportSeen(await problemsOfPieces(folder, base, pictures));
if (parts.includes("views"))
  reportSeen(await problemsOfViews("../node_modules/.cache/narrows-views", pictures));
process.stdout.write(`${count} problems\n`);
if (count > 0) process.exitCode = 1;
