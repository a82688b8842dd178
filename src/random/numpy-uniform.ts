import { mersenne } from "pure-rand/generator/mersenne";
import { refuse } from "../errors.js";

/**
 * The uniform numbers of NumPy's `RandomState(seed).random_sample()`, to the last bit, for masks that a paper's code
 * drew with them: the Mersenne Twister MT19937 of Matsumoto and Nishimura (1998), two of its words a number. Our own numbers
 * come from Philox (rule D1).
 * @param seed an integer in [0, 2^32).
 * @returns a function that gives the next multiple of 2^-53 in [0, 1).
 * @throws UserError for another seed.
 */
export function numpyUniform(seed: number): () => number {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) {
    const what = `a seed of NumPy's RandomState is an integer from 0 to 2^32 - 1; got ${seed}`;
    refuse("seed", what, "Give 0, for instance");
  }
  const twister = mersenne(seed);
  return () => {
    const high = twister.next() >>> 5;
    return (high * 2 ** 26 + (twister.next() >>> 6)) / 2 ** 53;
  };
}
