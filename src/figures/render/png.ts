import { Resvg } from "@resvg/resvg-js";
import { fontFiles } from "./fonts.js";

/** Rasterises an SVG document with our own font; `pixelsPerUnit` 2 is sharp on screens, 4 in print. */
export function svgToPng(svg: string, pixelsPerUnit: number): Uint8Array {
  const files = fontFiles();
  const drawing = new Resvg(svg, {
    fitTo: { mode: "zoom", value: pixelsPerUnit },
    font: { loadSystemFonts: false, fontFiles: [files.regular, files.bold], defaultFontFamily: "Arimo" },
  });
  return drawing.render().asPng();
}
