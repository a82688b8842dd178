/** A report on paper: A4 pages with vector drawings and the fonts inside. */
import type { Report } from "../report.js";
import type { PlacedFigure } from "./drawings.js";
import { type NumberFigures, placeSection } from "./sections.js";
import { LOOKS, openSheet } from "./sheet.js";

/** Prints a report as a PDF document, folded tables opened. The same report gives the same bytes. */
export async function renderReportPdf(report: Report): Promise<Uint8Array> {
  const sheet = openSheet(report.title);
  sheet.write(report.title, LOOKS.title, sheet.width);
  if (report.subtitle) sheet.write(report.subtitle, LOOKS.subtitle, sheet.width);
  for (const { name, value } of report.facts ?? []) sheet.write(`${name}: ${value}`, LOOKS.small);
  sheet.skip(10);
  let count = 0;
  const numbered: NumberFigures = (figures) =>
    figures.map((figure): PlacedFigure => {
      count += 1;
      return { figure, caption: `Figure ${count}. ${figure.title}. ${figure.caption}` };
    });
  for (const section of report.sections) await placeSection(sheet, section, numbered);
  if (report.footer) sheet.write(report.footer, LOOKS.small, sheet.width);
  return sheet.end();
}
