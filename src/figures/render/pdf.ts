import PDFDocument from "pdfkit";
import svgToPdf from "svg-to-pdfkit";
import { fontFiles } from "./fonts.js";

/** CSS pixels are 1/96 inch, PDF units 1/72. */
const POINTS_PER_PIXEL = 0.75;

/** A PDF document that is being written in our own font. */
export type Pdf = InstanceType<typeof PDFDocument>;

/** Chooses our font for the next text. By its path: pdfkit reads a font again whenever it is asked for by another name. */
export function setFont(document: Pdf, bold: boolean): Pdf {
  return document.font(fontOf(bold));
}

function fontOf(bold: boolean): string {
  const files = fontFiles();
  return bold ? files.bold : files.regular;
}

/** Opens a PDF document; `end` closes it and gives its bytes. The same calls give the same bytes. */
export function openPdf(title: string, options: PDFKit.PDFDocumentOptions) {
  // A fixed date: the same figure gives the same file.
  const info = { Title: title, CreationDate: new Date(0) };
  const document = new PDFDocument({ ...options, margin: 0, info, font: fontOf(false) });
  const chunks: Uint8Array[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    document.on("end", () => resolve(Buffer.concat(chunks)));
    document.on("error", reject);
  });
  const end = () => {
    document.end();
    return done;
  };
  return { document, end };
}

/** Width and height of an SVG document, in its own units. */
export function svgSize(svg: string): { width: number; height: number } {
  const [, width, height] = svg.match(/<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"/) ?? [];
  return { width: Number(width), height: Number(height) };
}

/** Draws an SVG document as vectors, its upper left corner at (x, y) and so wide, in points. */
export function drawSvg(
  document: Pdf,
  svg: string,
  { x, y, width }: { x: number; y: number; width: number },
): void {
  // The size that the document itself states wins over any that is asked for, so the page is scaled instead.
  document
    .save()
    .translate(x, y)
    .scale(width / (svgSize(svg).width * POINTS_PER_PIXEL));
  svgToPdf(document, svg, 0, 0, { fontCallback: (_family: string, bold: boolean) => fontOf(bold) });
  document.restore();
}

/** An SVG document as a one-page vector PDF of its own size, with the used letters of our font embedded. */
export function svgToPdfBytes(svg: string, title: string): Promise<Uint8Array> {
  const size = svgSize(svg);
  const [width, height] = [size.width * POINTS_PER_PIXEL, size.height * POINTS_PER_PIXEL];
  const { document, end } = openPdf(title, { size: [width, height] });
  drawSvg(document, svg, { x: 0, y: 0, width });
  return end();
}
