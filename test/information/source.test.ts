import { describe, expect, test } from "vitest";
import { toDiscreteSource, toPointSource, toProbabilities } from "../../src/information/index.js";

const array = (shape: number[], ...values: number[]) => ({ shape, data: Float64Array.from(values) });

describe("probabilities", () => {
  test("of a row, a column or one axis; what float32 made of their sum is mended", () => {
    for (const shape of [[4], [4, 1], [1, 4]]) {
      const given = { shape, data: Float32Array.of(0.1, 0.2, 0.3, 0.4) };
      const taken = toProbabilities(given);
      expect(taken.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 15);
      expect(taken[0]).toBeCloseTo(0.1, 7);
    }
  });

  test.each([
    [
      "nothing that is probable",
      array([2], 0, 0),
      /the probabilities sum to 0, not to 1\. Give how probable/,
    ],
    ["a sum other than 1", array([2], 0.5, 0.6), /p\.npy: the probabilities sum to 1\.1, not to 1\. Divide/],
    [
      "a negative one",
      array([2], -0.5, 1.5),
      /p\.npy, entry 0 \(counted from 0\): -0\.5 is not a probability/,
    ],
    ["NaN", array([2], 1, Number.NaN), /entry 1 .*NaN is not a probability/],
    ["an infinite one", array([2], 1, Number.POSITIVE_INFINITY), /entry 1 .*Infinity is not a probability/],
    ["a table", array([2, 2], 0.25, 0.25, 0.25, 0.25), /one axis, but this array has shape \[2, 2\]/],
  ])("%s is refused", (_, given, message) => {
    expect(() => toProbabilities(given, "p.npy")).toThrow(message);
  });
});

test.each([
  ["rows for other symbols", array([3, 1], 0, 1, 2), /d\.npy: the shape is \[3, 1\], but the source has 2/],
  ["one axis", array([2], 0, 1), /d\.npy: the shape is \[2\]/],
  ["a negative one", array([2, 2], 0, 1, -1, 0), /d\.npy, row 1, column 0 .*: -1 is not a distortion/],
  ["NaN", array([2, 2], 0, Number.NaN, 1, 0), /row 0, column 1 .*NaN/],
  ["no reproduction", array([2, 0]), /d\.npy: the shape is \[2, 0\], .*with at least one reproduction/],
])("distortions: %s are refused", (_, given, message) => {
  const where = { source: "p.npy", distortion: "d.npy" };
  expect(() => toDiscreteSource(array([2], 0.5, 0.5), given, where)).toThrow(message);
});

describe("points", () => {
  test("are alike where no probabilities are given; on a line where they have one axis", () => {
    const { probabilities, points } = toPointSource(array([4], 1, 2, 1, 3), undefined);
    expect([...points]).toEqual([1, 2, 3]);
    expect([...probabilities]).toEqual([0.5, 0.25, 0.25]);
  });

  test.each([
    ["another number", array([3, 1], 1, 2, 3), /X\.npy: there are 3 points for 2 probabilities/],
    ["no coordinate", array([2, 0]), /X\.npy: the shape is \[2, 0\]/],
    ["three axes", array([2, 1, 1], 1, 2), /X\.npy: the shape is \[2, 1, 1\]/],
    ["NaN", array([2, 2], 1, 2, Number.NaN, 3), /X\.npy, row 1, column 0 .*NaN is not a finite number/],
  ])("%s is refused", (_, given, message) => {
    expect(() => toPointSource(given, array([2], 0.5, 0.5), { points: "X.npy" })).toThrow(message);
  });
});
