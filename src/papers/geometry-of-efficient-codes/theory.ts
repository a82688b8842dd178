/**
 * What theory says of Corridors images (D14 and the generator's probabilities): where the curves of Figures 3 and 6 would
 * lie for a code or a classifier that is understood completely.
 */
import type { ModelName } from "./recipe.js";

/** Squared error per pixel of two codes that need no training. */
export interface ErrorReferences {
  /** The best reconstruction by a code that tells both positions and nothing else: what is left is pixel noise. */
  readonly positionsKnown: number;
  /** One reconstruction for all images, their mean: a code without information. */
  readonly noInformation: number;
}

const UNIFORM: ErrorReferences = { positionsKnown: 0.0546483, noInformation: 0.1552969 };
const LOWER_BIAS: ErrorReferences = { positionsKnown: 0.0548696, noInformation: 0.1466017 };

/**
 * The references on a model's own data. Aligned bias leaves both where uniform data have them: it favours cells, but no
 * position of either corridor.
 */
export function errorReferences(model: ModelName): ErrorReferences {
  return model === "E1M1" ? LOWER_BIAS : UNIFORM;
}

/** F1 over batches of 32 (rule C3) of classifiers that do not look at the image. */
export const F1_REFERENCES = {
  /** The best that E2M3 can reach: 12 of 13 images are negative, and a batch without a positive one counts 0. */
  perfectE2M3: 0.9228,
  /** "Aligned", whatever the image. */
  alwaysPositiveE2M3: 0.1394,
  /** "Not aligned", whatever the image: what a classifier that has learned nothing answers. */
  alwaysNegativeE2M3: 0,
  alwaysPositiveE2M1: 0.6956,
  alwaysPositiveE2M2: 0.8559,
} as const;
