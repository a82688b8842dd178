/** Figures 1 to 7 of the paper, from our numbers. A new figure is a file and a line here. */

import type { PaperFigure } from "../../../reproduction/figures/paper-figure.js";
import { inPaperOrder } from "../../../reproduction/figures/paper-figure.js";
import { curveFigures } from "./curves.js";
import { marginalFigures } from "./marginals.js";
import { noiseFigure } from "./noise.js";
import { pointwiseFigures } from "./pointwise.js";
import type { FigureSource } from "./source.js";
import { tuningFigures } from "./tuning.js";

export type { FigureSource } from "./source.js";

const DRAWERS: readonly ((source: FigureSource) => Promise<PaperFigure[]>)[] = [
  async () => [noiseFigure()],
  curveFigures,
  tuningFigures,
  marginalFigures,
  pointwiseFigures,
];

/**
 * Every figure for which there are runs, in the order of the paper.
 * @param onDrawn told before each kind of figure.
 * @throws UserError when a run cannot be read, or its data have changed.
 */
export async function echoFigures(
  source: FigureSource,
  onDrawn: (done: number, of: number) => void = () => undefined,
): Promise<PaperFigure[]> {
  const figures: PaperFigure[] = [];
  for (const [k, draw] of DRAWERS.entries()) {
    onDrawn(k, DRAWERS.length);
    figures.push(...(await draw(source)));
  }
  return inPaperOrder(figures);
}
