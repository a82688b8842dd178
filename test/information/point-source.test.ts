import { describe, expect, test } from "vitest";
import { blahutArimoto, type PointSource, rateDistortionOfPoints } from "../../src/information/index.js";
import { entropy, gaussianGrid, onGrid } from "./sources.js";

/** Numbers in [0, 1) that look arbitrary and are always the same. */
const arbitrary = (k: number) => {
  const x = Math.sin(12.9898 * (k + 1)) * 43758.5453;
  return x - Math.floor(x);
};

/** Places on a square grid of `perSide` in each of `dimension` directions, from 0 to 1. */
function gridOf(perSide: number, dimension: number): Float64Array {
  const places = perSide ** dimension;
  return Float64Array.from({ length: places * dimension }, (_, k) => {
    const [place, axis] = [Math.floor(k / dimension), k % dimension];
    return (Math.floor(place / perSide ** axis) % perSide) / (perSide - 1);
  });
}

const scattered = (count: number, dimension: number): PointSource => {
  const weights = Float64Array.from({ length: count }, (_, n) => 0.2 + arbitrary(1000 + n));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    probabilities: weights.map((weight) => weight / total),
    points: Float64Array.from({ length: count * dimension }, (_, k) => arbitrary(k)),
  };
};

describe("B3: two points at -1 and 1", () => {
  const source = { probabilities: Float64Array.of(0.5, 0.5), points: Float64Array.of(-1, 1) };

  test.each([0.55, 0.7, 1, 3])("at slope %d: reproductions at ±a, a = tanh(2 s a)", (slope) => {
    let a = 1;
    for (let k = 0; k < 2000; k++) a = Math.tanh(2 * slope * a);
    const point = rateDistortionOfPoints(source, slope, { toleranceNats: 1e-9 });
    expect(point.distortion).toBeCloseTo(1 - a * a, 4);
    expect(point.rateNats + slope * point.distortion).toBeCloseTo(
      Math.LN2 - entropy((1 + a) / 2, (1 - a) / 2) + slope * (1 - a * a),
      7,
    );
    expect(point.rateNats - point.lowerRateNats).toBeLessThan(1e-8);
  });

  test("up to slope 1 / (2 variance) nothing is told, from the mean", () => {
    const point = rateDistortionOfPoints(source, 0.4);
    expect(point.rateNats).toBeLessThan(1e-7);
    expect(point.distortion).toBeCloseTo(1, 4);
  });
});

describe("B3: free reproductions against a fine grid of them", () => {
  test.each([
    [1, 7, 2001],
    [2, 6, 45],
  ])("in %d dimensions: no higher, and by no more than the grid is coarse", (dimension, count, perSide) => {
    const source = scattered(count, dimension);
    const tied = onGrid(source, gridOf(perSide, dimension));
    for (const slope of [4, 15, 60]) {
      const free = rateDistortionOfPoints(source, slope);
      const fixed = blahutArimoto(tied, slope, { toleranceNats: 1e-7 });
      const value = free.rateNats + slope * free.distortion;
      const tiedValue = fixed.rateNats + slope * fixed.distortion;
      expect(free.rateNats - free.lowerRateNats).toBeLessThanOrEqual(1.001e-7);
      expect(value).toBeLessThanOrEqual(tiedValue + 2e-7);
      // Half a step away costs slope * dimension * (step / 2)^2 at most.
      expect(tiedValue - value).toBeLessThan((slope * dimension) / (2 * (perSide - 1)) ** 2 + 2e-7);
    }
  });
});

test("B3: a fine normal source: R = ln(1 / D) / 2 within 1e-3, with reproductions of their own", () => {
  for (const distortion of [0.05, 0.3]) {
    const point = rateDistortionOfPoints(gaussianGrid(0.1), 1 / (2 * distortion), { toleranceNats: 1e-5 });
    expect(Math.abs(point.rateNats - Math.log(1 / point.distortion) / 2)).toBeLessThan(1e-3);
    expect(point.rateNats - point.lowerRateNats).toBeLessThan(1e-5);
  }
});

test("B3: a beginning of one reproduction, or of another slope's, comes to the same", () => {
  const source = scattered(9, 3);
  const slope = 12;
  const own = rateDistortionOfPoints(source, slope);
  const begins = [
    { marginal: Float64Array.of(1), reproductions: Float64Array.of(0.5, 0.5, 0.5) },
    rateDistortionOfPoints(source, 5),
    rateDistortionOfPoints(source, 40),
  ];
  for (const begin of begins) {
    const point = rateDistortionOfPoints(source, slope, { begin });
    expect(point.rateNats + slope * point.distortion).toBeCloseTo(own.rateNats + slope * own.distortion, 6);
  }
});

test("B3: the reproductions and their probabilities are a code of the rate and distortion that are told", () => {
  const source = scattered(8, 2);
  const slope = 20;
  const { marginal, reproductions, rateNats, distortion } = rateDistortionOfPoints(source, slope);
  const again = blahutArimoto(onGrid(source, reproductions), slope);
  expect(again.rateNats).toBeCloseTo(rateNats, 4);
  expect(again.distortion).toBeCloseTo(distortion, 5);
  expect(marginal.reduce((sum, q) => sum + q, 0)).toBeCloseTo(1, 9);
  expect(reproductions.length).toBe(2 * marginal.length);
});

test("limits that are none are refused", () => {
  const source = scattered(3, 2);
  for (const options of [{ toleranceNats: Number.NaN }, { maxRounds: 0 }, { maxRounds: Number.NaN }]) {
    expect(() => rateDistortionOfPoints(source, 1, options)).toThrow(
      /rate-distortion function of points, .* is not/,
    );
  }
});
