/** Which rows lie nearest to which, exactly and deterministically (rules N1 to N3). */
export { nearestNeighbours, neighbourRanks } from "./exact.js";
export { NearestRows } from "./nearest-rows.js";
export {
  assertNeighbourCount,
  assertTargets,
  type Neighbours,
  queryRows,
  type Searched,
} from "./neighbours.js";
