import { Resvg } from "@resvg/resvg-js";
import { fontFiles } from "./fonts.js";

/** An SVG document as pixels. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each pixel, row by row. */
  readonly pixels: Uint8Array;
  asPng(): Uint8Array;
}

/** Rasterises an SVG document with our own font; `pixelsPerUnit` 2 is sharp on screens, 4 in print. */
export function rasterise(svg: string, pixelsPerUnit: number): Raster {
  const files = fontFiles();
  const drawing = new Resvg(svg, {
    fitTo: { mode: "zoom", value: pixelsPerUnit },
    font: { loadSystemFonts: false, fontFiles: [files.regular, files.bold], defaultFontFamily: "Arimo" },
  });
  return drawing.render();
}

/** An SVG document as a PNG file. */
export function svgToPng(svg: string, pixelsPerUnit: number): Uint8Array {
  return rasterise(svg, pixelsPerUnit).asPng();
}
