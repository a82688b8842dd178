/** Checks a built site, and the views of the lab: `npm run check` in site/; `-- --pictures DIR` also takes pictures of them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { problemsInBrowser } from "./browser.js";
import { brokenLinks } from "./links.js";
import { problemsOfViews } from "./views.js";

const { values } = parseArgs({ options: { pictures: { type: "string" } } });
const base = process.env.SITE_BASE ?? "/";
const folder = join(process.cwd(), ".vitepress/dist");
if (!existsSync(folder)) throw new Error("the site is not built: npm run build");

let count = 0;
function report(problems: readonly string[]): void {
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  count += problems.length;
}
report(brokenLinks(folder, base));
const inBrowser = await problemsInBrowser(folder, base, values.pictures);
if (inBrowser === undefined)
  process.stdout.write("skipped: pages in a browser, since no Chromium is on the PATH\n");
report(inBrowser ?? []);
report((await problemsOfViews("../node_modules/.cache/narrows-views", values.pictures)) ?? []);
process.stdout.write(`${count} problems\n`);
if (count > 0) process.exitCode = 1;
