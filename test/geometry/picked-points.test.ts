import { expect, test } from "vitest";
import { pickedPoints } from "../../src/geometry/index.js";

test.each([Float32Array, Float64Array])(
  "rows are picked in the order asked, in their own precision",
  (Kind) => {
    const rows = { name: "layer.npy", count: 3, dimension: 2, coordinates: Kind.of(0, 1, 2, 3, 4, 5) };
    expect(pickedPoints(rows, Int32Array.of(2, 0))).toEqual({
      name: "layer.npy",
      count: 2,
      dimension: 2,
      coordinates: Kind.of(4, 5, 0, 1),
    });
  },
);
