import { describe, expect, it } from "vitest";
import { codeMap } from "../../../../src/analysis/code-map.js";
import { pairwiseDistances, tuningCurves } from "../../../../src/geometry/index.js";
import { positionLabels } from "../../../../src/papers/geometry-of-efficient-codes/classes.js";
import { codeOf } from "../../../../src/papers/geometry-of-efficient-codes/measures/atlas.js";
import {
  capacityMatrix,
  classMatrix,
} from "../../../../src/papers/geometry-of-efficient-codes/measures/matrices.js";
import { constructedAtlas } from "../figures/constructed.js";

const atlas = constructedAtlas(["Baseline", "E1M1", "E2M1"]);

describe("the numbers of the panels", () => {
  it("a class matrix is 0 for the Baseline's own code, and wants a Baseline of the same capacity and seed (G5)", () => {
    const [baseline] = atlas.codes;
    const twin = { ...baseline!, model: "E1M1" as const };
    const found = classMatrix({ ...atlas, codes: [baseline!, twin] }, "E1M1", 0.3, 0)!;
    expect(found.names).toEqual(["xL > 6", "xL ≤ 6"]);
    expect(Array.from(found.matrix.data)).toEqual([0, 0, 0, 0]);
    expect(classMatrix({ ...atlas, codes: [twin] }, "E1M1", 0.3, 0)).toBeUndefined();
    expect(classMatrix(atlas, "E1M1", 0.3, 1)).toBeUndefined();
    expect(classMatrix(atlas, "E1M1", 3, 0)).toBeUndefined();
  });

  it("a class matrix tells which pairs of classes were moved apart", () => {
    const { matrix } = classMatrix(atlas, "E2M1", 10, 0)!;
    const [within, between, again] = matrix.data;
    expect(between).toBe(again);
    expect(between).toBeGreaterThan(within!);
  });

  it("a capacity matrix is by position, xU first, and shrinks what the low capacity lost", () => {
    const [low, high] = [0.3, 10].map(
      (capacityNats) => codeOf(atlas, { model: "Baseline", capacityNats, seed: 0 })!,
    );
    const { matrix, names } = capacityMatrix(atlas, low!, high!);
    expect(matrix.shape).toEqual([169, 169]);
    expect(names[13 * 4 + 7]).toBe("4,7");
    const at = (row: string, column: string) =>
      matrix.data[names.indexOf(row) * 169 + names.indexOf(column)]!;
    // xU keeps its channel at both capacities, that of xL shrinks to a tenth.
    expect(at("0,6", "12,6")).toBeGreaterThan(0.3);
    expect(at("6,0", "6,12")).toBeLessThan(-0.3);
  });

  it("tuning curves are [channels, xU, xL] in [0, 1]", () => {
    const { shape, data } = tuningCurves(
      atlas.codes[1]!.points,
      positionLabels(atlas.stimuli.positions),
    ).curves;
    expect(shape).toEqual([5, 13, 13]);
    expect(data[0]).toBeCloseTo(0, 12);
    expect(data[12 * 13]).toBeCloseTo(1, 12);
  });

  it("a map keeps the distances of a code of two channels, and is the same again", () => {
    const code = codeOf(atlas, { model: "Baseline", capacityNats: 10, seed: 0 })!;
    const map = () => codeMap(code.points, code.seed).points;
    const found = map();
    expect(found.shape).toEqual([169, 2]);
    expect(map().data).toEqual(found.data);
    const own = pairwiseDistances({ name: "map", count: 169, dimension: 2, coordinates: found.data });
    const given = pairwiseDistances(code.points);
    const farthest = own.reduce((maximum, value, k) => Math.max(maximum, Math.abs(value - given[k]!)), 0);
    expect(farthest).toBeLessThan(0.1);
  });
});
