/** A figure as one page that needs nothing else: Vega's runtime and the figure are inside, no request is made. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { visibleLines } from "../../visible-text.js";
import type { FigureSpec } from "../figure.js";
import { tableToCsv } from "../table.js";
import { escapeXml } from "./escape-xml.js";
import { compileFigure } from "./svg.js";

/** The build of Vega for browsers, which its package ships next to the one for Node. */
function vegaForBrowsers(): string {
  return readFileSync(fileURLToPath(new URL("vega.min.js", import.meta.resolve("vega"))), "utf8");
}

/** Text that may stand within a script element: nothing in it can end the element. */
function insideScript(text: string): string {
  return text.replace(/<(?=\/script|!--)/gi, "\\x3C");
}

/** JSON that may stand within a script element; its texts are shown as they are, and so hold no control characters. */
function scriptJson(value: unknown): string {
  const shown = (_: string, inner: unknown) => (typeof inner === "string" ? visibleLines(inner) : inner);
  return JSON.stringify(value, shown).replaceAll("<", "\\u003c");
}

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; font: 15px/1.5 Arial, Helvetica, "Liberation Sans", sans-serif;
  color: light-dark(#1c2530, #e4e8ed); background: light-dark(#fff, #14181d); }
h1 { font-size: 1.25rem; }
#figure { overflow-x: auto; }
#figure image { image-rendering: pixelated; }
p, a { opacity: .8; color: inherit; }`;

/** The interactive page: values appear under the pointer, and the page follows the reader's light or dark setting. */
export function renderHtml(figure: FigureSpec): string {
  const title = escapeXml(figure.title);
  const csv = `data:text/csv;charset=utf-8,${encodeURIComponent(tableToCsv(figure.table))}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'unsafe-eval'">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<div id="figure" role="img" aria-label="${escapeXml(figure.caption)}"></div>
<p>${escapeXml(figure.caption)}</p>
<p><a download="${escapeXml(figure.name)}.csv" href="${csv}">Data (CSV)</a></p>
</main>
<script>${insideScript(vegaForBrowsers())}</script>
<script>
new vega.View(vega.parse(${scriptJson(compileFigure(figure, "inherit"))}), { renderer: "svg", container: "#figure", hover: true }).runAsync();
</script>
</body>
</html>
`;
}
