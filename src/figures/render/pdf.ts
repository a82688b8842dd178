import PDFDocument from "pdfkit";
import svgToPdf from "svg-to-pdfkit";
import { fontFiles } from "./fonts.js";

/** CSS pixels are 1/96 inch, PDF units 1/72. */
const POINTS_PER_PIXEL = 0.75;

/** An SVG document as a one-page vector PDF of its own size, with the used letters of our font embedded. */
export function svgToPdfBytes(svg: string, title: string): Promise<Uint8Array> {
  const [, width, height] = svg.match(/<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"/) ?? [];
  const size: [number, number] = [Number(width) * POINTS_PER_PIXEL, Number(height) * POINTS_PER_PIXEL];
  const files = fontFiles();
  // A fixed date: the same figure gives the same file.
  const info = { Title: title, CreationDate: new Date(0) };
  const document = new PDFDocument({ size, margin: 0, info, font: files.regular });
  document.registerFont("regular", files.regular);
  document.registerFont("bold", files.bold);
  const chunks: Uint8Array[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    document.on("end", () => resolve(Buffer.concat(chunks)));
    document.on("error", reject);
  });
  svgToPdf(document, svg, 0, 0, {
    width: size[0],
    height: size[1],
    fontCallback: (_family: string, bold: boolean) => (bold ? "bold" : "regular"),
  });
  document.end();
  return done;
}
