/** Pages that fill from above, with the words of a report in its sizes. All lengths are in points. */
import { drawSvg, openPdf, type Pdf, setFont } from "../../figures/render/pdf.js";

/** A4 across: two panels stand next to each other at a size that can be read. */
const PAGE = { width: 841.89, height: 595.28 };
const MARGIN = 42;
const FOOT = 20;
const INK = "#1c2530";
const SOFT = "#5a6673";
const LINE = "#c9cfd6";

/** How a piece of text looks. */
interface TextLook {
  readonly size: number;
  readonly bold?: boolean;
  readonly soft?: boolean;
  /** Room below. */
  readonly below: number;
}

export const LOOKS = {
  title: { size: 21, bold: true, below: 6 },
  subtitle: { size: 11.5, soft: true, below: 12 },
  heading: { size: 14, bold: true, below: 7 },
  subheading: { size: 11, bold: true, below: 4 },
  paragraph: { size: 9.5, below: 7 },
  caption: { size: 8.5, soft: true, below: 12 },
  label: { size: 8, bold: true, below: 3 },
  small: { size: 8, soft: true, below: 4 },
} as const satisfies Record<string, TextLook>;

/** Widest line that reads well. */
const TEXT_WIDTH = 520;
const LINE_GAP = 2;

export interface Sheet {
  /** Width that content may take. */
  readonly width: number;
  /** Height of an empty page. */
  readonly height: number;
  /** Begins a new page unless this one is empty. */
  newPage(): void;
  /** Begins a new page unless this height is left on this one; true where it did. */
  need(height: number): boolean;
  /** Moves down by this height. */
  skip(height: number): void;
  /** Height that a text will take. */
  textHeight(text: string, look: TextLook, width?: number): number;
  /** Writes a text across the page and moves on below it; it continues on the next page where it must. */
  write(text: string, look: TextLook, width?: number): void;
  /** Writes a text at x (from the left margin) and y (from here), and stays. */
  put(text: string, look: TextLook, place: { x: number; y: number; width: number; end?: boolean }): void;
  /** Draws an SVG of this width, at x (from the left margin) and y (from here), and stays. */
  draw(svg: string, place: { x: number; y: number; width: number }): void;
  /** A thin line of this width, this far below here. */
  rule(y: number, width: number): void;
  /** Numbers the pages and closes the document. */
  end(): Promise<Uint8Array>;
}

/** An empty document. */
export function openSheet(title: string): Sheet {
  const { document, end } = openPdf(title, {
    size: [PAGE.width, PAGE.height],
    bufferPages: true,
    autoFirstPage: true,
  });
  const bottom = PAGE.height - MARGIN - FOOT;
  const width = PAGE.width - 2 * MARGIN;
  let y = MARGIN;
  const set = ({ size, bold, soft }: TextLook) =>
    setFont(document, bold ?? false)
      .fontSize(size)
      .fillColor(soft ? SOFT : INK);
  const sheet: Sheet = {
    width,
    height: bottom - MARGIN,
    newPage() {
      if (y === MARGIN) return;
      document.addPage();
      y = MARGIN;
    },
    need(height) {
      const full = y + height > bottom && y > MARGIN;
      if (full) sheet.newPage();
      return full;
    },
    skip(height) {
      y += height;
    },
    textHeight(text, look, textWidth = TEXT_WIDTH) {
      return set(look).heightOfString(text, { width: textWidth, lineGap: LINE_GAP });
    },
    write(text, look, textWidth = TEXT_WIDTH) {
      const height = sheet.textHeight(text, look, textWidth);
      sheet.need(height);
      set(look).text(text, MARGIN, y, { width: textWidth, lineGap: LINE_GAP });
      y += height + look.below;
    },
    put(text, look, place) {
      set(look).text(text, MARGIN + place.x, y + place.y, {
        width: place.width,
        lineGap: LINE_GAP,
        align: place.end ? "right" : "left",
      });
    },
    draw(svg, place) {
      drawSvg(document, svg, { x: MARGIN + place.x, y: y + place.y, width: place.width });
    },
    rule(at, length) {
      document
        .moveTo(MARGIN, y + at)
        .lineTo(MARGIN + length, y + at)
        .lineWidth(0.5)
        .strokeColor(LINE)
        .stroke();
    },
    end() {
      numberPages(document, set);
      return end();
    },
  };
  return sheet;
}

function numberPages(document: Pdf, set: (look: TextLook) => Pdf): void {
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    document.switchToPage(page);
    set(LOOKS.small).text(`${page - start + 1} / ${count}`, MARGIN, PAGE.height - MARGIN, {
      width: PAGE.width - 2 * MARGIN,
      align: "right",
      lineBreak: false,
    });
  }
}
