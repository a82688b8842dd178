import { expect, test } from "vitest";
import {
  firstNeighbours,
  labelOverlap,
  neighbourhoodOverlap,
  OVERLAP_NEIGHBOURS,
  toLabels,
} from "../../../src/geometry/index.js";
import { nearestNeighbours } from "../../../src/geometry/neighbours/index.js";
import { golden, spaces } from "./golden.js";

const { overlap } = golden;
const labels = toLabels({ shape: [overlap.labels.length], data: Int32Array.from(overlap.labels) });

test.each([
  ["xyz", "xy", 10, overlap["xyz|xy|k10"].ref],
  ["xyz", "xy", 30, overlap["xyz|xy|k30"].ref],
  ["xyz", "x", 10, overlap["xyz|x|k10"].ref],
  ["xyz", "x", 30, overlap["xyz|x|k30"].ref],
  ["g1", "g2", 10, overlap["g1|g2|k10"].ref],
  ["g1", "g2", 30, overlap["g1|g2|k30"].ref],
])("J7: golden overlap of %s and %s, k = %i", (a, b, k, expected) => {
  const result = neighbourhoodOverlap(nearestNeighbours(spaces[a], k), nearestNeighbours(spaces[b], k));
  expect(Math.abs(result.overlap - expected)).toBeLessThan(1e-15);
  expect(result.standardError).toBeGreaterThan(0);
});

test("J7: by chance k / (N - 1), within five standard errors; all with itself, without error", () => {
  const [g1, g2] = [nearestNeighbours(spaces.g1, 30), nearestNeighbours(spaces.g2, 30)];
  const chance = neighbourhoodOverlap(g1, g2);
  expect(Math.abs(chance.overlap - 30 / 499)).toBeLessThan(5 * chance.standardError);
  expect(neighbourhoodOverlap(g1, g1)).toEqual({ overlap: 1, standardError: 0 });
});

test("J8: golden overlap with labels, plain and by class", () => {
  const result = labelOverlap(nearestNeighbours(spaces.xyz, OVERLAP_NEIGHBOURS), labels);
  expect(result.overlap).toBeCloseTo(overlap.label_overlap_xyz_k30_unweighted, 14);
  expect(result.classWeighted).toBeCloseTo(overlap.label_overlap_xyz_k30_weighted, 14);
  expect(result.ofClass).toHaveLength(labels.classes.length);
});

test("J8: a class that no query is of does not count", () => {
  const queries = Int32Array.from(labels.classOf.keys()).filter((row) => labels.classOf[row] < 2);
  const result = labelOverlap(nearestNeighbours(spaces.xyz, 5, { queries }), labels);
  expect(result.ofClass[2]).toBeNaN();
  expect(result.classWeighted).toBeCloseTo((result.ofClass[0] + result.ofClass[1]) / 2, 14);
});

test("refused: neighbours that are not of the same rows, and labels of other samples", () => {
  const ten = nearestNeighbours(spaces.x, 10);
  expect(() => neighbourhoodOverlap(ten, nearestNeighbours(spaces.y, 9))).toThrow(
    /10 neighbours of 500 rows.*9 of 500/,
  );
  expect(neighbourhoodOverlap(firstNeighbours(ten, 9), nearestNeighbours(spaces.x, 9)).overlap).toBe(1);
  expect(() => labelOverlap(ten, toLabels({ shape: [3], data: Int32Array.of(1, 2, 2) }))).toThrow(
    /3 samples/,
  );
});
