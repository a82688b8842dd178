import { type ImageTable, valuesPerImage } from "./dataset.js";

/** From light (0) to dark (the maximum value), in ten letters. */
const SHADES = " .:-=+*#%@";
const GAP = 3;

/**
 * The first images drawn with letters, side by side; the mean of the channels, the maximum value darkest. Images
 * too wide for the line are thinned to every k-th row and column.
 * @param images how many to draw at most; fewer where the line is full.
 * @param lineWidth letters in a line.
 * @returns lines, two letters a pixel, as letters are twice as high as wide.
 */
export function previewImages(table: ImageTable, images: number, lineWidth: number): string[] {
  const [height, width, channels] = table.imageShape;
  const step = Math.max(1, Math.ceil((2 * width) / lineWidth));
  const letters = 2 * Math.ceil(width / step);
  const fitting = Math.max(1, Math.floor((lineWidth + GAP) / (letters + GAP)));
  const shown = Math.min(images, fitting, table.count);
  const maximum = table.scale === 1 ? 1 : 255;

  const lines: string[] = [];
  for (let row = 0; row < height; row += step) {
    const parts = Array.from({ length: shown }, (_, image) => {
      let part = "";
      for (let column = 0; column < width; column += step) {
        const start = image * valuesPerImage(table) + (row * width + column) * channels;
        const values: ArrayLike<number> = table.images.subarray(start, start + channels);
        const mean = Array.from(values).reduce((sum, v) => sum + v, 0) / channels;
        part += SHADES[Math.round((mean / maximum) * (SHADES.length - 1))].repeat(2);
      }
      return part;
    });
    lines.push(parts.join(" ".repeat(GAP)).trimEnd());
  }
  return lines;
}
