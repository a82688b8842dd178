/** Information imbalance: how well one space of some samples predicts another, by the ranks of neighbours. Rules J1 to J11: docs/definitions/information-imbalance.md. */
export { assertSpaces } from "./assertions.js";
export { type ImbalanceOptions, type ImbalancePair, informationImbalance } from "./between-points.js";
export { type DifferentiableImbalance, differentiableImbalance } from "./differentiable.js";
export { type FeatureWeightOptions, type FeatureWeights, fitFeatureWeights } from "./feature-weights.js";
export { firstNeighbours, tiesAtEdge } from "./first-neighbours.js";
export {
  type Imbalance,
  imbalanceOfRanks,
  type RankedNeighbours,
  relativeImbalance,
  symmetrisedImbalance,
} from "./information-imbalance.js";
export { type JackknifeImbalance, jackknifeImbalance } from "./jackknife.js";
export {
  type LabelOverlap,
  labelOverlap,
  type NeighbourhoodOverlap,
  neighbourhoodOverlap,
  OVERLAP_NEIGHBOURS,
} from "./neighbourhood-overlap.js";
export { type RankTable, rankTable } from "./rank-table.js";
export { imbalanceOverSubsets, type SubsetAverage, type SubsetImbalances } from "./subsets.js";
