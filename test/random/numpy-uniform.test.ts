import { expect, test } from "vitest";
import { numpyUniform } from "../../src/random/numpy-uniform.js";

/** `numpy.random.RandomState(42).random_sample(4)` as the authors' mask begins, to the digits given. */
test("seed 42 begins as NumPy's does", () => {
  const uniform = numpyUniform(42);
  for (const expected of [0.37454, 0.950714, 0.731994, 0.598658]) expect(uniform()).toBeCloseTo(expected, 6);
});

/** MT19937's 10,000th word from seed 5489 is 4123659995 (C++ standard, [rand.predef]). */
test("the words are those of the Mersenne Twister", () => {
  const uniform = numpyUniform(5489);
  let last = 0;
  for (let k = 0; k < 5000; k++) last = uniform();
  // The second word of the 5000th number gives its lowest 26 bits.
  expect((last * 2 ** 53) % 2 ** 26).toBe(4123659995 >>> 6);
});

test("the greatest seed is taken, others are refused", () => {
  expect(numpyUniform(2 ** 32 - 1)()).not.toBe(numpyUniform(2 ** 31 - 1)());
  for (const seed of [-1, 2 ** 32, 0.5, Number.NaN])
    expect(() => numpyUniform(seed)).toThrow(
      expect.objectContaining({ name: "UserError", message: expect.stringMatching(/0 to 2\^32 - 1/) }),
    );
});
