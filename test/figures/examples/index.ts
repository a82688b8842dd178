/** Every figure that the tests draw and the gallery shows. A new file of examples is one line here. */
import type { FigureSpec } from "../../../src/figures/index.js";
import { curves as capacityCurves, differences as capacityDifferences } from "./capacity-curves.js";
import { examples as codeMarginals } from "./code-marginals.js";
import { examples as distortionMatrix } from "./distortion-matrix.js";
import { examples as factorTuning } from "./factor-tuning.js";
import { examples as imageGrid } from "./image-grid.js";
import { overSizes, overTraining, planes, profiles, relatives } from "./intrinsic-dimension.js";
import { examples as latentMap } from "./latent-map.js";
import { examples as noiseClouds } from "./noise-clouds.js";
import { examples as overSteps } from "./over-steps.js";
import { examples as pointwiseRate } from "./pointwise-rate.js";
import { examples as rateDistortionBound } from "./rate-distortion-bound.js";
import { examples as rateDistortionCurves } from "./rate-distortion-curves.js";
import { examples as reconstructions } from "./reconstructions.js";
import { examples as trainingCurves } from "./training-curves.js";
import { examples as traversal } from "./traversal.js";
import { examples as tuningCurves } from "./tuning-curves.js";

const FILES: Record<string, Record<string, FigureSpec>> = {
  "capacity-curves": capacityCurves,
  "capacity-differences": capacityDifferences,
  "code-marginals": codeMarginals,
  "distortion-matrix": distortionMatrix,
  "factor-tuning": factorTuning,
  "image-grid": imageGrid,
  "information-plane": planes,
  "latent-map": latentMap,
  "layer-profiles": profiles,
  "noise-clouds": noiseClouds,
  "over-dimension": overSizes,
  "over-epochs": overTraining,
  "over-steps": overSteps,
  "pointwise-rate": pointwiseRate,
  "rate-distortion-bound": rateDistortionBound,
  "rate-distortion-curves": rateDistortionCurves,
  reconstructions,
  "relative-imbalance": relatives,
  "training-curves": trainingCurves,
  traversal,
  "tuning-curves": tuningCurves,
};

/** Name of the example (`<figure>-<example>`) and its figure. */
export const EXAMPLES: readonly (readonly [string, FigureSpec])[] = Object.entries(FILES).flatMap(
  ([name, examples]) =>
    Object.entries(examples).map(([example, figure]) => [`${name}-${example}`, figure] as const),
);
