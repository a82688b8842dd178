/**
 * Repairs the anchors of the API pages after TypeDoc: it counts headings of one name that other options have left out, so that a link to
 * the only `DeviceName` of a page may end in `#devicename-1`; and where it has an underscore, VitePress has a hyphen.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";

const API = join(process.cwd(), "reference/api");

/** Of the pages that were read: some are long, and a thousand links lead to them. */
const known = new Map<string, ReadonlySet<string>>();

function anchorsOf(path: string): ReadonlySet<string> {
  const anchors = known.get(path) ?? readAnchors(path);
  known.set(path, anchors);
  return anchors;
}

/** Anchors of a page as VitePress makes them: the second heading of one name ends in -1. */
function readAnchors(path: string): ReadonlySet<string> {
  const counts = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading] of readFileSync(path, "utf8").matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/[\s_]+/g, "-");
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}

for (const name of readdirSync(API, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".md"),
)) {
  const page = join(API, name);
  const text = readFileSync(page, "utf8");
  const right = text.replace(/\]\(([\w./-]*)#([\w-]+)\)/g, (link, path: string, given: string) => {
    const anchors = anchorsOf(path === "" ? page : join(dirname(page), path));
    const dashed = given.replaceAll("_", "-");
    const anchor = [given, dashed, dashed.replace(/-\d+$/, "")].find((each) => anchors.has(each));
    return anchor === undefined ? link : `](${path}#${anchor})`;
  });
  if (right !== text) writeFileSync(page, right);
}
