/**
 * The one font that figures are measured, rasterised and printed with, so that text is the same on a machine with
 * a hundred fonts and on one with none.
 */
import { fileURLToPath } from "node:url";
import PDFDocument from "pdfkit";

/** TrueType files of Arimo (SIL Open Font License 1.1), by weight. */
interface FontFiles {
  readonly regular: string;
  readonly bold: string;
}

let files: FontFiles | undefined;

/** Where the font package keeps its files. */
export function fontFiles(): FontFiles {
  files ??= {
    regular: fileURLToPath(import.meta.resolve("@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf")),
    bold: fileURLToPath(import.meta.resolve("@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf")),
  };
  return files;
}

/** Is this CSS font weight drawn with the bold file? */
export function isBold(weight: unknown): boolean {
  return weight === "bold" || Number(weight) >= 600;
}

/** A function that tells how wide a text is, in pixels at `size` pixels per em. */
export function textMeasure(files: FontFiles): (text: string, size: number, bold: boolean) => number {
  const measureAt = 100;
  const open = (file: string) => new PDFDocument({ autoFirstPage: false, font: file }).fontSize(measureAt);
  const [regular, bold] = [open(files.regular), open(files.bold)];
  const known = new Map<string, number>();
  return (text, size, isBoldText) => {
    const key = `${isBoldText ? "b" : "r"}${text}`;
    let width = known.get(key);
    if (width === undefined) {
      width = (isBoldText ? bold : regular).widthOfString(text);
      known.set(key, width);
    }
    return (width * size) / measureAt;
  };
}
