/** How each kind of section is printed as HTML. A new kind is a type in report.ts and a line in PRINTERS. */
import type { FigureSpec } from "../figures/index.js";
import { escapeXml } from "../figures/render/escape-xml.js";
import { printDrawing } from "./drawing.js";
import {
  type ComparisonSection,
  cellText,
  type KeyFigure,
  type PanelsSection,
  panelFile,
  panelKey,
  type ReportLink,
  type Section,
  type TableColumn,
  type TableSection,
} from "./report.js";

/** Numbers the figures of one page and prints them as HTML. */
export type FigurePrinter = (figure: FigureSpec) => Promise<string>;

type Printer<Kind extends Section["kind"]> = (
  section: Extract<Section, { kind: Kind }>,
  print: FigurePrinter,
) => Promise<string> | string;

const PRINTERS: { readonly [Kind in Section["kind"]]: Printer<Kind> } = {
  prose: () => "",
  "key-figures": ({ keyFigures }) => keyFigureList(keyFigures),
  table: tableHtml,
  figures: async ({ figures }, print) => `<div class="figures">${await printAll(figures, print)}</div>`,
  comparison: comparisonHtml,
  panels: panelsHtml,
};

/** Wider drawings take a whole row of the grid; two narrower ones stand next to each other on a wide page. */
const WIDE = 620;

/** A printer that starts at Figure 1. Drawings are inline SVG in the colours of the page, with their data. */
export function figurePrinter(): FigurePrinter {
  let count = 0;
  return async (figure) => {
    count += 1;
    const id = `figure-${count}`;
    const { html } = await printDrawing(figure, {
      id,
      file: `${id}-${figure.name}`,
      name: `figure ${count}`,
      caption: `<b>Figure ${count}. ${escapeXml(figure.title)}.</b> ${escapeXml(figure.caption)}`,
    });
    return html();
  };
}

/** A section with its heading, paragraphs and content. */
export async function printSection(section: Section, index: number, print: FigurePrinter): Promise<string> {
  const id = `section-${index + 1}`;
  const heading = section.heading ? `<h2 id="${id}">${escapeXml(section.heading)}</h2>` : "";
  const label = section.heading ? ` aria-labelledby="${id}"` : "";
  const paragraphs = (section.text ?? []).map((text) => `<p>${escapeXml(text)}</p>`).join("\n");
  // The table of printers pairs each kind with its own section, which a lookup by a union cannot express.
  const printer = PRINTERS[section.kind] as (
    section: Section,
    print: FigurePrinter,
  ) => ReturnType<Printer<Section["kind"]>>;
  return `<section${label}>${heading}\n${paragraphs}\n${await printer(section, print)}</section>`;
}

/** One after another, so that their numbers follow the order of the page. */
async function printAll(figures: readonly FigureSpec[], print: FigurePrinter): Promise<string> {
  const printed: string[] = [];
  for (const figure of figures) printed.push(await print(figure));
  return printed.join("\n");
}

/** Large numbers with their labels, as a description list. */
function keyFigureList(keyFigures: readonly KeyFigure[]): string {
  const items = keyFigures.map(({ label, value, unit, note }) => {
    const unitText = unit ? ` <span class="unit">${escapeXml(unit)}</span>` : "";
    const noteText = note ? `<dd class="note">${escapeXml(note)}</dd>` : "";
    return `<div><dt>${escapeXml(label)}</dt><dd>${escapeXml(value)}${unitText}</dd>${noteText}</div>`;
  });
  return `<dl class="key-figures">${items.join("")}</dl>`;
}

/** Sides next to each other on a wide page, below each other on a narrow one. */
async function comparisonHtml(section: ComparisonSection, print: FigurePrinter): Promise<string> {
  const sides: string[] = [];
  for (const { title, subtitle, keyFigures, warnings = [], links = [], figures = [] } of section.sides) {
    const heading = `<h3>${escapeXml(title)}</h3>`;
    const under = subtitle ? `<p class="subtitle">${escapeXml(subtitle)}</p>` : "";
    const numbers = keyFigures ? keyFigureList(keyFigures) : "";
    const below = [...warnings.map(warningHtml), ...links.map(linkHtml)].join("");
    sides.push(
      `<div class="side">${heading}${under}${numbers}${below}${await printAll(figures, print)}</div>`,
    );
  }
  return `<div class="comparison">${sides.join("\n")}</div>`;
}

function warningHtml(text: string): string {
  return `<p class="warning">Warning: ${escapeXml(text)}</p>`;
}

function linkHtml({ text, address }: ReportLink): string {
  const words = escapeXml(text);
  if (address === undefined) return `<p class="link">${words}</p>`;
  return `<p class="link"><a href="${escapeXml(address)}" rel="noreferrer">${words}</a></p>`;
}

/** Lettered drawings in a grid, one caption below. They do not count among the page's own figures. */
async function panelsHtml({ number, title, caption, panels }: PanelsSection): Promise<string> {
  const printed: string[] = [];
  for (const { letter, title, figure } of panels) {
    const { width, html } = await printDrawing(figure, {
      id: `panel-${number}-${panelKey(letter)}`,
      file: panelFile(number, letter),
      name: `figure ${number}, panel ${letter}`,
      caption: `<b>${escapeXml(letter)}</b> ${escapeXml(title)}`,
    });
    printed.push(html(width > WIDE ? "panel wide" : "panel"));
  }
  return `<div class="panels">${printed.join("\n")}</div>
<p class="panels-caption"><b>Figure ${number}. ${escapeXml(title)}.</b> ${escapeXml(caption)}</p>`;
}

/** A table that scrolls by itself on a narrow page; `folded` puts it behind its caption. */
function tableHtml({ columns, rows, caption, folded }: TableSection): string {
  const attribute = (column: TableColumn | undefined) => (column?.align === "end" ? ' class="end"' : "");
  const head = columns.map((column) => `<th scope="col"${attribute(column)}>${escapeXml(column.title)}</th>`);
  const body = rows.map((row) => {
    const cells = row.map((value, k) => `<td${attribute(columns[k])}>${escapeXml(cellText(value))}</td>`);
    return `<tr>${cells.join("")}</tr>`;
  });
  const captionText = caption && !folded ? `<caption>${escapeXml(caption)}</caption>` : "";
  const table = `<div class="scroll" tabindex="0"><table>${captionText}<thead><tr>${head.join("")}</tr></thead><tbody>
${body.join("\n")}
</tbody></table></div>`;
  return folded
    ? `<details><summary>${escapeXml(caption ?? "Show the table")}</summary>${table}</details>`
    : table;
}
