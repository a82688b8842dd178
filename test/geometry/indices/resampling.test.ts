import { describe, expect, test } from "vitest";
import { distortionIndices } from "../../../src/geometry/index.js";
import { simultaneousIntervals, standardError } from "../../../src/geometry/indices/resampling.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { labelsOf, pointsOfRows, uniformSource } from "./constructed.js";

describe("standard errors (G15)", () => {
  test("standard deviation of the resamples; NaN where it is not defined", () => {
    expect(standardError([1, 2, 6])).toBeCloseTo(Math.sqrt(7), 14);
    expect(standardError([0.1, 0.1, 0.1])).toBe(0);
    for (const values of [
      [],
      [1],
      [1, Number.NaN],
      [1, Number.POSITIVE_INFINITY],
      [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ]) {
      expect(standardError(values)).toBeNaN();
    }
  });

  test("an index carries it: that of its resamples", () => {
    const stream = new PhiloxStream(0, "test of standard errors");
    const rows = Array.from({ length: 40 }, () => [stream.normal(), stream.normal()]);
    const { prototypization } = distortionIndices(
      pointsOfRows(rows.map(([x, y]) => [x, y * y])),
      pointsOfRows(rows),
      labelsOf(rows.map((_, i) => i % 2)),
      { uniform: uniformSource() },
    );
    // Of a bell curve, the interval of 95 % is 3.92 standard errors wide.
    const width = prototypization.high - prototypization.low;
    expect(width / prototypization.standardError).toBeGreaterThan(3);
    expect(width / prototypization.standardError).toBeLessThan(5);
  });
});

describe("simultaneous intervals (G15)", () => {
  const stream = new PhiloxStream(0, "test of simultaneous intervals");
  /** Estimates of zeros, as many resamples each, every number with its own error. */
  const drawn = (numbers: number, resamples: number) =>
    Array.from({ length: numbers }, (_, k) => {
      const value = (k + 1) * stream.normal();
      return Float64Array.from({ length: resamples + 1 }, (_, w) =>
        w === 0 ? value : value + (k + 1) * stream.normal(),
      );
    });

  test("of 25 numbers that are all 0, the intervals miss any in about 5 of 100 experiments", () => {
    let missed = 0;
    for (let experiment = 0; experiment < 300; experiment++) {
      const intervals = simultaneousIntervals(drawn(25, 200), 0.95);
      if (intervals.some(([low, high]) => low > 0 || high < 0)) missed += 1;
    }
    // 15 are expected, with a standard deviation of 4; resamples are 200 only.
    expect(missed).toBeGreaterThan(3);
    expect(missed).toBeLessThan(33);
  });

  test("one number: about 1.96 standard errors to either side", () => {
    const [series] = drawn(1, 4000);
    const [[low, high]] = simultaneousIntervals([series], 0.95);
    const error = standardError(Array.from(series.subarray(1)));
    expect((high - series[0]) / error).toBeCloseTo(1.96, 1);
    expect(high - series[0]).toBeCloseTo(series[0] - low, 12);
  });

  test("a number that is not defined everywhere has none, and the others are as without it", () => {
    const [a, b] = drawn(2, 50);
    const broken = a.map((value, w) => (w === 7 ? Number.POSITIVE_INFINITY : value));
    expect(simultaneousIntervals([broken, b], 0.9)).toEqual([
      [Number.NaN, Number.NaN],
      ...simultaneousIntervals([b], 0.9),
    ]);
    expect(simultaneousIntervals([Float64Array.of(1)], 0.9)).toEqual([[Number.NaN, Number.NaN]]);
    expect(simultaneousIntervals([], 0.9)).toEqual([]);
  });
});
