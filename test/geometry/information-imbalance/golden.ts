import { type Points, toPoints } from "../../../src/geometry/index.js";
import golden from "./imbalance.golden.json" with { type: "json" };

export { golden };

export function pointsOfRows(rows: readonly (readonly number[])[], name = "points"): Points {
  return toPoints({ shape: [rows.length, rows[0].length], data: Float64Array.from(rows.flat()) }, name);
}

const { xyz, u } = golden.spaces;

/** The golden spaces by name; some are columns of others. */
export const spaces: Readonly<Record<string, Points>> = Object.fromEntries(
  Object.entries({
    ...golden.spaces,
    xy: xyz.map(([x, y]) => [x, y]),
    x: xyz.map(([x]) => [x]),
    y: xyz.map(([, y]) => [y]),
    u2: u.map(([value]) => [value * value]),
  }).map(([name, rows]) => [name, pointsOfRows(rows, name)]),
);

export function normalPoints(count: number, dimension: number, normal: () => number): Points {
  const data = Float64Array.from({ length: count * dimension }, normal);
  return toPoints({ shape: [count, dimension], data });
}
