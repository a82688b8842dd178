import { describe, expect, test } from "vitest";
import { mutualInformationByDimension, mutualInformationFromPosterior } from "../../src/information/index.js";
import type { NumericArray } from "../../src/numeric-array.js";
import { PhiloxStream } from "../../src/random/stream.js";

const table = (columns: number, values: ArrayLike<number>): NumericArray<Float64Array> => ({
  shape: [values.length / columns, columns],
  data: Float64Array.from(values),
});

/** So many samples of each posterior, with their rows. */
function drawn(means: NumericArray, logVariances: NumericArray, each: number, seed = 1) {
  const [count, dimensions] = means.shape as [number, number];
  const rows = Array.from({ length: count * each }, (_, m) => m % count);
  const noise = new PhiloxStream(seed, "test codes").fillNormal(new Float64Array(rows.length * dimensions));
  const codes = noise.map((value, k) => {
    const at = rows[Math.floor(k / dimensions)] * dimensions + (k % dimensions);
    return means.data[at] + Math.exp(logVariances.data[at] / 2) * value;
  });
  return { codes: table(dimensions, codes), rows };
}

/** I(X; Z) of a mixture of gaussians on a line, each as probable: h(Z) - h(Z|X) by the trapezoidal rule. */
function integrated(means: readonly number[], deviations: readonly number[]): number {
  const density = (z: number) =>
    means.reduce(
      (sum, mean, j) => sum + Math.exp(-0.5 * ((z - mean) / deviations[j]) ** 2) / deviations[j],
      0,
    ) /
    means.length /
    Math.sqrt(2 * Math.PI);
  const reach = 12 * Math.max(...deviations);
  const low = Math.min(...means) - reach;
  const step = (Math.max(...means) + reach - low) / 200_000;
  let entropy = 0;
  for (let k = 0; k <= 200_000; k++) {
    const p = density(low + k * step);
    if (p > 0) entropy -= p * Math.log(p) * step;
  }
  const noise = deviations.reduce((sum, deviation) => sum + Math.log(deviation), 0) / means.length;
  return entropy - noise - 0.5 * Math.log(2 * Math.PI * Math.E);
}

describe("I1: mutual information from the aggregated posterior", () => {
  test.each([
    [
      [0, 1.5],
      [1, 1],
    ],
    [
      [0, 0.4],
      [0.2, 1.7],
    ],
    [
      [-3, 0, 1],
      [0.5, 0.8, 2],
    ],
  ])("gaussians at %j of deviations %j: as by numerical integration", (places, deviations) => {
    const means = table(1, places);
    const logVariances = table(
      1,
      deviations.map((deviation) => 2 * Math.log(deviation)),
    );
    const { codes, rows } = drawn(means, logVariances, 20_000);
    const result = mutualInformationFromPosterior(means, logVariances, codes, { rows });
    expect(result.standardErrorNats).toBeLessThan(0.005);
    expect(Math.abs(result.informationNats - integrated(places, deviations))).toBeLessThan(
      4 * result.standardErrorNats,
    );
    expect(result).toMatchObject({ samples: rows.length, ceilingNats: Math.log(places.length) });
  });

  test("the integral itself: two gaussians far apart tell ln 2, equal ones nothing", () => {
    expect(integrated([0, 50], [1, 1])).toBeCloseTo(Math.LN2, 8);
    expect(integrated([3, 3], [0.7, 0.7])).toBeCloseTo(0, 8);
  });

  // More components than are gone through at a time, and dimensions that fill no whole four.
  const [count, dimensions] = [150, 5];
  const random = (purpose: string) =>
    new PhiloxStream(3, purpose).fillNormal(new Float64Array(count * dimensions));
  const means = table(dimensions, random("means"));
  const logVariances = table(
    dimensions,
    random("log-variances").map((value) => value - 1),
  );
  const { codes } = drawn(means, logVariances, 1);

  /** As the rule has it, without care for speed or overflow. */
  const plainly = (m: number, kept: readonly number[]) => {
    const density = (j: number) =>
      kept.reduce((product, d) => {
        const variance = Math.exp(logVariances.data[j * dimensions + d]);
        const difference = codes.data[m * dimensions + d] - means.data[j * dimensions + d];
        return (product * Math.exp((-difference * difference) / 2 / variance)) / Math.sqrt(variance);
      }, 1);
    const mixture =
      Array.from({ length: count }, (_, j) => density(j)).reduce((sum, p) => sum + p, 0) / count;
    return Math.log(density(m) / mixture);
  };
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const everyRow = Array.from({ length: count }, (_, m) => m);

  test("the sum of the rule, to rounding; with its standard error", () => {
    const each = everyRow.map((m) => plainly(m, [0, 1, 2, 3, 4]));
    const result = mutualInformationFromPosterior(means, logVariances, codes);
    expect(result.informationNats).toBeCloseTo(mean(each), 10);
    const variance = each.reduce((sum, value) => sum + (value - mean(each)) ** 2, 0) / (count - 1);
    expect(result.standardErrorNats).toBeCloseTo(Math.sqrt(variance / count), 10);
  });

  test("by dimension: each alone", () => {
    const result = mutualInformationByDimension(means, logVariances, codes);
    expect(result).toHaveLength(dimensions);
    for (const [d, { informationNats }] of result.entries()) {
      expect(informationNats).toBeCloseTo(mean(everyRow.map((m) => plainly(m, [d]))), 10);
    }
    // A dimension that does not hear of x tells exactly nothing.
    const deaf = table(2, [0, 5, 1, 5, 2, 5]);
    const zero = table(2, new Float64Array(6));
    const [hears, idle] = mutualInformationByDimension(deaf, zero, deaf);
    expect(hears.informationNats).toBeGreaterThan(0.1);
    expect(idle).toEqual({
      informationNats: expect.closeTo(0, 12),
      standardErrorNats: expect.closeTo(0, 12),
    });
  });

  test("posteriors that do not overlap saturate at ln N, without underflow", () => {
    const far = table(
      dimensions,
      means.data.map((value) => 1e6 * value),
    );
    const result = mutualInformationFromPosterior(far, logVariances, far);
    expect(result.informationNats).toBeCloseTo(Math.log(count), 10);
    expect(result.standardErrorNats).toBeLessThan(1e-10);
    expect(result.ceilingNats).toBeCloseTo(Math.log(count), 14);
  });

  test("posteriors that are all the same carry no information", () => {
    const same = table(2, Array(80).fill(0.3));
    const result = mutualInformationFromPosterior(same, same, same);
    expect(result.informationNats).toBeCloseTo(0, 12);
  });

  test("samples: so many codes, the same for a seed, with the rows they belong to", () => {
    const options = { samples: 50, seed: 4 };
    const result = mutualInformationFromPosterior(means, logVariances, codes, options);
    expect(result.samples).toBe(50);
    expect(mutualInformationFromPosterior(means, logVariances, codes, options)).toEqual(result);
    const other = mutualInformationFromPosterior(means, logVariances, codes, { ...options, seed: 5 });
    expect(other.informationNats).not.toBe(result.informationNats);
    const all = mutualInformationFromPosterior(means, logVariances, codes);
    expect(mutualInformationFromPosterior(means, logVariances, codes, { samples: 1e6 })).toEqual(all);
    expect(Math.abs(result.informationNats - all.informationNats)).toBeLessThan(4 * result.standardErrorNats);
  });

  test("what does not fit is refused in one line", () => {
    const three = table(1, [0, 1, 2]);
    const ask = mutualInformationFromPosterior;
    expect(() => ask(three, table(1, [0, 0]), three)).toThrow(
      /^logVariances: it has shape \[2, 1\], where \[3, 1\] is expected/,
    );
    expect(() => ask(three, three, table(2, [0, 0, 1, 1]))).toThrow(/^codes: .* where \[N, 1\] is expected/);
    expect(() => ask({ shape: [3], data: three.data }, three, three)).toThrow(/^means: it has shape \[3\]/);
    expect(() => ask(three, three, table(1, [0, Number.NaN, 2]))).toThrow(
      /^codes, row 1, column 0 .*NaN is not a finite number/,
    );
    expect(() => ask(three, table(1, [0, 0, 999]), three)).toThrow(/^logVariances, row 2 .* beyond ±600/);
    expect(() => ask(three, three, table(1, [0, 1, 2, 3]))).toThrow(/^rows: 3 rows for 4 codes/);
    expect(() => ask(three, three, three, { rows: [0, 1, 3] })).toThrow(/^rows, 2 .*3 is not a row of 3/);
    expect(() => ask(three, three, table(1, [0]))).toThrow(/^codes: there is 1 code/);
    expect(() => ask(three, three, three, { samples: 1 })).toThrow(/^samples: 1 is not an integer/);
    const narrow = table(1, [-600, -600, -600]);
    expect(() => ask(table(1, [0, 1e200, 2e200]), narrow, table(1, [0, 0, 0]))).toThrow(
      /^codes, row 1 .*the posterior of row 1 has no density there/,
    );
  });
});
