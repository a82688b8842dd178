import { describe, expect, test } from "vitest";
import {
  imbalanceOverSubsets,
  informationImbalance,
  jackknifeImbalance,
} from "../../../src/geometry/index.js";
import { pickedPoints } from "../../../src/geometry/neighbours/duplicates.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { pointsOf } from "../arbitrary.js";
import { golden, normalPoints, spaces } from "./golden.js";

describe("subsets (J5)", () => {
  test("golden values: each subset has its neighbours among itself", () => {
    const expected = golden.subset_average_xyz_x;
    const partition = expected.partition.map((rows) => Int32Array.from(rows));
    const { aToB, bToA, points } = imbalanceOverSubsets(spaces.xyz, spaces.x, partition);
    expect(points).toBe(100);
    for (const [k, value] of expected.A_to_B.entries()) expect(aToB.values[k]).toBeCloseTo(value, 14);
    for (const [k, value] of expected.B_to_A.entries()) expect(bToA.values[k]).toBeCloseTo(value, 14);
    expect(aToB.mean).toBeCloseTo(expected.mean_se_A_to_B[0], 14);
    expect(aToB.standardError).toBeCloseTo(expected.mean_se_A_to_B[1], 14);
    expect(bToA.mean).toBeCloseTo(expected.mean_se_B_to_A[0], 14);
    expect(bToA.standardError).toBeCloseTo(expected.mean_se_B_to_A[1], 14);
  });

  const line = pointsOf([0, 1, 3, 7, 15, 31, 63], 1, "A.npy");
  test.each([
    ["one subset", [[0, 1, 2]], /at least two of equal size, not sizes 3/],
    [
      "unequal sizes",
      [
        [0, 1, 2, 3],
        [4, 5, 6],
      ],
      /not sizes 4, 3/,
    ],
    [
      "a row in two",
      [
        [0, 1, 2],
        [2, 3, 4],
      ],
      /row 2 occurs twice/,
    ],
    [
      "a row that is not there",
      [
        [0, 1, 2],
        [5, 6, 7],
      ],
      /row 7 of 7/,
    ],
    [
      "too few in each",
      [
        [0, 1],
        [2, 3],
      ],
      /holds 2 samples/,
    ],
  ])("refused: %s", (_, partition, message) => {
    expect(() =>
      imbalanceOverSubsets(
        line,
        line,
        partition.map((rows) => Int32Array.from(rows)),
      ),
    ).toThrow(message);
  });
});

describe("jackknife (J6)", () => {
  test("golden values, with the textbook's standard error", () => {
    const first = Int32Array.from({ length: 60 }, (_, i) => i);
    const result = jackknifeImbalance(pickedPoints(spaces.x, first), pickedPoints(spaces.y, first));
    const expected = golden.jackknife_first60_x_to_y;
    for (const [k, value] of expected.leave_one_out_first5.entries()) {
      expect(result.leaveOneOut[k]).toBeCloseTo(value, 14);
    }
    expect(result.mean).toBeCloseTo(expected.mean, 13);
    expect(result.standardError).toBeCloseTo(expected.jackknife_se_textbook, 13);
  });

  test.each([1, 2, 5, 10])("each value is the imbalance of the others, k = %i, duplicates and all", (k) => {
    const stream = new PhiloxStream(k, "jackknife test");
    // On a grid, so that distances tie and points coincide.
    const a = normalPoints(12, 2, () => Math.round(stream.normal()));
    const b = normalPoints(12, 1, () => Math.round(2 * stream.normal()));
    const { leaveOneOut } = jackknifeImbalance(a, b, { k });
    for (let out = 0; out < 12; out++) {
      const rows = Int32Array.from({ length: 12 }, (_, i) => i).filter((i) => i !== out);
      const { aToB } = informationImbalance(pickedPoints(a, rows), pickedPoints(b, rows), { k });
      expect(leaveOneOut[out]).toBeCloseTo(aToB.imbalance, 13);
    }
  });

  test("refused: as many neighbours as only all samples together have", () => {
    const line = pointsOf([0, 1, 3, 7], 1, "A.npy");
    expect(() => jackknifeImbalance(line, line, { k: 3 })).toThrow(/A\.npy: with one of 4 samples left out/);
  });
});
