import type { FigureSpec } from "../../figures/index.js";
import { svgSize } from "../../figures/render/pdf.js";
import { renderSvg } from "../../figures/render/svg.js";
import { LOOKS, type Sheet } from "./sheet.js";

/** A drawing with the words over and under it. */
export interface PlacedFigure {
  readonly figure: FigureSpec;
  /** In bold over the drawing. */
  readonly label?: string;
  /** Under it. */
  readonly caption?: string;
}

/** Points for each unit of a figure, where there is room: two maps stand next to each other. */
const SCALE = 0.7;
/** Drawings shrink to this share of that rather than stand below each other. */
const MINIMUM_SHRINK = 0.85;
const GAP = { across: 20, down: 18 };
const MAXIMUM_CAPTION = 520;

interface Measured {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly caption: string;
}

/** Drawings from left to right and row by row, as large as they are meant to be or as the page allows. */
export async function placeFigures(sheet: Sheet, placed: readonly PlacedFigure[]): Promise<void> {
  let row: Measured[] = [];
  const widthOf = (items: readonly Measured[]) =>
    items.reduce((sum, item) => sum + item.width + GAP.across, -GAP.across);
  for (const one of placed) {
    const item = await measured(sheet, one);
    if (row.length > 0 && widthOf([...row, item]) * MINIMUM_SHRINK > sheet.width) {
      placeRow(sheet, row);
      row = [];
    }
    row.push(item);
  }
  if (row.length > 0) placeRow(sheet, row);
}

async function measured(sheet: Sheet, { figure, label = "", caption = "" }: PlacedFigure): Promise<Measured> {
  const svg = await renderSvg(figure, { transparent: true });
  const size = svgSize(svg);
  const words = sheet.textHeight(label, LOOKS.label) + (caption ? 60 : 0);
  const scale = Math.min(SCALE, sheet.width / size.width, (sheet.height - words) / size.height);
  return { svg, width: size.width * scale, height: size.height * scale, label, caption };
}

function placeRow(sheet: Sheet, wanted: readonly Measured[]): void {
  const gaps = GAP.across * (wanted.length - 1);
  const shrink = Math.min(1, (sheet.width - gaps) / wanted.reduce((sum, { width }) => sum + width, 0));
  const row = wanted.map((item) => ({ ...item, width: item.width * shrink, height: item.height * shrink }));
  const labelHeight = (item: Measured) =>
    item.label ? sheet.textHeight(item.label, LOOKS.label, item.width) + LOOKS.label.below : 0;
  const captionWidth = (item: Measured) => Math.min(Math.max(item.width, 260), MAXIMUM_CAPTION);
  const captionHeight = (item: Measured) =>
    item.caption ? sheet.textHeight(item.caption, LOOKS.caption, captionWidth(item)) + 4 : 0;
  const over = Math.max(...row.map(labelHeight));
  const height = Math.max(...row.map((item) => over + item.height + captionHeight(item)));
  sheet.need(height);
  let x = 0;
  for (const item of row) {
    if (item.label) sheet.put(item.label, LOOKS.label, { x, y: 0, width: item.width });
    sheet.draw(item.svg, { x, y: over, width: item.width });
    if (item.caption) {
      sheet.put(item.caption, LOOKS.caption, { x, y: over + item.height + 4, width: captionWidth(item) });
    }
    x += item.width + GAP.across;
  }
  sheet.skip(height + GAP.down);
}
