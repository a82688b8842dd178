import { cellText, type TableSection } from "../report.js";
import { LOOKS, type Sheet } from "./sheet.js";

const GAP = 14;
const ROW_GAP = 3;
const MAXIMUM_COLUMN = 300;
const MINIMUM_COLUMN = 24;
/** The mean width of a letter of the table's size is at most this, in points. */
const LETTER = 4.3;

const CELL = { size: 8, below: 0 } as const;
const HEAD = { size: 8, bold: true, below: 0 } as const;

/** A table with its head repeated on every page; columns share the width by their longest cell. */
export function placeTable(sheet: Sheet, { columns, rows, caption }: TableSection): void {
  if (caption) sheet.write(caption, LOOKS.small);
  const cells = rows.map((row) => row.map(cellText));
  const wanted = columns.map(({ title }, k) => {
    const longest = Math.max(title.length, ...cells.map((row) => row[k]?.length ?? 0));
    return Math.min(Math.max(longest * LETTER + 4, MINIMUM_COLUMN), MAXIMUM_COLUMN);
  });
  const room = sheet.width - GAP * (columns.length - 1);
  const shrink = Math.min(1, room / wanted.reduce((sum, width) => sum + width, 0));
  const widths = wanted.map((width) => width * shrink);
  const total = widths.reduce((sum, width) => sum + width + GAP, -GAP);
  const heightOf = (row: readonly string[], look: typeof CELL | typeof HEAD) =>
    Math.max(...row.map((text, k) => sheet.textHeight(text, look, widths[k])));
  const place = (row: readonly string[], look: typeof CELL | typeof HEAD) => {
    const height = heightOf(row, look);
    let x = 0;
    for (const [k, text] of row.entries()) {
      sheet.put(text, look, { x, y: 0, width: widths[k]!, end: columns[k]?.align === "end" });
      x += widths[k]! + GAP;
    }
    sheet.skip(height);
    sheet.rule(ROW_GAP / 2 - 1, total);
    sheet.skip(ROW_GAP);
  };
  const titles = columns.map(({ title }) => title);
  const headHeight = heightOf(titles, HEAD) + ROW_GAP;
  sheet.need(headHeight + 3 * (CELL.size + ROW_GAP));
  place(titles, HEAD);
  for (const row of cells) {
    if (sheet.need(heightOf(row, CELL) + ROW_GAP)) place(titles, HEAD);
    place(row, CELL);
  }
  sheet.skip(12);
}
