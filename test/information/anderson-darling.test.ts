import { describe, expect, test } from "vitest";
import { pValueOf } from "../../src/information/anderson-darling.js";
import { andersonDarling } from "../../src/information/index.js";
import { logNormalCdf } from "../../src/information/normal-distribution.js";
import { PhiloxStream } from "../../src/random/stream.js";

// python3 -c "import scipy.special as s; print([repr(s.log_ndtr(z)) for z in (-40, -10, -3.5, -3, -1, 0, 0.5, 3, 3.5, 9)])"
const LOG_NDTR: readonly (readonly [z: number, logarithm: number])[] = [
  [-40, -804.6084420137539],
  [-10, -53.23128515051248],
  [-3.5, -8.366065308344094],
  [-3, -6.60772622151035],
  [-1, -1.8410216450092634],
  [0, -Math.LN2],
  [0.5, -0.36894641528865635],
  [3, -0.0013508099647481925],
  [3.5, -0.00023265614137680453],
  [9, -1.1285884059538324e-19],
];

test.each(LOG_NDTR)("the logarithm of the normal distribution function at %d", (z, logarithm) => {
  expect(Math.abs(logNormalCdf(z) / logarithm - 1)).toBeLessThan(1e-12);
});

describe("I4: Anderson and Darling's test of normality", () => {
  // python3 -c "from scipy.stats import anderson; import numpy as np; [print(repr(anderson(np.array(x, float), 'norm').statistic)) for x in (...)]"
  const CASES: readonly (readonly [about: string, values: number[], statistic: number])[] = [
    ["squares", Array.from({ length: 20 }, (_, k) => (k + 1) ** 2), 0.62515128415059],
    [
      "a dozen numbers",
      [2.1, -0.3, 0.7, 1.1, 0.2, -1.4, 0.9, 0.4, -0.8, 1.6, 0.05, -0.55],
      0.08054825260876264,
    ],
    ["ties", [...Array(30).fill(0), ...Array(25).fill(1), 7, 7], 9.628194229852511],
  ];

  test.each(CASES)("%s: the statistic of scipy.stats.anderson", (_, values, statistic) => {
    const result = andersonDarling(values);
    expect(result.statistic).toBeCloseTo(statistic, 11);
    expect(result.adjustedStatistic / result.statistic).toBeCloseTo(
      1 + 0.75 / values.length + 2.25 / values.length ** 2,
      12,
    );
    expect(result.count).toBe(values.length);
  });

  test.each([
    [0.561, 0.15],
    [0.631, 0.1],
    [0.752, 0.05],
    [0.873, 0.025],
    [1.035, 0.01],
  ])("the critical value %d of Stephens has a p of %d", (adjusted, p) => {
    // The pieces are fits to the table, good to 3 %.
    expect(pValueOf(adjusted) / p).toBeGreaterThan(0.97);
    expect(pValueOf(adjusted) / p).toBeLessThan(1.03);
  });

  test("p falls as the statistic rises, and never below its least", () => {
    const result = Array.from({ length: 400 }, (_, k) => pValueOf(0.03 + 0.03 * k));
    for (const [k, p] of result.entries()) if (k > 0) expect(p).toBeLessThanOrEqual(result[k - 1] + 1e-3);
    expect(pValueOf(500)).toBe(pValueOf(10));
    expect(pValueOf(500)).toBeLessThan(1e-23);
  });

  const normals = (count: number, step: number) =>
    new PhiloxStream(1, "test values", step).fillNormal(new Float64Array(count));

  test("normal values are rejected at 5 % about once in twenty", () => {
    let rejected = 0;
    for (let k = 0; k < 400; k++) if (andersonDarling(normals(200, k)).pValue < 0.05) rejected += 1;
    expect(Math.abs(rejected - 20)).toBeLessThan(4 * Math.sqrt(19));
  });

  test("other values are rejected; place, scale and order do not matter", () => {
    const values = normals(2000, 0);
    expect(andersonDarling(values.map(Math.exp)).pValue).toBeLessThan(1e-20);
    expect(
      andersonDarling(new PhiloxStream(1, "test").fillUniform(new Float64Array(2000))).pValue,
    ).toBeLessThan(1e-6);
    const plain = andersonDarling(values);
    const moved = andersonDarling(values.map((value) => 1e3 - 40 * value).reverse());
    expect(moved.statistic).toBeCloseTo(plain.statistic, 8);
    // Far in the tails neither logarithm underflows.
    expect(Number.isFinite(andersonDarling([...values, 1e9]).statistic)).toBe(true);
  });

  test("what cannot be tested is refused in one line", () => {
    expect(() => andersonDarling([1, 2, 3], "z3")).toThrow(/^z3: 3 values are too few/);
    expect(() => andersonDarling(Array(9).fill(0.1))).toThrow(/^values: their standard deviation is 0/);
    expect(() => andersonDarling([1, 2, 3, 4, 5, 6, Number.NaN, 8])).toThrow(
      /^values, 6 .*NaN is not a finite/,
    );
  });
});
