/**
 * Philox 4x32 with 10 rounds, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3" (SC11): a keyed bijection of 128-bit counters whose outputs pass BigCrush. As it
 * is a function and not a sequence, any position of any stream costs the same, and there is no state to save.
 */

// The multipliers and the Weyl increments of the paper; the multipliers also as 16-bit halves.
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_0_HIGH = MULTIPLIER_0 >>> 16;
const MULTIPLIER_0_LOW = MULTIPLIER_0 & 0xffff;
const MULTIPLIER_1 = 0xcd9e8d57;
const MULTIPLIER_1_HIGH = MULTIPLIER_1 >>> 16;
const MULTIPLIER_1_LOW = MULTIPLIER_1 & 0xffff;
const KEY_STEP_0 = 0x9e3779b9;
const KEY_STEP_1 = 0xbb67ae85;
const ROUNDS = 10;

/** The upper 32 bits of `a` times the 32-bit number whose halves are `high` and `low`, as a signed integer. */
function multiplyHigh(a: number, high: number, low: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const middle = (Math.imul(aHigh, low) + (Math.imul(aLow, low) >>> 16)) >>> 0;
  const carry = (Math.imul(aLow, high) + (middle & 0xffff)) >>> 0;
  return (Math.imul(aHigh, high) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/**
 * One block of Philox 4x32-10: four random words from a counter and a key (rule D1).
 * @param counter four words, word 0 least significant; not changed.
 * @param key two words; not changed.
 * @param out receives the four words; may be `counter` itself.
 */
export function philox4x32(counter: Uint32Array, key: Uint32Array, out: Uint32Array): void {
  let c0 = counter[0] | 0;
  let c1 = counter[1] | 0;
  let c2 = counter[2] | 0;
  let c3 = counter[3] | 0;
  let k0 = key[0] | 0;
  let k1 = key[1] | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(c0, MULTIPLIER_0_HIGH, MULTIPLIER_0_LOW);
    const high1 = multiplyHigh(c2, MULTIPLIER_1_HIGH, MULTIPLIER_1_LOW);
    const low0 = Math.imul(c0, MULTIPLIER_0);
    const low1 = Math.imul(c2, MULTIPLIER_1);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + KEY_STEP_0) | 0;
    k1 = (k1 + KEY_STEP_1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}
