/**
 * The geometry of a code, measured on plain arrays: nothing here knows a model, a run or a file. Arrays become
 * `Points` and `Labels` once, which checks them; every measure takes those. Definitions: docs/definitions/geometry.md.
 */
export { type CodeTable, columnVariances, dimensionsInUse, USED_VARIANCE } from "./dimensions-in-use.js";
export { distance, type PlainRows, pairwiseDistances } from "./distance.js";
export { type Distortion, distortionMatrix } from "./distortion.js";
export {
  type DistortionIndex,
  type DistortionIndices,
  distortionIndices,
  type IndicesOptions,
} from "./indices/distortion-indices.js";
export type { Interval } from "./indices/resampling.js";
export * from "./information-imbalance/index.js";
export * from "./intrinsic-dimension/index.js";
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
  type Searched,
} from "./neighbours/index.js";
export { type PrincipalComponents, principalComponents } from "./pca.js";
export { type Points, toPoints } from "./points.js";
export { type SmacofLimits, type SmacofResult, smacof } from "./smacof.js";
export { type TuningCurves, tuningCurves } from "./tuning.js";
