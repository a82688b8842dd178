/**
 * Nearest neighbours and ranks of many points of many dimensions, on the runtime that trains: what `geometry/neighbours/` computes in plain loops
 * for some thousand points, to the last digit. Definition: rules N14 and N15 of docs/definitions/intrinsic-dimension.md.
 */
export { informationImbalance } from "./information-imbalance.js";
export {
  DIMENSION_METHODS,
  type DimensionMethod,
  type DimensionOptions,
  type DimensionSettings,
  type IntrinsicDimension,
  intrinsicDimension,
  type ScaleEstimate,
} from "./intrinsic-dimension.js";
export type { BlockSizes } from "./layout.js";
export { nearestNeighbours } from "./nearest-neighbours.js";
export { neighbourRanks } from "./neighbour-ranks.js";
export type { DistanceOptions, PhaseOptions } from "./pairs.js";
export {
  type Preparation,
  type PreparedRows,
  pickPrepared,
  preparationOf,
  preparedAgain,
  prepareRows,
} from "./prepared.js";
export { toRows } from "./rows.js";
