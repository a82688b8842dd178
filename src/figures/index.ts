/** Every kind of figure by name. A new figure is a new file and one line here. */
import { capacityCurves } from "./capacity-curves.js";
import { capacityDifferences } from "./capacity-differences.js";
import { codeMarginals } from "./code-marginals.js";
import { distortionMatrix } from "./distortion-matrix.js";
import { factorTuning } from "./factor-tuning.js";
import { imageGrid } from "./image-grid.js";
import { informationPlane } from "./information-plane.js";
import { latentMap } from "./latent-map.js";
import { layerProfiles } from "./layer-profiles.js";
import { noiseClouds } from "./noise-clouds.js";
import { overDimension } from "./over-dimension.js";
import { overEpochs } from "./over-epochs.js";
import { overSteps } from "./over-steps.js";
import { pointwiseRate } from "./pointwise-rate.js";
import { rateDistortionBound } from "./rate-distortion-bound.js";
import { rateDistortionCurves } from "./rate-distortion-curves.js";
import { reconstructions } from "./reconstructions.js";
import { relativeImbalance } from "./relative-imbalance.js";
import { trainingCurves } from "./training-curves.js";
import { traversal } from "./traversal.js";
import { tuningCurves } from "./tuning-curves.js";

/** Every kind of figure by its name: plain data and options -> a {@link FigureSpec}. */
export const FIGURES = {
  "capacity-curves": capacityCurves,
  "capacity-differences": capacityDifferences,
  "code-marginals": codeMarginals,
  "distortion-matrix": distortionMatrix,
  "factor-tuning": factorTuning,
  "image-grid": imageGrid,
  "information-plane": informationPlane,
  "latent-map": latentMap,
  "layer-profiles": layerProfiles,
  "noise-clouds": noiseClouds,
  "over-dimension": overDimension,
  "over-epochs": overEpochs,
  "over-steps": overSteps,
  "pointwise-rate": pointwiseRate,
  "rate-distortion-bound": rateDistortionBound,
  "rate-distortion-curves": rateDistortionCurves,
  reconstructions,
  "relative-imbalance": relativeImbalance,
  "training-curves": trainingCurves,
  traversal,
  "tuning-curves": tuningCurves,
} as const;

/** Name of a figure of {@link FIGURES}. */
export type FigureName = keyof typeof FIGURES;

export type * from "./capacity-curves.js";
export type * from "./capacity-differences.js";
export type * from "./code-marginals.js";
export type * from "./distortion-matrix.js";
export type * from "./factor-tuning.js";
export type { Animation, FigureOptions, FigureSpec } from "./figure.js";
export type * from "./image-grid.js";
export type * from "./information-plane.js";
export type * from "./latent-map.js";
export type * from "./layer-profiles.js";
export type * from "./noise-clouds.js";
export type * from "./over-dimension.js";
export type * from "./over-epochs.js";
export type * from "./over-steps.js";
export * from "./own-figure.js";
export type { Limits } from "./parts/colour-scale.js";
export type { CurveColours, CurveFigureOptions, QuantityFigureOptions } from "./parts/curve-marks.js";
export type { Curve, CurveOptions, CurvePoint, PublishedPoint, QuantityOptions } from "./parts/curves.js";
export type { IntervalKind } from "./parts/interval.js";
export type { LayerProfile, PublishedValue } from "./parts/layer-axis.js";
export type { AxisTitles } from "./parts/map-page.js";
export type { GreyConvention, ImageOptions } from "./parts/picture.js";
export type { PictureRow } from "./parts/picture-grid.js";
export type { Domain, Level, Size } from "./parts/plane.js";
export type { ClassPairs, PointColours } from "./parts/point-colours.js";
export type * from "./pointwise-rate.js";
export type * from "./rate-distortion-bound.js";
export type * from "./rate-distortion-curves.js";
export type * from "./reconstructions.js";
export type { RelativeImbalanceData, RelativeImbalanceOptions } from "./relative-imbalance.js";
export { type Cell as TableCell, type FigureTable, tableToCsv } from "./table.js";
export type * from "./training-curves.js";
export type * from "./traversal.js";
export { type TraversalAnimationOptions, traversalAnimation } from "./traversal-animation.js";
export type * from "./tuning-curves.js";
