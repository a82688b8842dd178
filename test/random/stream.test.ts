import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UserError } from "../../src/errors.js";
import { hashText, PhiloxStream } from "../../src/random/stream.js";
import { withProcessorTime } from "../support/processor-time.js";

const SAMPLES = 200_000;

/** Kolmogorov-Smirnov distance of a sample from a distribution function, times the root of its size. */
function kolmogorovSmirnov(sample: Float64Array, distribution: (x: number) => number): number {
  const sorted = sample.toSorted();
  let distance = 0;
  sorted.forEach((x, i) => {
    const p = distribution(x);
    distance = Math.max(distance, p - i / sorted.length, (i + 1) / sorted.length - p);
  });
  return distance * Math.sqrt(sorted.length);
}
// Exceeded by chance once in a thousand samples.
const KS_LIMIT = 1.95;

function correlation(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i], 0) / a.length;
}

const normals = (seed: number | bigint, purpose: string, step?: number) =>
  new PhiloxStream(seed, purpose, step).fillNormal(new Float64Array(SAMPLES));

describe("distributions", () => {
  test.each([0, 0.1, 0.25, 0.5])(
    "D16: dropout of a share of %f drops that share, and keeps the mean",
    (share) => {
      const factors = new PhiloxStream(0, "dropout").fillDropout(new Float32Array(SAMPLES), share);
      const kept = Math.fround(1 / (1 - share));
      expect(factors.every((factor) => factor === 0 || factor === kept)).toBe(true);
      const dropped = factors.filter((factor) => factor === 0).length / SAMPLES;
      // Four standard errors.
      expect(Math.abs(dropped - share)).toBeLessThanOrEqual(4 * Math.sqrt((share * (1 - share)) / SAMPLES));
      // Neighbours come from one word: they must not know of each other.
      const pairs = factors.filter((factor, i) => factor === 0 && factors[i + 1] === 0).length / SAMPLES;
      expect(Math.abs(pairs - share ** 2)).toBeLessThan(0.005);
    },
  );

  test("D16: dropout of a longer array begins with that of a shorter one", () => {
    const drawn = (length: number) =>
      new PhiloxStream(1, "dropout", 7).fillDropout(new Float32Array(length), 0.25);
    expect(drawn(1001).subarray(0, 333)).toEqual(drawn(333));
  });

  test("D3: uniform numbers have the moments and the distribution of [0, 1)", () => {
    for (const Type of [Float64Array, Float32Array]) {
      const sample = Float64Array.from(new PhiloxStream(1, "test").fillUniform(new Type(SAMPLES)));
      const mean = sample.reduce((sum, x) => sum + x) / SAMPLES;
      expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / SAMPLES));
      expect(Math.min(...sample.subarray(0, 50_000))).toBeGreaterThanOrEqual(0);
      expect(Math.max(...sample.subarray(0, 50_000))).toBeLessThan(1);
      expect(kolmogorovSmirnov(sample, (x) => x)).toBeLessThan(KS_LIMIT);
    }
  });

  test("D4: normal numbers have the moments and the distribution of N(0, 1)", () => {
    const sample = normals(2, "test");
    const moment = (power: number) => sample.reduce((sum, x) => sum + x ** power, 0) / SAMPLES;
    // Each within four standard errors: the variances of x, x^2, x^3, x^4 are 1, 2, 15, 96.
    expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / SAMPLES));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / SAMPLES));
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / SAMPLES));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / SAMPLES));
    // Tails: P(|x| > 3) = 0.0026998.
    const beyond = sample.reduce((count, x) => count + Number(Math.abs(x) > 3), 0);
    expect(Math.abs(beyond - 540)).toBeLessThan(4 * Math.sqrt(540));
    const logistic = (x: number) => 1 / (1 + Math.exp(-1.5976 * x - 0.07056 * x ** 3));
    // The approximation of the distribution function errs by up to 1.4e-4, hence the allowance.
    expect(kolmogorovSmirnov(sample, logistic)).toBeLessThan(KS_LIMIT + 1.4e-4 * Math.sqrt(SAMPLES));
  });

  test("D5: integers are uniform, also where 2^32 is no multiple of the bound", () => {
    const stream = new PhiloxStream(3, "test");
    const counts = new Float64Array(13);
    for (let i = 0; i < SAMPLES; i++) counts[stream.integer(13)]++;
    const expected = SAMPLES / 13;
    const chiSquare = counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(32.9); // 12 degrees of freedom, one in a thousand
    // A third of the words is above 3 * 2^30: plain `word % bound` would favour the lower third twofold.
    let low = 0;
    for (let i = 0; i < SAMPLES; i++) low += Number(stream.integer(3 * 2 ** 30) < 2 ** 30);
    expect(Math.abs(low / SAMPLES - 1 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / SAMPLES));
    expect(stream.integer(1)).toBe(0);
    expect(stream.integer(2 ** 32)).toBeGreaterThanOrEqual(0);
  });
});

describe("identity of streams", () => {
  test("D2: another seed, purpose or step gives uncorrelated numbers, also shifted by one", () => {
    const reference = normals(0, "noise", 0);
    const others = [
      normals(1, "noise", 0),
      normals(2 ** 32, "noise", 0),
      normals(2n ** 63n, "noise", 0),
      normals(0, "shuffle", 0),
      normals(0, "noisf", 0),
      normals(0, "noise", 1),
      normals(0, "noise", 2 ** 32),
      normals(0, "noise", 2 ** 53 - 1),
      normals(0, "noise", 0).subarray(1),
    ];
    for (const other of others) {
      const size = other.length;
      expect(Math.abs(correlation(other, reference.subarray(0, size)))).toBeLessThan(4.5 / Math.sqrt(size));
    }
  });

  test("D2: the first numbers of many steps and of many seeds are as random as those of one stream", () => {
    const bySteps = Float64Array.from({ length: 50_000 }, (_, i) =>
      new PhiloxStream(0, "noise", i).uniform(),
    );
    const bySeeds = Float64Array.from({ length: 50_000 }, (_, i) =>
      new PhiloxStream(i, "noise", 0).uniform(),
    );
    expect(kolmogorovSmirnov(bySteps, (x) => x)).toBeLessThan(KS_LIMIT);
    expect(kolmogorovSmirnov(bySeeds, (x) => x)).toBeLessThan(KS_LIMIT);
    expect(new Set(bySteps).size).toBe(bySteps.length);
  });

  test("words passed over are those that would have been drawn", () => {
    const words = (stream: PhiloxStream, count: number) =>
      Array.from({ length: count }, () => stream.uint32());
    const whole = words(new PhiloxStream(7, "skip", 3), 40);
    for (const [drawn, skipped] of [
      [0, 0],
      [0, 1],
      [0, 4],
      [3, 2],
      [4, 9],
      [5, 22],
    ] as const) {
      const stream = new PhiloxStream(7, "skip", 3);
      words(stream, drawn);
      expect(words(stream.skip(skipped), 3)).toEqual(whole.slice(drawn + skipped, drawn + skipped + 3));
    }
  });

  test("the same identity gives the same numbers, whether new, restarted, a number or a bigint", () => {
    const fresh = [...new PhiloxStream(7, "noise", 12).fillNormal(new Float32Array(33))];
    const used = new PhiloxStream(7n, "noise", 3);
    used.uniform();
    used.uint32();
    expect([...used.restart(12).fillNormal(new Float32Array(33))]).toEqual(fresh);
  });

  test("one by one and in bulk are the same numbers", () => {
    const single = new PhiloxStream(5, "x");
    const bulk = new PhiloxStream(5, "x");
    for (const value of bulk.fillNormal(new Float64Array(21))) expect(value).toBe(single.normal());
    for (const value of bulk.fillUniform(new Float64Array(21))) expect(value).toBe(single.uniform());
  });

  test("seeds and steps that are no such numbers are refused", () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 53, -1n, 2n ** 64n]) {
      expect(() => new PhiloxStream(seed, "x")).toThrow(UserError);
      expect(() => new PhiloxStream(seed, "x")).toThrow(/^seed: a seed is an integer/);
    }
    for (const step of [-1, 0.5, Number.NaN, 2 ** 53]) {
      expect(() => new PhiloxStream(0, "x", step)).toThrow(/a step is an integer/);
    }
    for (const bound of [0, -1, 1.5, 2 ** 32 + 1, Number.NaN]) {
      expect(() => new PhiloxStream(0, "x").integer(bound)).toThrow(/bound/);
    }
  });
});

describe("permutations", () => {
  test("D5: each is a bijection", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(), (n, seed) => {
        const order = new PhiloxStream(seed, "shuffle").permutation(n);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });

  test("D5: every order of four things is equally likely", () => {
    const stream = new PhiloxStream(11, "shuffle");
    const counts = new Map<string, number>();
    const draws = 48_000;
    for (let i = 0; i < draws; i++) {
      const order = stream.permutation(4).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const expected = draws / 24;
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(counts.size).toBe(24);
    expect(chiSquare).toBeLessThan(49.7); // 23 degrees of freedom, one in a thousand
  });

  test("one of 170,000 takes a moment", async () => {
    const stream = new PhiloxStream(0, "shuffle");
    stream.permutation(170_000);
    const { milliseconds } = await withProcessorTime(() => stream.permutation(170_000));
    expect(milliseconds).toBeLessThan(200); // 10 when measured alone
  });
});

// These bytes are in every checkpoint and every generated data set. They may only change with a note to the user.
describe("golden values", () => {
  test("words, numbers and orders of one stream", () => {
    const stream = new PhiloxStream(20260101, "golden", 3);
    expect({
      words: Array.from({ length: 6 }, () => stream.uint32().toString(16)),
      uniform: stream.uniform(),
      normals: [...stream.fillNormal(new Float64Array(3))],
      integers: Array.from({ length: 6 }, () => stream.integer(1000)),
      order: stream.permutation(8).join(" "),
    }).toMatchInlineSnapshot(`
      {
        "integers": [
          134,
          833,
          586,
          448,
          579,
          155,
        ],
        "normals": [
          -0.39791760767501005,
          1.1977719226110017,
          -1.6465573382634209,
        ],
        "order": "0 5 1 6 7 3 2 4",
        "uniform": 0.7087383402896321,
        "words": [
          "fe49b207",
          "741fb34a",
          "f847f695",
          "bc44cbdf",
          "f303c6fa",
          "5e46faca",
        ],
      }
    `);
  });

  test("D2: the hash of a purpose", () => {
    expect(
      ["", "noise", "shuffle", "näher"].map((text) => hashText(text).toString(16)),
    ).toMatchInlineSnapshot(`
      [
        "ab3e7c0b",
        "ccb8c1ed",
        "731a0468",
        "a759eac0",
      ]
    `);
  });
});
