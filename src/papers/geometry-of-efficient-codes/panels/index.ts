/** Figures 3 to 11 of the paper, in its layout, from our numbers. A new figure is a file and a line here. */
import { inPaperOrder } from "../../../reproduction/figures/paper-figure.js";
import { geometryFigures } from "./geometry-figures.js";
import type { OnDrawn, PaperData, PaperFigure } from "./paper-figure.js";
import { reconstructionFigures } from "./reconstruction-figure.js";
import { taskFigures } from "./task-figure.js";

export { reproductionSections } from "../../../reproduction/figures/sections.js";
export { writePanels } from "../../../reproduction/figures/write.js";
export { capacityMatrix, classMatrix, map, tuning } from "./measures.js";
export type { PaperData, PaperFigure } from "./paper-figure.js";

const DRAWERS: readonly ((data: PaperData, onDrawn: OnDrawn) => PaperFigure[])[] = [
  reconstructionFigures,
  geometryFigures,
  taskFigures,
];

/**
 * Every figure for which there are data, in the order of the paper; a caption says what could not be drawn. A map of
 * 1,500 stimuli takes about a second (metric MDS), and there are two for each model.
 * @throws UserError when the codes are not of the same stimuli, or are constant.
 */
export function paperFigures(data: PaperData, onDrawn: OnDrawn = () => undefined): PaperFigure[] {
  return inPaperOrder(DRAWERS.flatMap((draw) => draw(data, onDrawn)));
}
