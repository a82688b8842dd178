import { describe, expect, test } from "vitest";
import { kernelDensity, StreamingDensity, scottBandwidth } from "../../src/information/index.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { largestDifference } from "../geometry/published.js";

const values = new PhiloxStream(1, "test values").fillNormal(new Float64Array(3000));
const integral = ({ positions, density }: { positions: Float64Array; density: Float64Array }) =>
  density.reduce((sum, value) => sum + value, 0) * (positions[1] - positions[0]);

describe("I3: kernel density", () => {
  // python3 -c "from scipy.stats import gaussian_kde; k = gaussian_kde(values); print(k(positions), k.covariance ** 0.5)"
  const SCIPY = {
    values: [-1.2, 0.3, 0.5, 2.0, 0.45, -0.6, 1.1],
    positions: [-3, -1, 0, 0.5, 2.25, 4],
    density: [
      0.003551506139572825, 0.1802324565088954, 0.30263608059039054, 0.3305692317092845, 0.10606745227227395,
      0.001568777811478204,
    ],
    bandwidth: 0.7119522696493001,
  };

  test("as scipy.stats.gaussian_kde has it, bandwidth and density", () => {
    const result = kernelDensity(SCIPY.values, { positions: SCIPY.positions });
    expect(result.bandwidth).toBeCloseTo(SCIPY.bandwidth, 12);
    expect(largestDifference(result.density, SCIPY.density)).toBeLessThan(1e-12);
    expect([...result.positions]).toEqual(SCIPY.positions);
  });

  test("Scott's bandwidth, and a density whose integral is 1, over the values' range and a little more", () => {
    expect(scottBandwidth(32, 6)).toBeCloseTo(3, 12);
    const result = kernelDensity(values);
    expect(result.positions).toHaveLength(256);
    expect(result.positions[0]).toBeLessThan(Math.min(...values));
    expect(result.bandwidth).toBeCloseTo(3000 ** -0.2 * result.standardDeviation, 12);
    expect(integral(result)).toBeCloseTo(1, 3);
    expect(kernelDensity(values, { points: 11 }).density).toHaveLength(11);
  });

  test("streamed: the exact density, in whatever pieces the values come", () => {
    const exact = kernelDensity(values);
    const streamed = new StreamingDensity([-6, 6]).add(values).density({ positions: exact.positions });
    expect(largestDifference(streamed.density, exact.density)).toBeLessThan(
      1e-4 * Math.max(...exact.density),
    );
    expect(streamed.mean).toBeCloseTo(exact.mean, 12);
    expect(streamed.standardDeviation).toBeCloseTo(exact.standardDeviation, 12);
    const pieces = new StreamingDensity([-6, 6]);
    for (let start = 0; start < values.length; start += 700) pieces.add(values.subarray(start, start + 700));
    expect(pieces.density({ positions: exact.positions })).toEqual(streamed);
    // Every third number, as a table of three dimensions has them.
    const apart = values.filter((_, k) => k % 3 === 1);
    expect(new StreamingDensity([-6, 6]).add(values, 1, 3).density()).toEqual(
      new StreamingDensity([-6, 6]).add(apart).density(),
    );
  });

  test("streamed: the ends of the range belong to it; what lies beyond is counted and missing", () => {
    const result = new StreamingDensity([0, 1]).add([0, 0.25, 1]);
    expect(result.outside).toBe(0);
    const ends = result.density({ positions: [0, 0.5, 1] });
    const exact = kernelDensity([0, 0.25, 1], { positions: [0, 0.5, 1] });
    expect(largestDifference(ends.density, exact.density)).toBeLessThan(1e-6);
    const beyond = new StreamingDensity([0, 1]).add([0.5, 0.25, 0.75, 1.5]);
    expect(beyond.outside).toBe(1);
    const { mean, count } = beyond.density();
    expect({ mean, count }).toEqual({ mean: 0.75, count: 4 });
    const inside = beyond.density({ positions: Float64Array.from({ length: 501 }, (_, k) => k / 100 - 2) });
    expect(integral(inside)).toBeCloseTo(0.75, 6);
  });

  test("values far from 0 lose no digits", () => {
    const far = kernelDensity(values.map((value) => value + 1e9));
    expect(far.standardDeviation).toBeCloseTo(kernelDensity(values).standardDeviation, 6);
  });

  test("what has no density is refused in one line", () => {
    expect(() => kernelDensity([1])).toThrow(/^density: 1 values have no density/);
    expect(() => kernelDensity([0.1, 0.1, 0.1])).toThrow(/^density: all 3 values are 0\.1/);
    expect(() => kernelDensity([0, Number.POSITIVE_INFINITY])).toThrow(
      /^density, value 1 .*Infinity is not a finite/,
    );
    for (const unit of [1e-200, 1e-150, 1e200]) {
      const values = [unit, 2 * unit, 4 * unit];
      const streamed = new StreamingDensity([0, 5 * unit]).add(values);
      for (const act of [() => kernelDensity(values), () => streamed.density()]) {
        expect(act).toThrow(/^density: their standard deviation is .* float64 does not hold/);
      }
    }
    for (const points of [1, 0, -1, 2.5, Number.NaN]) {
      expect(() => kernelDensity([0, 1], { points })).toThrow(
        /^density, points: .* is not an integer of at least 2/,
      );
    }
    expect(() => kernelDensity([0, 1], { positions: [0, Number.NaN] })).toThrow(
      /^density, positions, 1 .*NaN/,
    );
    expect(() => new StreamingDensity([1, 1])).toThrow(/^density: 4096 bins from 1 to 1 are no grid/);
    expect(() => new StreamingDensity([0, 1], 0)).toThrow(/^density: 0 bins/);
    expect(() => new StreamingDensity([0, 1000]).add([0, 0.1, 0.2]).density()).toThrow(
      /^density: bins of 0\.24\d+ are too coarse for a bandwidth of 0\.08/,
    );
    expect(() => new StreamingDensity([0, 1]).density()).toThrow(/^density: 0 values/);
  });
});
