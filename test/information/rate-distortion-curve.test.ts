import { describe, expect, test } from "vitest";
import {
  discreteProblem,
  pointsProblem,
  RateDistortionCurve,
  sumProblem,
} from "../../src/information/index.js";
import { entropy, hamming } from "./sources.js";

const binary = () => new RateDistortionCurve(discreteProblem(hamming(0.3, 0.7)));
const rateOf = (distortion: number) => entropy(0.3, 0.7) - entropy(distortion, 1 - distortion);

describe("B4: asked by rate, distortion and slope", () => {
  test("a binary source answers as its closed form does", () => {
    const curve = binary();
    for (const distortion of [0.001, 0.02, 0.1, 0.25, 0.29]) {
      const byRate = curve.atRate(rateOf(distortion));
      expect(byRate.gapNats).toBeLessThanOrEqual(1e-6);
      expect(byRate.gap).toBeCloseTo(byRate.distortion - byRate.lowerDistortion, 12);
      expect(byRate.distortion).toBeGreaterThan(distortion - 1e-9);
      expect(byRate.lowerDistortion).toBeLessThan(distortion + 1e-9);
      expect(byRate.slope / Math.log((1 - distortion) / distortion)).toBeCloseTo(1, 1);
      const byDistortion = curve.atDistortion(distortion);
      expect(byDistortion.rateNats).toBeCloseTo(rateOf(distortion), 5);
      expect(byDistortion.gapNats).toBeLessThanOrEqual(1e-6);
      const bySlope = curve.atSlope(Math.log((1 - distortion) / distortion));
      expect(bySlope.distortion).toBeCloseTo(distortion, 6);
    }
  });

  test("the ends are exact, and beyond them nothing changes", () => {
    const curve = binary();
    expect(curve.maxRateNats).toBeCloseTo(entropy(0.3, 0.7), 9);
    expect([curve.minDistortion, curve.maxDistortion]).toEqual([0, 0.3]);
    expect(curve.atRate(0)).toMatchObject({ distortion: 0.3, gap: 0, slope: 0 });
    const beyond = { rateNats: 5, distortion: 0, lowerDistortion: 0, gap: 0 };
    expect(curve.atRate(5)).toMatchObject({ ...beyond, slope: Number.POSITIVE_INFINITY });
    expect(curve.atDistortion(0.3)).toMatchObject({ rateNats: 0, gap: 0 });
    expect(curve.atDistortion(7)).toMatchObject({ rateNats: 0, distortion: 0.3 });
    expect(curve.atSlope(Number.POSITIVE_INFINITY).distortion).toBe(0);
  });

  test("what no code has is refused in one line", () => {
    expect(() => binary().atRate(-0.1)).toThrow(/rate -0\.1: the rate is at least 0 nats/);
    expect(() => binary().atRate(Number.NaN)).toThrow(/rate NaN/);
    expect(() => binary().atDistortion(-0.1)).toThrow(/distortion -0\.1: the distortion is at least 0 units/);
    const problem = discreteProblem(hamming(0.3, 0.7));
    expect(() => new RateDistortionCurve(problem, Number.NaN)).toThrow(
      /rate-distortion curve, toleranceNats: NaN/,
    );
    expect(() => sumProblem([])).toThrow(/^sum of sources: there is no part/);
  });

  test("a straight part (a symbol that may be erased at a cost of 1) is answered along the line", () => {
    const erasable = {
      probabilities: Float64Array.of(0.5, 0.5),
      distortions: Float64Array.of(0, 1e6, 1, 1e6, 0, 1),
    };
    const curve = new RateDistortionCurve(discreteProblem(erasable));
    for (const erased of [0.1, 0.5, 0.9]) {
      const point = curve.atRate(Math.LN2 * (1 - erased));
      expect(point.distortion).toBeCloseTo(erased, 5);
      expect(point.gapNats).toBeLessThanOrEqual(1e-6);
      expect(point.slope).toBeCloseTo(Math.LN2, 4);
    }
  });

  test("few points do, since neighbouring questions share them", () => {
    const problem = discreteProblem(hamming(0.3, 0.7));
    let solved = 0;
    const solve: typeof problem.solve = (slope, near) => {
      solved++;
      return problem.solve(slope, near);
    };
    const curve = new RateDistortionCurve({ ...problem, solve });
    curve.atRate(0.2);
    expect(solved).toBeLessThan(20);
    const first = solved;
    curve.atRate(0.2);
    expect(solved).toBe(first);
  });
});

test("B4: a traced curve falls, bends upwards, and lies above what is proven", () => {
  const curve = binary();
  const points = curve.trace(40);
  expect(points.length).toBeGreaterThanOrEqual(40);
  expect(points[0]).toMatchObject({ rateNats: 0, distortion: 0.3 });
  expect(points.at(-1)?.distortion).toBe(0);
  for (const [k, point] of points.entries()) {
    expect(point.lowerDistortion).toBeLessThanOrEqual(point.distortion);
    expect(point.gapNats).toBeLessThan(1e-6);
    if (k === 0) continue;
    expect(point.rateNats).toBeGreaterThan(points[k - 1].rateNats);
    expect(point.distortion).toBeLessThan(points[k - 1].distortion);
    expect(point.slope).toBeGreaterThan(points[k - 1].slope);
  }
});

describe("B5: independent sources whose distortions add up", () => {
  test("two binary sources together are as their pair", () => {
    const [a, b] = [hamming(0.3, 0.7), hamming(0.5, 0.5)];
    const pair = {
      probabilities: Float64Array.of(0.15, 0.15, 0.35, 0.35),
      distortions: Float64Array.from({ length: 16 }, (_, k) => {
        const [n, m] = [Math.floor(k / 4), k % 4];
        return Number(n >> 1 !== m >> 1) + Number((n & 1) !== (m & 1));
      }),
    };
    const sum = new RateDistortionCurve(sumProblem([discreteProblem(a), discreteProblem(b)]));
    const joint = new RateDistortionCurve(discreteProblem(pair));
    for (const rate of [0.1, 0.5, 1]) {
      expect(sum.atRate(rate).distortion).toBeCloseTo(joint.atRate(rate).distortion, 5);
    }
    expect(sum.maxRateNats).toBeCloseTo(joint.maxRateNats, 9);
  });

  test("one object twice is twice the one, worked out once", () => {
    const once = pointsProblem({
      probabilities: Float64Array.of(0.2, 0.5, 0.3),
      points: Float64Array.of(0, 1, 2.5),
    });
    let solved = 0;
    const counted = {
      ...once,
      solve: (...args: Parameters<typeof once.solve>) => {
        solved++;
        return once.solve(...args);
      },
    };
    const point = sumProblem([counted, counted]).solve(1.5, {
      ...once.nothing,
      parts: [once.nothing, once.nothing],
    });
    expect(solved).toBe(1);
    expect(point.rateNats).toBeCloseTo(2 * once.solve(1.5, once.nothing).rateNats, 9);
  });
});

test("points that coincide are one, and those of probability 0 none", () => {
  const problem = pointsProblem({
    probabilities: Float64Array.of(0.25, 0.25, 0.5, 0),
    points: Float64Array.of(1, 1, 3, 99),
  });
  expect(problem.all.rateNats).toBeCloseTo(Math.LN2, 12);
  expect(problem.nothing.distortion).toBeCloseTo(1, 12);
});
