import fc from "fast-check";
import { type Points, toPoints } from "../../src/geometry/index.js";

const coordinate = fc.double({ min: -10, max: 10, noNaN: true }).map((x) => Math.round(x * 1e6) / 1e6);

/** Points of a given or any small shape. */
export function anyPoints(shape: { count?: number; dimension?: number } = {}): fc.Arbitrary<Points> {
  return fc
    .tuple(
      shape.count ? fc.constant(shape.count) : fc.integer({ min: 2, max: 12 }),
      shape.dimension ? fc.constant(shape.dimension) : fc.integer({ min: 1, max: 4 }),
    )
    .chain(([count, dimension]) =>
      fc
        .array(coordinate, { minLength: count * dimension, maxLength: count * dimension })
        .map((values) => pointsOf(values, dimension)),
    );
}

export function pointsOf(values: readonly number[], dimension: number, name = "points"): Points {
  return toPoints({ shape: [values.length / dimension, dimension], data: Float64Array.from(values) }, name);
}

/** The same points through a map of each one's coordinates. */
export function moved(points: Points, map: (row: Float64Array) => ArrayLike<number>): Points {
  const rows = Array.from({ length: points.count }, (_, i) =>
    Array.from(map(points.coordinates.subarray(i * points.dimension, (i + 1) * points.dimension))),
  );
  return pointsOf(rows.flat(), rows[0].length);
}

/** The same points in another order. */
export function reordered(points: Points, order: readonly number[]): Points {
  const { coordinates, dimension } = points;
  return pointsOf(
    order.flatMap((i) => Array.from(coordinates.subarray(i * dimension, (i + 1) * dimension))),
    dimension,
  );
}
