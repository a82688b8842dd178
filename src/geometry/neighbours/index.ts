/** Which rows lie nearest to which, exactly and deterministically (rules N1 to N3). */
export { type DistinctRows, distinctRows, isOnePlace, type Rows } from "./duplicates.js";
export { nearestNeighbours, neighbourRanks } from "./exact.js";
export { NearestRows } from "./nearest-rows.js";
export {
  assertNeighbourCount,
  assertTargets,
  type Neighbours,
  queryRows,
  type Searched,
} from "./neighbours.js";
export { type NeighboursWithin, neighboursWithin } from "./within.js";
