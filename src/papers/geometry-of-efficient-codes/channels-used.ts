import { dimensionsInUse, type Points } from "../../geometry/index.js";

/** The number of channels of a code that are in use (rule G17). */
export function channelsUsed(code: Points): number {
  return dimensionsInUse(code).length;
}
