import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { readLink } from "../../src/lab/link.js";

/**
 * Checks every page of a built site: each link leads to a file of it and to an anchor there, and no style, script, picture or font is
 * asked from elsewhere.
 * @param folder The built site.
 * @param base The path below which it is served, as it was built.
 * @returns One line for each thing that is wrong.
 */
export function brokenLinks(folder: string, base: string): string[] {
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".html"),
  );
  const anchors = new Map<string, ReadonlySet<string>>();
  const anchorsOf = (path: string) => {
    const known =
      anchors.get(path) ?? new Set([...read(folder, path).matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id!));
    anchors.set(path, known);
    return known;
  };
  return pages.flatMap((page) => {
    const html = read(folder, page);
    const wrong = [
      ...html.matchAll(/<(a|link|script|img|source|iframe)\b[^>]*?\s(?:href|src)="([^"]*)"/g),
    ].flatMap(([, tag, address]) => problemOf(page, tag!, decode(address!)) ?? []);
    const outside = [...html.matchAll(/url\((https?:[^)]+)\)/g)].map(
      ([, address]) => `a style asks for ${address}`,
    );
    return [...new Set([...wrong, ...outside])].map((problem) => `${page}: ${problem}`);
  });

  function problemOf(page: string, tag: string, address: string): string | undefined {
    if (/^(mailto|data):/.test(address)) return undefined;
    if (/^https?:/.test(address)) return tag === "a" ? undefined : `<${tag}> asks for ${address}`;
    const [path, anchor] = address.split("#") as [string, string?];
    const inSite =
      path === "" ? page : path.startsWith(base) ? path.slice(base.length) : join(dirname(page), path);
    const file = [inSite, `${inSite}.html`, join(inSite, "index.html")].find(
      (candidate) => /\.\w+$/.test(candidate) && existsSync(join(folder, candidate)),
    );
    if (file === undefined) return `${address}: there is no such file`;
    if (anchor === undefined || anchor === "" || !file.endsWith(".html")) return undefined;
    // An experiment of the lab, on the first page.
    if (file === "index.html" && anchor.includes("=")) return readLink(anchor).problem;
    return anchorsOf(file).has(decodeURIComponent(anchor))
      ? undefined
      : `${address}: there is no such anchor`;
  }
}

const read = (folder: string, path: string) => readFileSync(join(folder, path), "utf8");
const decode = (text: string) =>
  text.replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&quot;", '"');
