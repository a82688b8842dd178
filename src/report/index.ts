/** One self-contained page: figures, data and style are inside, and its policy forbids every request. */
import { escapeXml } from "../figures/render/escape-xml.js";
import { DOWNLOAD_SCRIPT } from "./drawing.js";
import type { Fact, Report } from "./report.js";
import { figurePrinter, printSection } from "./sections.js";
import { STYLE } from "./style.js";

export { renderReportPdf } from "./pdf/index.js";
export type * from "./report.js";

const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
/** Fewer sections than this are seen at a glance. */
const SECTIONS_FOR_CONTENTS = 4;

function factList(facts: readonly Fact[]): string {
  if (facts.length === 0) return "";
  const items = facts.map(({ name, value }) => `<dt>${escapeXml(name)}</dt><dd>${escapeXml(value)}</dd>`);
  return `<dl class="facts">${items.join("\n")}</dl>`;
}

function contents(report: Report): string {
  const links = report.sections.flatMap(({ heading }, index) =>
    heading ? [`<li><a href="#section-${index + 1}">${escapeXml(heading)}</a></li>`] : [],
  );
  return links.length < SECTIONS_FOR_CONTENTS
    ? ""
    : `<nav aria-label="Contents"><ol>${links.join("")}</ol></nav>`;
}

/** Prints a report as one HTML document, which needs no other file. The same report gives the same bytes. */
export async function renderReport(report: Report): Promise<string> {
  const print = figurePrinter();
  const sections: string[] = [];
  for (const [index, section] of report.sections.entries())
    sections.push(await printSection(section, index, print));
  const subtitle = report.subtitle ? `<p class="subtitle">${escapeXml(report.subtitle)}</p>` : "";
  const footer = report.footer ? `<footer>${escapeXml(report.footer)}</footer>` : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<link rel="icon" href="data:,">
<title>${escapeXml(report.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${escapeXml(report.title)}</h1>
${subtitle}
${factList(report.facts ?? [])}
${contents(report)}
</header>
${sections.join("\n")}
${footer}
</main>
<script>${DOWNLOAD_SCRIPT}</script>
</body>
</html>
`;
}
export type { SectionBase } from "./report.js";
