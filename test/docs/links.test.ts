import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { blocksOf } from "./blocks.js";
import { PAGES } from "./pages.js";

// The build of the site checks the links of the pages that it makes, too: npm run check in site/.

const ROOT = join(import.meta.dirname, "../..");
/** Addresses of the site that are made when it is built. */
const MADE = /^\/(reference\/(commands|configuration|api)|definitions|papers|background|gallery|files)\//;

/** A page without its blocks and code, where nothing is a link. */
function prose(path: string, text: string): string {
  const lines = text.split("\n");
  for (const block of blocksOf(path, text)) {
    for (let k = 0; k < block.lines.length; k++) lines[block.line - 1 + k] = "";
  }
  return lines.join("\n").replace(/`[^`]*`/g, "");
}

/** Anchors of a page: those of its headings, as GitHub and the site make them, and those that it names. */
function anchorsOf(path: string): Set<string> {
  const text = readFileSync(path, "utf8");
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s+/g, "-"),
  );
  const named = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!);
  return new Set([...headings, ...named]);
}

/** What is wrong with a link of a page; undefined where it leads somewhere. */
function problemOf(page: string, target: string): string | undefined {
  const [address, anchor] = target.split("#") as [string, string?];
  const ofSite = address.startsWith("/");
  if (ofSite && !page.startsWith("site/")) return "it begins with a slash";
  if (ofSite && MADE.test(address)) return undefined;
  const base = ofSite ? join(ROOT, "site", address) : join(ROOT, dirname(page), address);
  const path = address === "" ? join(ROOT, page) : existsSync(`${base}.md`) ? `${base}.md` : base;
  if (!existsSync(path)) return "there is no such file";
  if (statSync(path).isDirectory() && ofSite && !existsSync(join(path, "index.md")))
    return "there is no such page";
  if (anchor === undefined || !path.endsWith(".md")) return undefined;
  return anchorsOf(path).has(anchor) ? undefined : "the page has no such heading";
}

test("every link of README, docs and site leads to a file, and to a heading in it", () => {
  let count = 0;
  const wrong = PAGES.flatMap(({ path, text }) =>
    [...prose(path, text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => {
      if (/^[a-z]+:/.test(target!)) return [];
      count++;
      const problem = problemOf(path, target!);
      return problem === undefined ? [] : [`${path}: ${target}: ${problem}`];
    }),
  );
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(100);
});

test("a link that leads nowhere is found", () => {
  expect(problemOf("README.md", "docs/nothing.md")).toBe("there is no such file");
  expect(problemOf("README.md", "docs/tour.md#nothing")).toBe("the page has no such heading");
  expect(problemOf("site/index.md", "/how-to/nothing")).toBe("there is no such file");
  expect(problemOf("docs/tour.md", "definitions.md#words-and-units")).toBeUndefined();
});

test("the table of definitions names the rules that its pages have", () => {
  const index = readFileSync(join(ROOT, "docs/definitions.md"), "utf8");
  const rows = [...index.matchAll(/^\| ([A-Z])1 to \1(\d+) \| .*\]\((.+)\) \|$/gm)];
  expect(rows.length).toBeGreaterThan(10);
  for (const [, letter, last, page] of rows) {
    const text = readFileSync(join(ROOT, "docs", page!), "utf8");
    const rules = [...text.matchAll(new RegExp(`(?:\\*\\*|^## )${letter}(\\d+)\\b`, "gm"))];
    expect(`${letter}${last}`).toBe(`${letter}${Math.max(...rules.map(([, rule]) => Number(rule)))}`);
    expect(text.split("\n")[0]).toContain(`${letter}1 to ${letter}${last}`);
  }
});
