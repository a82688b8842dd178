/** Every figure that the tests draw and the gallery shows. A new example is one line here. */
import type { FigureSpec } from "../../../src/figures/index.js";
import * as distortionMatrix from "./distortion-matrix.js";
import * as latentMap from "./latent-map.js";
import * as rateDistortionSummary from "./rate-distortion-summary.js";
import * as reconstructions from "./reconstructions.js";
import * as trainingCurves from "./training-curves.js";
import * as tuningCurves from "./tuning-curves.js";

const modules: Record<string, Record<string, FigureSpec>> = {
  "distortion-matrix": distortionMatrix,
  "latent-map": latentMap,
  "rate-distortion-summary": rateDistortionSummary,
  reconstructions,
  "training-curves": trainingCurves,
  "tuning-curves": tuningCurves,
};

/** Name of the example (`<figure>-<example>`) and its figure. */
export const EXAMPLES: readonly (readonly [string, FigureSpec])[] = Object.entries(modules).flatMap(
  ([name, module]) =>
    Object.entries(module).map(([example, figure]) => [`${name}-${example}`, figure] as const),
);
