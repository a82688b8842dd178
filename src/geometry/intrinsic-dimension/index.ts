/** How many dimensions points fill, from the distances of their nearest neighbours (rules N4 to N13). */
export type { LevinaBickelAggregation } from "./aggregations.js";
export {
  type Decimation,
  decimationPlan,
  halvings,
  overSubsets,
  randomSubsets,
  type SubsetPlan,
} from "./decimation.js";
export type { DimensionEstimate, EstimatorOptions, NeighbourDistances, ZeroPolicy } from "./estimate.js";
export { type Gride, type GrideScanOptions, gride, grideScan } from "./gride.js";
export {
  type LevinaBickel,
  type LevinaBickelOptions,
  levinaBickel,
} from "./levina-bickel.js";
export {
  type TwoNnBayes,
  type TwoNnBayesOptions,
  type TwoNnFit,
  type TwoNnFitOptions,
  twoNnBayes,
  twoNnFit,
  twoNnMaximumLikelihood,
} from "./two-nn.js";
