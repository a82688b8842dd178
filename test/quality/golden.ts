import { type Points, toPoints } from "../../src/geometry/index.js";
import type { PhiloxStream } from "../../src/random/stream.js";
import golden from "./quality.golden.json" with { type: "json" };

export { golden };

export function setOf(rows: readonly (readonly number[])[], name = "set"): Points {
  return toPoints({ shape: [rows.length, rows[0].length], data: Float64Array.from(rows.flat()) }, name);
}

export const x = setOf(golden.well_conditioned.x, "x.npy");
export const y = setOf(golden.well_conditioned.y, "y.npy");

export function normalSet(stream: PhiloxStream, count: number, dimension: number): Points {
  return toPoints({
    shape: [count, dimension],
    data: stream.fillNormal(new Float64Array(count * dimension)),
  });
}

/** Every sample through a map of its features. */
export function mapped(set: Points, map: (row: readonly number[]) => readonly number[]): Points {
  return setOf(
    Array.from({ length: set.count }, (_, i) =>
      map(Array.from(set.coordinates.subarray(i * set.dimension, (i + 1) * set.dimension))),
    ),
  );
}
