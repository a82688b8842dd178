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

/** Points of few dimensions on a bent sheet in many columns, with some noise about it. */
export function sheet(count: number, columns: number, dimension: number, noise: number, seed = 0): Points {
  const hidden = normalPoints(count, dimension, seed).coordinates;
  const weights = new PhiloxStream(seed, "sheet").fillNormal(new Float32Array(dimension * columns));
  const astray = normalPoints(count, columns, seed + 100).coordinates;
  return pointsOf(count, columns, (row, column) => {
    let sum = 0;
    for (let d = 0; d < dimension; d++) sum += hidden[row * dimension + d] * weights[d * columns + column];
    return Math.fround((sum > 0 ? sum : 0.2 * sum) + noise * astray[row * columns + column]);
  });
}
