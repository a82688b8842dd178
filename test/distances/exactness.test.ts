import { describe, expect, test } from "vitest";
import { nearestNeighbours, neighbourRanks, prepareRows } from "../../src/distances/index.js";
import * as plain from "../../src/geometry/neighbours/index.js";
import type { Points } from "../../src/geometry/points.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { altered, normalPoints, pointsOf } from "./rows.js";

const device = await nodeDevice("cpu", 1);
/** So small that small sets have several blocks, the last not full, and several parts of columns. */
const blockSizes = { rows: 7, width: 5 };

const lattice = pointsOf(64, 3, (row, column) => (row >> (2 * column)) & 3);
const twins = altered(normalPoints(40, 4), (value, row, column) => (row % 3 === 0 ? column : value));
const clusters = altered(normalPoints(45, 6), (value, row) => value * 1e-4 + 1e3 * (row % 3));

/** Each must come out as in plain float64 loops, to the last digit. */
const sets: Record<string, Points> = {
  "normal, 30 x 8": normalPoints(30, 8),
  "normal, in whole blocks and parts, 28 x 13": normalPoints(28, 13),
  "one dimension": normalPoints(33, 1),
  "more dimensions than points": normalPoints(20, 300),
  "three points": normalPoints(3, 2),
  "two rows more than a block": normalPoints(9, 2),
  "a lattice: nothing but ties": lattice,
  "rows that repeat": twins,
  "an offset of 1e4 and a spread of 1": altered(normalPoints(40, 3), (value) => value + 1e4),
  "an offset of 1e9 and a spread of 1e-3": altered(normalPoints(40, 3), (value) => value * 1e-3 + 1e9),
  "columns that hardly vary beside one that does": altered(normalPoints(40, 9), (value, _, column) =>
    column === 0 ? value : 7 + value * 1e-9,
  ),
  "clusters so tight that float32 sees a point each": clusters,
  "one row a million times as far as the others": altered(normalPoints(40, 5), (value, row) =>
    row === 11 ? value * 1e6 : value,
  ),
  "distances that differ in the 15th digit": pointsOf(40, 2, (row, column) =>
    column === 0 ? Math.cos(row) : Math.sin(row),
  ),
  "tiny numbers": altered(normalPoints(30, 4), (value) => value * 1e-90),
  "huge numbers": altered(normalPoints(30, 4), (value) => value * 1e90),
};

function targetsOf(points: Points, k: number, seed: number): Int32Array {
  const other = normalPoints(points.count, 2, seed);
  return plain.nearestNeighbours(other, k).indices;
}

describe.each(Object.entries(sets))("%s (N14)", (_, points) => {
  const k = Math.min(4, points.count - 1);
  const rows = prepareRows(points, { device, blockSizes });

  test("nearest neighbours of all rows, and of some", async () => {
    expect(await nearestNeighbours(await rows, k, { device, blockSizes })).toEqual(
      plain.nearestNeighbours(points, k),
    );
    const queries = Int32Array.of(points.count - 1, 0, 1);
    expect(await nearestNeighbours(await rows, k, { device, blockSizes, queries })).toEqual(
      plain.nearestNeighbours(points, k, { queries }),
    );
  });

  test("ranks of one target and of several, for all rows and for some", async () => {
    const all = plain.queryRows(points);
    const one = targetsOf(points, 1, 1);
    expect(await neighbourRanks(await rows, all, one, 1, { device, blockSizes })).toEqual(
      plain.neighbourRanks(points, all, one, 1),
    );
    const own = plain.nearestNeighbours(points, k).indices;
    expect(await neighbourRanks(await rows, all, own, k, { device, blockSizes })).toEqual(
      plain.neighbourRanks(points, all, own, k),
    );
    const several = targetsOf(points, k, 2);
    const some = Int32Array.of(2, 0);
    const theirs = Int32Array.of(...several.slice(2 * k, 3 * k), ...several.slice(0, k));
    expect(await neighbourRanks(await rows, some, theirs, k, { device, blockSizes })).toEqual(
      plain.neighbourRanks(points, some, theirs, k),
    );
  });
});

test("blocks of the usual size, float32 rows, and a target that is given twice (N14)", async () => {
  const points = normalPoints(600, 5);
  const rows = await prepareRows(
    { ...points, coordinates: Float32Array.from(points.coordinates) },
    { device },
  );
  expect(await nearestNeighbours(rows, 3, { device })).toEqual(plain.nearestNeighbours(points, 3));
  const queries = Int32Array.of(17, 599);
  const targets = Int32Array.of(3, 3, 598, 0, 0, 1);
  expect(await neighbourRanks(rows, queries, targets, 3, { device })).toEqual(
    plain.neighbourRanks(points, queries, targets, 3),
  );
});
