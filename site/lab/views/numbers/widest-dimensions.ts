import { columnVariances } from "../../../../src/geometry/dimensions-in-use.js";
import type { CodeFrame } from "../../core/contract.js";

/** The two dimensions whose mean codes vary most, in ascending order; the same one twice for a code of one dimension. */
export function widestDimensions({
  means,
  dimensions,
}: Pick<CodeFrame, "means" | "dimensions">): readonly [number, number] {
  const variances = columnVariances({
    count: means.length / dimensions,
    dimension: dimensions,
    coordinates: means,
  });
  const [first = 0, second = first] = [...variances.keys()].sort((a, b) => variances[b] - variances[a]);
  return first < second ? [first, second] : [second, first];
}
