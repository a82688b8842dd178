import { expect, test } from "vitest";
import { normalFromWord } from "../../src/random/normal-quantile.js";

/** The standard normal distribution function, by its series for moderate x and its continued fraction beyond. */
function normalDistribution(x: number): number {
  if (x > 0) return 1 - normalDistribution(-x);
  const density = Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < -3) {
    let fraction = -x;
    for (let k = 200; k >= 1; k--) fraction = -x + k / fraction;
    return density / fraction;
  }
  let sum = x;
  let term = x;
  for (let n = 3; n < 200; n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return 0.5 + density * sum;
}

const WORDS = [0, 1, 2, 7, 1000, 123456, 5e6, 322122546, 322122547, 322122548, 5e8, 1e9, 2e9, 2147483647];

test.each(WORDS)("D4: the distribution function undoes the quantile of word %i", (word) => {
  const p = (word + 0.5) / 2 ** 32;
  expect(Math.abs(normalDistribution(normalFromWord(word)) / p - 1)).toBeLessThan(1e-12);
});

test("D4: the quantile is odd and rises with the word", () => {
  for (const word of WORDS) expect(normalFromWord(2 ** 32 - 1 - word)).toBe(-normalFromWord(word));
  const values = WORDS.map(normalFromWord);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(values[0]).toBeCloseTo(-6.3379, 3);
});

test("D4: the golden bits of a few values", () => {
  expect([0, 42, 322122546, 322122547, 2147483647, 4000000000].map(normalFromWord)).toMatchInlineSnapshot(`
    [
      -6.337957754553788,
      -5.613821783768956,
      -1.4395314720898145,
      -1.4395314704450153,
      -2.9180993729166234e-10,
      1.4857137558957345,
    ]
  `);
});
