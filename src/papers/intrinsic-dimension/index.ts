/** "Understanding Variational Autoencoders with Intrinsic Dimension and Information Imbalance": its published numbers, figures and statements. */
export { judgeClaims } from "./claims.js";
export { DATA_NAMES, DATA_TITLES, type DataName } from "./data-sets.js";
export { dimensionFigures } from "./figures/index.js";
export { LAYERS, type LayerName } from "./layers.js";
export type { Place } from "./place.js";
export {
  PUBLISHED_BOTTLENECKS,
  PUBLISHED_EPOCHS,
  PUBLISHED_POINTS,
  publishedDimension,
  publishedFrechet,
  publishedImbalance,
  publishedRate,
  publishedSteps,
} from "./published.js";
export type * from "./results.js";
