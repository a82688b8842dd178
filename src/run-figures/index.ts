/** Figures of runs of any data: what needs a model and images, and no labels. */
export { drawLayers, LAYER_QUANTITIES, type LayerQuantity } from "./layers.js";
export { type MatchedPicturesChoice, matchedPictures } from "./matched-pictures.js";
export { drawRateDistortion, type TradeFigureChoice, tradeCurves } from "./rate-distortion.js";
export {
  drawReconstructionGrid,
  drawReconstructions,
  type ReconstructionChoice,
  type ReconstructionGridChoice,
  reconstructionsOf,
} from "./reconstructions.js";
export type { Runs } from "./runs.js";
export { drawSamples, type SampleChoice } from "./samples.js";
export { drawTrainingCurves } from "./training-curves.js";
export { animateTraversal, drawTraversal, type Sweep } from "./traversal.js";
