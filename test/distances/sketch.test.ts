import { describe, expect, test } from "vitest";
import {
  nearestNeighbours,
  neighbourRanks,
  type PreparedRows,
  pickPrepared,
  preparationOf,
  preparedAgain,
  prepareRows,
} from "../../src/distances/index.js";
import { distance } from "../../src/geometry/distance.js";
import { pickedPoints } from "../../src/geometry/neighbours/duplicates.js";
import * as plain from "../../src/geometry/neighbours/index.js";
import type { Points } from "../../src/geometry/points.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { altered, normalPoints, pointsOf, sheet } from "./rows.js";

const device = await nodeDevice("cpu", 1);
const options = { device, blockSizes: { rows: 32, width: 40, landmarks: 12 } };

const sketched: Record<string, Points> = {
  "a bent sheet": sheet(150, 90, 3, 0),
  "a bent sheet with noise": sheet(150, 90, 2, 0.2),
  "a plane: landmarks that depend on each other": altered(sheet(100, 60, 2, 0), (_, row, column) =>
    Math.fround(Math.sin(row) * column + Math.cos(3 * row) * (column % 7)),
  ),
  "far from the origin": altered(sheet(100, 60, 3, 0.05), (value) => 1e4 + value),
  "rows that repeat": altered(sheet(120, 60, 3, 0), (value, row, column) => (row % 4 === 0 ? column : value)),
  "a lattice in many columns: nothing but ties": pointsOf(
    128,
    50,
    (row, column) => (row >> (column % 4)) & 1,
  ),
  "one row far away": altered(sheet(100, 60, 3, 0.05), (value, row) => (row === 7 ? 1e6 * value : value)),
  "tiny numbers": altered(sheet(100, 60, 3, 0.05), (value) => value * 1e-60),
};

function expectBounds(points: Points, { centred, sketch }: PreparedRows) {
  const { rows, leeway } = sketch!;
  let [breaches, pairs] = [0, 0];
  for (let i = 0; i < points.count; i++) {
    for (let j = 0; j < i; j++) {
      const seen = distance(rows, i, j) ** 2;
      const truth = (distance(points, i, j) * centred.scale) ** 2;
      pairs += 1;
      if (truth < seen - leeway!.below[i] - leeway!.below[j]) breaches += 1;
      if (truth > seen + leeway!.above[i] + leeway!.above[j]) breaches += 1;
    }
  }
  expect(pairs).toBeGreaterThan(1000);
  expect(breaches).toBe(0);
}

describe.each(Object.entries(sketched))("%s (N15)", (_, points) => {
  const { count } = points;

  test("the truth lies within the bounds", async () => {
    const rows = await prepareRows(points, options);
    expect(rows.sketch!.rows.dimension).toBeLessThanOrEqual(12);
    expectBounds(points, rows);
  });

  test("so they do for rows in float32, which are centred on the device", async () => {
    const single = { ...points, coordinates: Float32Array.from(points.coordinates) };
    const given = { ...points, coordinates: Float64Array.from(single.coordinates) };
    const rows = await prepareRows(single, options);
    if (rows.sketch) expectBounds(given, rows);
    expect(await nearestNeighbours(rows, 3, options)).toEqual(plain.nearestNeighbours(given, 3));
  });

  test("neighbours and ranks are those of plain loops, of all rows and of some", async () => {
    const rows = await prepareRows(points, options);
    expect(await nearestNeighbours(rows, 3, options)).toEqual(plain.nearestNeighbours(points, 3));
    const queries = Int32Array.of(count - 1, 0, 5);
    expect(await nearestNeighbours(rows, 3, { ...options, queries })).toEqual(
      plain.nearestNeighbours(points, 3, { queries }),
    );
    const all = plain.queryRows(points);
    for (const other of [points, normalPoints(count, 2, 9)]) {
      const targets = plain.nearestNeighbours(other, 2).indices;
      expect(await neighbourRanks(rows, all, targets, 2, options)).toEqual(
        plain.neighbourRanks(points, all, targets, 2),
      );
    }
  });

  test("rows picked from prepared ones have their own neighbours and ranks, and nothing is projected anew", async () => {
    const rows = await prepareRows(points, options);
    const places = Int32Array.from({ length: count >> 1 }, (_, place) => 2 * place + (place % 2));
    const some = pickedPoints(points, places);
    const picked = pickPrepared(rows, places);
    expect(picked.sketch!.rows.count).toBe(places.length);
    expect(await nearestNeighbours(picked, 2, options)).toEqual(plain.nearestNeighbours(some, 2));
    const all = plain.queryRows(some);
    const targets = plain.nearestNeighbours(normalPoints(some.count, 2, 9), 2).indices;
    expect(await neighbourRanks(picked, all, targets, 2, options)).toEqual(
      plain.neighbourRanks(some, all, targets, 2),
    );
  });

  test("what was prepared answers for the same rows when they come back", async () => {
    const rows = await prepareRows(points, options);
    const back = preparedAgain(preparationOf(rows), {
      ...points,
      coordinates: points.coordinates.slice(),
    });
    expect(await nearestNeighbours(back, 3, options)).toEqual(plain.nearestNeighbours(points, 3));
  });
});

test("rows without structure, few rows, few columns and one place have no sketch (N15)", async () => {
  const sketchOf = async (points: Points) => (await prepareRows(points, options)).sketch;
  expect(await sketchOf(normalPoints(200, 100))).toBeUndefined();
  expect(await sketchOf(sheet(40, 90, 3, 0))).toBeUndefined();
  expect(await sketchOf(sheet(150, 40, 3, 0))).toBeUndefined();
  expect(await sketchOf(pointsOf(100, 60, (_, column) => column))).toBeUndefined();
});
