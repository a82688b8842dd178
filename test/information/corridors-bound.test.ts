import { describe, expect, test } from "vitest";
import { corridorsMeanImages } from "../../src/data/corridors-means.js";
import { corridorsJointCurve } from "../../src/information/corridors-bound.js";
import {
  type CorridorsCause,
  corridorsBoundAt,
  corridorsEntropyNats,
  corridorsPositionCurve,
  corridorsProbabilities,
  corridorsTaskCurve,
} from "../../src/information/index.js";
import { entropy } from "./sources.js";

/**
 * Rate and position distortion of the code that tells in which group a cell is, reconstructed as well as can be: from whole
 * mean images, pixel by pixel.
 */
function codeOfGroups(groupOf: (upper: number, lower: number) => number, cause: CorridorsCause = {}) {
  const {
    shape: [cells, size],
    data,
  } = corridorsMeanImages(cause);
  const p = corridorsProbabilities(cause);
  const groups = new Map<number, { mass: number; mean: Float64Array; square: number }>();
  for (let cell = 0; cell < cells; cell++) {
    const key = groupOf(Math.floor(cell / size), cell % size);
    const group = groups.get(key) ?? { mass: 0, mean: new Float64Array(cells), square: 0 };
    group.mass += p[cell];
    for (let k = 0; k < cells; k++) {
      const value = data[cell * cells + k];
      group.mean[k] += p[cell] * value;
      group.square += p[cell] * value ** 2;
    }
    groups.set(key, group);
  }
  const all = [...groups.values()].filter(({ mass }) => mass > 0);
  return {
    rateNats: entropy(...all.map(({ mass }) => mass)),
    distortion: all.reduce(
      (sum, { mass, mean, square }) =>
        sum + (square - mean.reduce((squares, value) => squares + value ** 2, 0) / mass) / cells,
      0,
    ),
  };
}

describe("B6: position distortion", () => {
  const curve = corridorsPositionCurve();

  test("from the spread of the mean images at rate 0 to 0 at ln 169 nats", () => {
    expect(curve.maxDistortion).toBeCloseTo(codeOfGroups(() => 0).distortion, 12);
    expect(curve.maxRateNats).toBeCloseTo(Math.log(169), 12);
    expect(corridorsEntropyNats()).toBeCloseTo(Math.log(169), 12);
    for (const rate of [5.13, 6, 10]) expect(curve.atRate(rate).distortion).toBe(0);
  });

  test("no code that tells groups of cells gets below, and none is as good", () => {
    const codes = [
      (upper: number) => Number(upper < 6),
      (upper: number, lower: number) => Number(upper <= lower),
      (upper: number, lower: number) => 100 * Math.floor(upper / 3) + Math.floor(lower / 3),
      (upper: number, lower: number) => 100 * Math.floor(upper / 2) + Math.floor(lower / 2),
      (upper: number) => upper,
    ];
    for (const groupOf of codes) {
      const code = codeOfGroups(groupOf);
      const bound = curve.atRate(code.rateNats);
      expect(bound.distortion).toBeLessThan(code.distortion);
      expect(bound.gapNats).toBeLessThanOrEqual(1e-5);
    }
  });

  test("the two halves one by one are as their pair of 49 cells", () => {
    const halves = corridorsPositionCurve({ size: 7 });
    const joint = corridorsJointCurve({ size: 7 }, 1e-4);
    for (const rate of [0.5, 3]) {
      const [bound, pair] = [halves.atRate(rate), joint.atRate(rate)];
      expect(Math.abs(bound.distortion - pair.distortion)).toBeLessThan(pair.gap + 1e-6);
      expect(pair.distortion).toBeGreaterThanOrEqual(bound.lowerDistortion);
    }
  });

  test.each(["lower:2000/260", "lower:1/0"])("under the bias %s too", (bias) => {
    const cause = { size: 5, bias };
    const halves = corridorsPositionCurve(cause);
    const joint = corridorsJointCurve(cause, 1e-5);
    expect(joint.maxRateNats).toBeCloseTo(corridorsEntropyNats(cause), 9);
    expect(halves.maxRateNats).toBeCloseTo(corridorsEntropyNats(cause), 9);
    for (const rate of [0.2, 1, 2]) {
      expect(halves.atRate(rate).distortion).toBeCloseTo(joint.atRate(rate).distortion, 5);
    }
  });

  test("positions that depend on each other are told with less", () => {
    const cause = { size: 5, bias: "aligned:20/1" };
    const aligned = corridorsPositionCurve(cause);
    expect(aligned.maxRateNats).toBeCloseTo(corridorsEntropyNats(cause), 9);
    // Columns by themselves are drawn as without a bias, so the mean and the spread are the same.
    const free = corridorsPositionCurve({ size: 5 });
    expect(aligned.maxDistortion).toBeCloseTo(free.maxDistortion, 12);
    for (const rate of [0.3, 1, 2]) {
      expect(aligned.atRate(rate).distortion).toBeLessThan(free.atRate(rate).lowerDistortion);
      const code = codeOfGroups((upper, lower) => 10 * upper + lower, cause);
      expect(code.distortion).toBeCloseTo(0, 12);
    }
    const columns = codeOfGroups((upper) => upper, cause);
    expect(aligned.atRate(columns.rateNats).distortion).toBeLessThan(columns.distortion);
  });

  test("one rate by itself, as a model is compared with it", () => {
    const bound = corridorsBoundAt(1);
    const { distortion, slope } = curve.atRate(1);
    expect(bound.positionDistortion).toBeCloseTo(distortion, 6);
    expect(bound.slope / slope).toBeCloseTo(1, 1);
    expect(bound.gap).toBeCloseTo(bound.positionDistortion - bound.lowerPositionDistortion, 12);
    expect(corridorsBoundAt(10)).toMatchObject({ positionDistortion: 0, lowerPositionDistortion: 0, gap: 0 });
  });

  test("what cannot be is refused in one line", () => {
    expect(() => corridorsBoundAt(-1)).toThrow(/rate -1: the rate is at least 0 nats/);
    expect(() => corridorsBoundAt(1, { bias: "upper:1/2" })).toThrow(/bias "upper:1\/2": not understood/);
    expect(() => corridorsBoundAt(1, { size: 33, bias: "aligned:2/1" })).toThrow(
      /corridors, size: .*1089 points/,
    );
  });
});

describe("B7: a task's error", () => {
  test("of a condition: R = H(p) - H(D), p the share of cells where it holds", () => {
    for (const [task, cells] of [
      ["E2M1", 91],
      ["E2M3", 13],
      ["xU == xL", 13],
      ["xU < 3", 39],
    ] as const) {
      const share = Math.min(cells / 169, 1 - cells / 169);
      const curve = corridorsTaskCurve(task);
      expect(curve.maxDistortion).toBeCloseTo(share, 12);
      expect(curve.maxRateNats).toBeCloseTo(entropy(share, 1 - share), 9);
      const wrong = share / 3;
      const rate = entropy(share, 1 - share) - entropy(wrong, 1 - wrong);
      expect(curve.atRate(rate).distortion).toBeCloseTo(wrong, 4);
    }
  });

  test("of 25 classes: all but the largest are wrong at rate 0", () => {
    const curve = corridorsTaskCurve("E2M4");
    expect(curve.maxDistortion).toBeCloseTo(1 - 9 / 169, 12);
    const bound = curve.atRate(1);
    expect(bound.gapNats).toBeLessThanOrEqual(1e-5);
    expect(bound.distortion).toBeLessThan(1 - 9 / 169);
    expect(curve.atRate(4).distortion).toBe(0);
  });

  test("cells that are never drawn make no class", () => {
    const curve = corridorsTaskCurve("xL", { bias: "lower:1/0" });
    expect(curve.maxRateNats).toBeCloseTo(Math.log(7), 9);
  });

  test("a rule that is none, or asks nothing, is refused in one line", () => {
    expect(() => corridorsTaskCurve("E2M9")).toThrow(/E2M9/);
    expect(() => corridorsTaskCurve("xU < 99")).toThrow(/one class is no task/);
  });
});
