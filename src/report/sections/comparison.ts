import { escapeXml } from "../../figures/render/escape-xml.js";
import type { FigurePrinter } from "../figure-printer.js";
import type { ComparisonSection, ComparisonSide } from "../report.js";
import { printAll } from "./figures.js";
import { keyFigureList } from "./key-figures.js";

async function side(
  { title, subtitle, keyFigures, figures }: ComparisonSide,
  print: FigurePrinter,
): Promise<string> {
  const heading = `<h3>${escapeXml(title)}</h3>`;
  const under = subtitle ? `<p class="subtitle">${escapeXml(subtitle)}</p>` : "";
  const numbers = keyFigures ? keyFigureList(keyFigures) : "";
  return `<div class="side">${heading}${under}${numbers}${await printAll(figures ?? [], print)}</div>`;
}

/** Sides beside each other on a wide page, below each other on a narrow one. */
export async function comparisonSection(section: ComparisonSection, print: FigurePrinter): Promise<string> {
  const sides: string[] = [];
  for (const one of section.sides) sides.push(await side(one, print));
  return `<div class="comparison">${sides.join("\n")}</div>`;
}
