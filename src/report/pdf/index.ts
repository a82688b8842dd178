/** A report on paper: A4 pages with vector drawings and the fonts inside. */
import type { FigureSpec } from "../../figures/index.js";
import type { KeyFigure, Report, Section } from "../report.js";
import { type PlacedFigure, placeFigures } from "./drawings.js";
import { LOOKS, openSheet, type Sheet } from "./sheet.js";
import { placeTable } from "./table.js";

/** Less of a page than this is not begun with a figure of several panels. */
const PANELS_SHARE = 0.75;
const KEY_WIDTH = 150;

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

/** Prints figures with the numbers of the page. */
type NumberFigures = (figures: readonly FigureSpec[]) => PlacedFigure[];

type Printer<Kind extends Section["kind"]> = (
  sheet: Sheet,
  section: Extract<Section, { kind: Kind }>,
  numbered: NumberFigures,
) => Promise<void>;

/** How each kind of section is printed. A new kind is a line below. */
const PRINTERS: { readonly [Kind in Section["kind"]]: Printer<Kind> } = {
  prose: async () => {},
  "key-figures": async (sheet, { keyFigures }) => placeKeyFigures(sheet, keyFigures),
  table: async (sheet, section) => placeTable(sheet, section),
  figures: (sheet, { figures }, numbered) => placeFigures(sheet, numbered(figures)),
  comparison: async (sheet, { sides }, numbered) => {
    for (const { title, subtitle, keyFigures = [], warnings = [], links = [], figures = [] } of sides) {
      sheet.need(80);
      sheet.write(title, LOOKS.subheading);
      if (subtitle) sheet.write(subtitle, LOOKS.small);
      placeKeyFigures(sheet, keyFigures);
      for (const text of warnings) sheet.write(`Warning: ${text}`, LOOKS.small);
      for (const { text, address } of links) {
        sheet.write(address === undefined ? text : `${text}: ${address}`, LOOKS.small);
      }
      await placeFigures(sheet, numbered(figures));
    }
  },
  panels: async (sheet, { number, title, caption, panels }) => {
    const placed = panels.map((panel) => ({
      figure: panel.figure,
      label: `${panel.letter}   ${panel.title}`,
    }));
    await placeFigures(sheet, placed);
    sheet.write(`Figure ${number}. ${title}. ${caption}`, LOOKS.caption, sheet.width);
  },
};

/** A section with its heading, paragraphs and content; figures of several panels begin high on a page. */
async function placeSection(sheet: Sheet, section: Section, numbered: NumberFigures): Promise<void> {
  if (section.kind === "panels") sheet.need(PANELS_SHARE * sheet.height);
  if (section.heading) {
    sheet.need(90);
    sheet.write(section.heading, LOOKS.heading);
  }
  for (const text of section.text ?? []) sheet.write(text, LOOKS.paragraph);
  // The table of printers pairs each kind with its own section, which a lookup by a union cannot express.
  const print = PRINTERS[section.kind] as Printer<Section["kind"]>;
  await print(sheet, section as never, numbered);
  sheet.skip(8);
}

function placeKeyFigures(sheet: Sheet, keyFigures: readonly KeyFigure[]): void {
  const perRow = Math.max(1, Math.floor(sheet.width / KEY_WIDTH));
  const value = { size: 15, below: 0 };
  const width = KEY_WIDTH - 14;
  for (let first = 0; first < keyFigures.length; first += perRow) {
    const row = keyFigures.slice(first, first + perRow);
    const noteHeight = (note: string | undefined) => (note ? sheet.textHeight(note, LOOKS.small, width) : 0);
    const labelHeight = Math.max(...row.map(({ label }) => sheet.textHeight(label, LOOKS.small, width)));
    const height = labelHeight + 22 + Math.max(...row.map(({ note }) => noteHeight(note)));
    sheet.need(height);
    for (const [k, { label, value: text, unit, note }] of row.entries()) {
      const x = k * KEY_WIDTH;
      sheet.put(label, LOOKS.small, { x, y: 0, width });
      sheet.put(unit ? `${text} ${unit}` : text, unit ? { ...value, size: 11 } : value, {
        x,
        y: labelHeight,
        width,
      });
      if (note) sheet.put(note, LOOKS.small, { x, y: labelHeight + 22, width });
    }
    sheet.skip(height + 10);
  }
}
