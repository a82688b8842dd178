import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { frechetDistance } from "../../src/quality/index.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { golden, mapped, normalSet, setOf, x, y } from "./golden.js";

const relativeDifference = (value: number, expected: number) => Math.abs(value / expected - 1);

describe("golden values (Q1)", () => {
  test("well-conditioned: as three other routes", () => {
    const expected = golden.well_conditioned;
    const result = frechetDistance(x, y);
    expect(result.roots).toEqual(["triangular factor", "triangular factor"]);
    expect(relativeDifference(result.meanTerm, expected.mean_term)).toBeLessThan(1e-12);
    expect(relativeDifference(result.traces[0], expected.trace1)).toBeLessThan(1e-12);
    expect(relativeDifference(result.traces[1], expected.trace2)).toBeLessThan(1e-12);
    expect(relativeDifference(result.distance, expected.fid_nuclear_norm_of_cross_gram)).toBeLessThan(1e-11);
    expect(relativeDifference(result.distance, expected.fid_symmetric_eig)).toBeLessThan(1e-11);
    expect(relativeDifference(result.distance, expected.fid_scipy_sqrtm_real)).toBeLessThan(1e-11);
  });

  test("identical sets: 0 up to rounding, never below", () => {
    const { distance, traces, crossTrace } = frechetDistance(x, x);
    expect(relativeDifference(traces[0], golden.identical.trace1)).toBeLessThan(1e-12);
    expect(relativeDifference(crossTrace, traces[0])).toBeLessThan(1e-14);
    expect(distance).toBeLessThan(1e-11);
    expect(distance).toBeGreaterThanOrEqual(0);
  });
});

describe("closed forms (Q1)", () => {
  const stream = new PhiloxStream(1, "frechet test");

  // A set and c times it have the covariances S and c^2 S, of which the root of the product is c S, singular or not.
  test.each([
    ["more samples than features", 60, 5, (row: readonly number[]) => row],
    ["fewer samples than features", 20, 50, (row: readonly number[]) => row],
    ["as many", 12, 12, (row: readonly number[]) => row],
    ["features that are 0 or copies", 60, 3, ([a, b, c]: readonly number[]) => [a, 0, b, a, 3, c, a + b]],
    ["a feature 1e8 times as small", 60, 3, ([a, b, c]: readonly number[]) => [a, 1e-8 * b, 1e-8 * c]],
  ])("%s: against 3 times itself, moved by 2", (_, count, dimension, features) => {
    const set = mapped(normalSet(stream, count, dimension), features);
    const other = mapped(set, (row) => row.map((value) => 3 * value));
    const { distance, meanTerm, traces } = frechetDistance(set, other);
    expect(relativeDifference(distance, meanTerm + 4 * traces[0])).toBeLessThan(1e-12);
    const moved = mapped(set, (row) => row.map((value) => value + 2));
    expect(relativeDifference(frechetDistance(set, moved).distance, 4 * set.dimension)).toBeLessThan(1e-11);
    // A root of a matrix that has been squared leaves 1e-8 of the variance here.
    expect(frechetDistance(set, set).distance).toBeLessThan(1e-12 * traces[0]);
  });

  test("sets that vary in different features only: nothing in common", () => {
    const left = mapped(normalSet(stream, 30, 2), ([a, b]) => [a, b, 0, 0]);
    const right = mapped(normalSet(stream, 40, 2), ([a, b]) => [0, 0, a, b]);
    const { distance, meanTerm, traces, crossTrace } = frechetDistance(left, right);
    expect(crossTrace).toBeLessThan(1e-14);
    expect(relativeDifference(distance, meanTerm + traces[0] + traces[1])).toBeLessThan(1e-13);
  });

  test("of one feature: (m1 - m2)^2 + (s1 - s2)^2", () => {
    const { distance } = frechetDistance(setOf([[0], [2], [4]]), setOf([[10], [11], [12], [13]]));
    expect(distance).toBeCloseTo(9.5 ** 2 + (2 - Math.sqrt(5 / 3)) ** 2, 12);
  });

  test("of two constant sets: the squared distance of their places", () => {
    const [here, there] = [
      setOf([
        [1, 2],
        [1, 2],
      ]),
      setOf([
        [4, 6],
        [4, 6],
        [4, 6],
      ]),
    ];
    expect(frechetDistance(here, there)).toMatchObject({
      distance: 25,
      meanTerm: 25,
      traces: [0, 0],
      crossTrace: 0,
    });
  });
});

test("Q1: few samples against many: each set has its own root, and the answer does not depend on it", () => {
  const stream = new PhiloxStream(2, "frechet test");
  const [few, many] = [normalSet(stream, 8, 10), normalSet(stream, 30, 10)];
  const mixed = frechetDistance(few, many);
  expect(mixed.roots).toEqual(["samples", "triangular factor"]);
  // With features that are always 0, both have fewer samples than features.
  const padded = (set: typeof few) => mapped(set, (row) => [...row, ...new Array(30).fill(0)]);
  const wide = frechetDistance(padded(few), padded(many));
  expect(wide.roots).toEqual(["samples", "samples"]);
  expect(relativeDifference(wide.distance, mixed.distance)).toBeLessThan(1e-12);
});

test("property: symmetric, blind to turning both sets, squared under scaling", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 2, max: 12 }),
      fc.double({ min: 0, max: 6.28, noNaN: true }),
      (seed, n, m, angle) => {
        const stream = new PhiloxStream(seed, "frechet property");
        const [a, b] = [normalSet(stream, n, 3), normalSet(stream, m, 3)];
        const { distance, traces } = frechetDistance(a, b);
        const tolerance = 1e-12 * (traces[0] + traces[1] + 1);
        expect(Math.abs(frechetDistance(b, a).distance - distance)).toBeLessThan(tolerance);
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        const turn = ([p, q, r]: readonly number[]) => [
          5 * (cos * p - sin * q),
          5 * (sin * p + cos * q),
          5 * r,
        ];
        const turned = frechetDistance(mapped(a, turn), mapped(b, turn)).distance;
        expect(Math.abs(turned / 25 - distance)).toBeLessThan(tolerance);
      },
    ),
    { numRuns: 50 },
  );
});

test("refused: other features, one sample, and what would take an hour", () => {
  expect(() => frechetDistance(x, setOf([[1], [2]], "other.npy"))).toThrow(
    /other\.npy: it has 1 features per sample, but x\.npy has 6/,
  );
  const one = { name: "one.npy", count: 1, dimension: 6, coordinates: new Float64Array(6) };
  expect(() => frechetDistance(x, one)).toThrow(/one\.npy: it holds 1 samples; at least 2 are needed/);
  const vast = { name: "vast.npy", count: 3000, dimension: 3000, coordinates: new Float64Array(0) };
  expect(() => frechetDistance(vast, vast)).toThrow(/vast\.npy: 3000 samples of 3000 features/);
});
