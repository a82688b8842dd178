/** Figures 1 to 7 of the paper, from our numbers, and one of ours. A new figure is a file and a line here. */
import { inPaperOrder, type PaperFigure } from "../../../reproduction/figures/paper-figure.js";
import { curveFigures } from "./curves.js";
import { lengthFigure } from "./length.js";
import { marginalFigure } from "./marginals.js";
import { noiseFigure } from "./noise.js";
import { pointwiseFigure } from "./pointwise.js";
import type { FigureSource } from "./source.js";
import { tuningFigure } from "./tuning.js";

const DRAWERS: readonly ((source: FigureSource) => Promise<readonly (PaperFigure | undefined)[]>)[] = [
  async () => [noiseFigure()],
  curveFigures,
  async (source) => [await tuningFigure(source)],
  async (source) => [await marginalFigure(source)],
  async (source) => [await pointwiseFigure(source)],
  async (source) => [lengthFigure(source)],
];

/**
 * Every figure for which there are runs, where figures are asked for.
 * @throws UserError when a run cannot be read, or its data have changed.
 */
export async function echoFigures(source: FigureSource): Promise<PaperFigure[]> {
  if (!source.choice.recipe.only.includes("figures")) return [];
  const figures: (PaperFigure | undefined)[] = [];
  for (const [k, draw] of DRAWERS.entries()) {
    source.progress("drawing the figures", k, DRAWERS.length);
    figures.push(...(await draw(source)));
  }
  return inPaperOrder(figures);
}
