import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BlahutArimotoOptions, blahutArimoto } from "../../src/information/index.js";
import { entropy, gaussianGrid, hamming, onGrid } from "./sources.js";

/** The slope at which k-ary Hamming distortion is D: R = H(p) - H(D) - D ln(k - 1) has R' = -s there. */
const hammingSlope = (distortion: number, symbols: number) =>
  Math.log(((1 - distortion) * (symbols - 1)) / distortion);

// The distortion is known to about the root of this.
const exactly = { toleranceNats: 1e-13 };

describe("B2: closed forms", () => {
  test.each([
    [0.5, 0.1],
    [0.5, 0.3],
    [0.3, 0.1],
    [0.3, 0.299],
    [0.05, 0.01],
    [0.001, 1e-5],
  ])("a binary source of p = %d, wrong by %d: R = H(p) - H(D)", (p, distortion) => {
    const point = blahutArimoto(hamming(p, 1 - p), hammingSlope(distortion, 2), exactly);
    const rate = entropy(p, 1 - p) - entropy(distortion, 1 - distortion);
    expect(point.distortion).toBeCloseTo(distortion, 6);
    expect(Math.abs(point.rateNats - rate)).toBeLessThan(1e-6);
    expect(Math.abs(point.lowerRateNats - rate)).toBeLessThan(1e-6);
  });

  test("where D reaches p nothing is to be told", () => {
    const point = blahutArimoto(hamming(0.2, 0.8), hammingSlope(0.25, 2));
    expect(point.distortion).toBeCloseTo(0.2, 9);
    expect(point.rateNats).toBeCloseTo(0, 9);
    expect(point.marginal[0]).toBeLessThan(1e-6);
  });

  test.each([
    [3, 0.2],
    [10, 0.5],
    [64, 0.03],
  ])("%d equal symbols, wrong by %d: R = ln k - H(D) - D ln(k - 1)", (symbols, distortion) => {
    const source = hamming(...Array.from({ length: symbols }, () => 1 / symbols));
    const point = blahutArimoto(source, hammingSlope(distortion, symbols), exactly);
    const rate = Math.log(symbols) - entropy(distortion, 1 - distortion) - distortion * Math.log(symbols - 1);
    expect(Math.abs(point.rateNats - rate)).toBeLessThan(1e-6);
    expect(Math.abs(point.lowerRateNats - rate)).toBeLessThan(1e-6);
    expect(point.distortion).toBeCloseTo(distortion, 6);
  });

  test("unequal symbols: Erokhin's form up to (k - 1) times the least probability, then one symbol is given up", () => {
    const source = hamming(0.5, 0.3, 0.2);
    const all = blahutArimoto(source, hammingSlope(0.3, 3), exactly);
    expect(all.rateNats).toBeCloseTo(entropy(0.5, 0.3, 0.2) - entropy(0.3, 0.7) - 0.3 * Math.log(2), 6);
    // Beyond D = 0.4 the third symbol is never answered: at slope s the other two share 0.8 as a binary source does.
    const slope = Math.LN2;
    const two = blahutArimoto(source, slope, exactly);
    const wrong = 1 / (1 + Math.exp(slope));
    expect(two.marginal[2]).toBeLessThan(1e-6);
    expect(two.distortion).toBeCloseTo(0.2 + 0.8 * wrong, 6);
    expect(two.rateNats).toBeCloseTo(0.8 * (entropy(0.5 / 0.8, 0.3 / 0.8) - entropy(wrong, 1 - wrong)), 6);
  });

  test.each([0.05, 0.2, 0.6])(
    "a fine normal source at D = %d: R = ln(1 / D) / 2 within 1e-3",
    (distortion) => {
      const source = gaussianGrid(0.1);
      const point = blahutArimoto(onGrid(source, source.points), 1 / (2 * distortion), {
        toleranceNats: 1e-6,
      });
      expect(Math.abs(point.rateNats - Math.log(1 / point.distortion) / 2)).toBeLessThan(1e-3);
      expect(Math.abs(point.distortion - distortion)).toBeLessThan(1e-3);
      expect(point.rateNats - point.lowerRateNats).toBeLessThan(1e-6);
    },
  );
});

describe("B2: every source", () => {
  const probabilities = (count: number) =>
    fc
      .array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: count, maxLength: count })
      .map((weights) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        return Float64Array.from(weights, (weight) => weight / total);
      });
  const anySource = fc
    .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 7 }))
    .chain(([symbols, reproductions]) =>
      fc.record({
        probabilities: probabilities(symbols),
        distortions: fc
          .array(fc.double({ min: 0, max: 3, noNaN: true }), {
            minLength: symbols * reproductions,
            maxLength: symbols * reproductions,
          })
          .map((values) => Float64Array.from(values)),
      }),
    );
  const slopes = fc.double({ min: 0.05, max: 50, noNaN: true });

  test("from above and from below agree, and another slope's line is never crossed", () => {
    fc.assert(
      fc.property(anySource, slopes, slopes, (source, slope, other) => {
        const point = blahutArimoto(source, slope, { toleranceNats: 1e-8 });
        expect(point.rateNats - point.lowerRateNats).toBeLessThanOrEqual(1.001e-8);
        expect(point.marginal.reduce((sum, q) => sum + q, 0)).toBeCloseTo(1, 9);
        const far = blahutArimoto(source, other);
        expect(point.rateNats).toBeGreaterThanOrEqual(far.dualNats - other * point.distortion - 1e-7);
      }),
      { numRuns: 100 },
    );
  });

  test("the slope is -dR/dD", () => {
    // Three symbols whose mistakes cost differently; no closed form.
    const source = {
      probabilities: Float64Array.of(0.6, 0.3, 0.1),
      distortions: Float64Array.of(0, 1, 4, 2, 0, 1, 5, 1.5, 0),
    };
    for (const slope of [0.7, 2, 6]) {
      const [before, after] = [slope * 0.999, slope * 1.001].map((each) => blahutArimoto(source, each));
      const measured = (after.rateNats - before.rateNats) / (before.distortion - after.distortion);
      expect(measured / slope).toBeCloseTo(1, 5);
    }
  });

  test("nothing leaves float64 at great slopes; at an infinite one mistakes are not made", () => {
    const source = hamming(0.25, 0.25, 0.5);
    for (const slope of [1e3, 1e6, 1e300, Number.POSITIVE_INFINITY]) {
      const point = blahutArimoto(source, slope);
      expect(point.rateNats).toBeCloseTo(entropy(0.25, 0.25, 0.5), 9);
      expect(point.lowerRateNats).toBeCloseTo(entropy(0.25, 0.25, 0.5), 9);
      expect(point.distortion).toBe(0);
    }
    // Two symbols that share their best reproduction need not be told apart.
    const shared = {
      probabilities: Float64Array.of(0.25, 0.25, 0.5),
      distortions: Float64Array.of(1, 5, 1, 5, 5, 2),
    };
    const minimum = blahutArimoto(shared, Number.POSITIVE_INFINITY);
    expect(minimum.distortion).toBeCloseTo(1.5, 12);
    expect(minimum.rateNats).toBeCloseTo(Math.LN2, 9);
  });

  test("a symbol that never occurs changes nothing", () => {
    const without = blahutArimoto(hamming(0.7, 0.3), 1.5);
    const point = blahutArimoto(
      { probabilities: Float64Array.of(0.7, 0, 0.3), distortions: Float64Array.of(0, 1, 9, 9, 1, 0) },
      1.5,
    );
    expect(point.rateNats).toBeCloseTo(without.rateNats, 9);
    expect(point.distortion).toBeCloseTo(without.distortion, 9);
  });

  test("a beginning that excludes what is needed is mended", () => {
    const point = blahutArimoto(hamming(0.5, 0.5), 5, { marginal: Float64Array.of(1, 0) });
    expect(point.marginal[0]).toBeCloseTo(0.5, 6);
  });

  test("distortions that are no table of the symbols are refused", () => {
    const probabilities = Float64Array.of(0.5, 0.5);
    expect(() => blahutArimoto({ probabilities, distortions: Float64Array.of(0, 1, 1) }, 1)).toThrow(
      /3 distortions are no table of 2 symbols/,
    );
    expect(() => blahutArimoto({ probabilities, distortions: Float64Array.of() }, 1)).toThrow(
      /0 distortions/,
    );
  });

  test("limits and beginnings that are none are refused", () => {
    const ask = (options: BlahutArimotoOptions) => () => blahutArimoto(hamming(0.5, 0.5), 1, options);
    expect(ask({ marginal: Float64Array.of(1) })).toThrow(/marginal: 1 probabilities for 2 reproductions/);
    expect(ask({ marginal: Float64Array.of(1, Number.NaN) })).toThrow(/marginal, entry 1 .*NaN/);
    expect(ask({ marginal: Float64Array.of(1, 1) })).toThrow(/marginal: the probabilities sum to 2/);
    for (const toleranceNats of [Number.NaN, -1]) {
      expect(ask({ toleranceNats })).toThrow(/toleranceNats: .* is not a number of at least 0/);
    }
    for (const maxIterations of [Number.NaN, 0]) expect(ask({ maxIterations })).toThrow(/maxIterations/);
  });

  test("a slope below 0, or none, is refused", () => {
    expect(() => blahutArimoto(hamming(0.5, 0.5), -1)).toThrow(/slope -1: a slope is at least 0/);
    expect(() => blahutArimoto(hamming(0.5, 0.5), Number.NaN)).toThrow(/slope NaN/);
  });
});
