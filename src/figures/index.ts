/** Every kind of figure by name. A new figure is a new file and one line here. */
import { capacityCurves } from "./capacity-curves.js";
import { capacityDifferences } from "./capacity-differences.js";
import { distortionMatrix } from "./distortion-matrix.js";
import { imageGrid } from "./image-grid.js";
import { latentMap } from "./latent-map.js";
import { rateDistortionSummary } from "./rate-distortion-summary.js";
import { reconstructions } from "./reconstructions.js";
import { trainingCurves } from "./training-curves.js";
import { traversal } from "./traversal.js";
import { tuningCurves } from "./tuning-curves.js";

export const FIGURES = {
  "capacity-curves": capacityCurves,
  "capacity-differences": capacityDifferences,
  "distortion-matrix": distortionMatrix,
  "image-grid": imageGrid,
  "latent-map": latentMap,
  "rate-distortion-summary": rateDistortionSummary,
  reconstructions,
  "training-curves": trainingCurves,
  traversal,
  "tuning-curves": tuningCurves,
} as const;

export type FigureName = keyof typeof FIGURES;

export type * from "./animation.js";
export type * from "./capacity-curves.js";
export type * from "./capacity-differences.js";
export type * from "./distortion-matrix.js";
export type { FigureSpec, FigureTable } from "./figure.js";
export type * from "./image-grid.js";
export type * from "./latent-map.js";
export type { PointColours } from "./parts/point-colours.js";
export type * from "./rate-distortion-summary.js";
export type * from "./reconstructions.js";
export { tableToCsv } from "./table.js";
export type * from "./training-curves.js";
export type * from "./traversal.js";
export { type TraversalAnimationOptions, traversalAnimation } from "./traversal-animation.js";
export type * from "./tuning-curves.js";
