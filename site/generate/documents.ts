import { cpSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { siteAddress } from "./addresses.js";
import { type Item, ROOT, SITE, writeInSite } from "./files.js";
import { page } from "./markdown.js";

/**
 * Writes the pages that are made of docs/, CONTRIBUTING.md, CHANGELOG.md and SECURITY.md, which remain the one place of these texts: only their
 * links change. Files of configs/ that they lead to are copied as they are. Returns side bars by room of the site.
 */
export function writeDocuments(): Readonly<Record<"definitions" | "papers" | "background", Item[]>> {
  cpSync(join(ROOT, "configs"), join(SITE, "public/files/configs"), { recursive: true });
  cpSync(join(ROOT, "docs/images"), join(SITE, "public/files/docs/images"), { recursive: true });
  const paths = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => `docs/${path.replaceAll("\\", "/")}`);
  const items = [...paths.sort(), "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"].map((path) =>
    writeDocument(path),
  );
  writeOverview(items);
  const inRoom = (room: string) => items.filter(({ link }) => link.startsWith(`/${room}/`));
  return { definitions: inRoom("definitions"), papers: inRoom("papers"), background: inRoom("background") };
}

/** The first page of the room "background": what there is to read. */
function writeOverview(items: readonly { text: string; link: string }[]): void {
  const list = (room: string) =>
    items.filter(({ link }) => link.startsWith(`/${room}/`)).map(({ text, link }) => `- [${text}](${link})`);
  writeInSite(
    "background/index.md",
    page(
      "Background",
      "What every number means, how papers were reproduced and where they were not, and how the house is built.",
      ...[
        ["Papers reproduced", "papers"],
        ["Definitions", "definitions"],
        ["More", "background"],
      ].flatMap(([heading, room]) => [`## ${heading}`, list(room!).join("\n")]),
    ),
  );
}

function writeDocument(path: string): { text: string; link: string } {
  const link = siteAddress(path)!;
  const text = readFileSync(join(ROOT, path), "utf8");
  writeInSite(`${link.slice(1)}${link.endsWith("/") ? "index" : ""}.md`, withSiteLinks(text, path));
  const [, title = path] = /^# (.+)$/m.exec(text) ?? [];
  return { text: title.replaceAll("`", ""), link };
}

/** Relative links lead to where their files stand on the site; Vue reads nothing into double braces. */
function withSiteLinks(text: string, path: string): string {
  return outsideCode(text, (prose) =>
    prose
      .replace(/(!?)\]\((?![a-z]+:|#|\/)([^)#\s]+)(#[^)]*)?\)/g, (whole, _, target: string, anchor = "") => {
        const file = normalize(join(dirname(path), target));
        const address = file.startsWith("docs/images/") ? `/files/${file}` : siteAddress(file);
        if (address === undefined) throw new Error(`${path}: the site has no page for ${target}`);
        return whole.replace(/\(.*\)$/, `(${address}${anchor})`);
      })
      .replaceAll("{{", "&#123;&#123;"),
  );
}

/** Applies a change to all that is not a block of code. */
function outsideCode(text: string, change: (prose: string) => string): string {
  return text
    .split(/^(```[\s\S]*?^```$)/m)
    .map((part, k) => (k % 2 === 0 ? change(part) : part))
    .join("");
}
