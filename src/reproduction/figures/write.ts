import { join } from "node:path";
import { svgToPng } from "../../figures/render/png.js";
import { renderSvg } from "../../figures/render/svg.js";
import { writeFileAtomic } from "../../files/atomic.js";
import { panelFile } from "../../report/report.js";
import type { PaperFigure } from "./paper-figure.js";

/** Pixels of a PNG for each unit of a figure: sharp on screens and in a slide. */
const PIXELS_PER_UNIT = 2;

/**
 * Writes every panel as SVG and PNG, `figure-05-a.svg` and `figure-05-a.png`, each whole or not at all.
 * @returns the paths, in the order of the figures.
 * @throws UserError when a file cannot be written.
 */
export async function writePanels(figures: readonly PaperFigure[], folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const { number, panels } of figures) {
    for (const { letter, spec } of panels) {
      const stem = join(folder, panelFile(number, letter));
      const svg = await renderSvg(spec);
      writeFileAtomic(`${stem}.svg`, svg);
      writeFileAtomic(`${stem}.png`, svgToPng(svg, PIXELS_PER_UNIT));
      paths.push(`${stem}.svg`, `${stem}.png`);
    }
  }
  return paths;
}
