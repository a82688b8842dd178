import type { Points } from "../../src/geometry/points.js";
import { PhiloxStream } from "../../src/random/stream.js";

/** Points with coordinates from a formula. */
export function pointsOf(
  count: number,
  dimension: number,
  coordinate: (row: number, column: number) => number,
): Points {
  const coordinates = Float64Array.from({ length: count * dimension }, (_, at) =>
    coordinate(Math.floor(at / dimension), at % dimension),
  );
  return { name: "points", count, dimension, coordinates };
}

/** Standard normal points; every seed gives others. */
export function normalPoints(count: number, dimension: number, seed = 0): Points {
  const values = new PhiloxStream(seed, "distances test").fillNormal(new Float32Array(count * dimension));
  return pointsOf(count, dimension, (row, column) => values[row * dimension + column]);
}

/** The same points, each coordinate altered. */
export function altered(
  { count, dimension, coordinates }: Points,
  alter: (value: number, row: number, column: number) => number,
): Points {
  return pointsOf(count, dimension, (row, column) =>
    alter(coordinates[row * dimension + column], row, column),
  );
}
