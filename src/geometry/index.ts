/**
 * The geometry of a code, measured on plain arrays: nothing here knows a model, a run or a file. Arrays become
 * `Points` and `Labels` once, which checks them; every measure takes those. Definitions: docs/definitions/geometry.md.
 */
export { columnVariances, dimensionsInUse, USED_VARIANCE } from "./dimensions-in-use.js";
export { distance, pairwiseDistances } from "./distance.js";
export { type Distortion, distortionMatrix } from "./distortion.js";
export {
  type DistortionIndex,
  type DistortionIndices,
  distortionIndices,
  type IndicesOptions,
} from "./indices/distortion-indices.js";
export {
  type DifferentiableImbalance,
  differentiableImbalance,
  type FeatureWeightOptions,
  type FeatureWeights,
  firstNeighbours,
  fitFeatureWeights,
  type Imbalance,
  type ImbalanceOptions,
  type ImbalancePair,
  imbalanceOfRanks,
  imbalanceOverSubsets,
  informationImbalance,
  type JackknifeImbalance,
  jackknifeImbalance,
  type LabelOverlap,
  labelOverlap,
  type NeighbourhoodOverlap,
  neighbourhoodOverlap,
  OVERLAP_NEIGHBOURS,
  type RankedNeighbours,
  type RankTable,
  rankTable,
  relativeImbalance,
  type SubsetAverage,
  type SubsetImbalances,
  symmetrisedImbalance,
  tiesAtEdge,
} from "./information-imbalance/index.js";
export {
  type Decimation,
  type DimensionEstimate,
  decimationPlan,
  type EstimatorOptions,
  type Gride,
  type GrideScanOptions,
  gride,
  grideScan,
  halvings,
  type LevinaBickel,
  type LevinaBickelAggregation,
  type LevinaBickelOptions,
  levinaBickel,
  type NeighbourDistances,
  overSubsets,
  randomSubsets,
  type SubsetPlan,
  type TwoNnBayes,
  type TwoNnBayesOptions,
  type TwoNnFit,
  type TwoNnFitOptions,
  twoNnBayes,
  twoNnFit,
  twoNnMaximumLikelihood,
  type ZeroPolicy,
} from "./intrinsic-dimension/index.js";
export { type Labels, toLabels } from "./labels.js";
export { type MdsOptions, type MdsResult, metricMds } from "./mds.js";
export { pickedPoints } from "./neighbours/duplicates.js";
export {
  type DistinctRows,
  distinctRows,
  type Neighbours,
  type NeighboursWithin,
  nearestNeighbours,
  neighbourRanks,
  neighboursWithin,
  type Rows,
} from "./neighbours/index.js";
export { type PrincipalComponents, principalComponents } from "./pca.js";
export { type Points, toPoints } from "./points.js";
export { type SmacofLimits, type SmacofResult, smacof } from "./smacof.js";
export { type TuningCurves, tuningCurves } from "./tuning.js";
