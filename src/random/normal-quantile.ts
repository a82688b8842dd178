/**
 * A random word as a standard normal number, by inverting the distribution function: Wichura, "Algorithm AS 241:
 * the percentage points of the normal distribution", Applied Statistics 37 (1988), routine PPND16 (relative error
 * about 1e-16). Only + - * / and sqrt are used, and these are exact to the last bit in every engine, which
 * Math.log, Math.cos and Math.exp are not: the same word is the same number in Node and in every browser.
 */

const HALF_OF_WORDS = 0x80000000;
const CENTRE_HALF_WIDTH = 0.425;

/** The natural logarithm of an integer in [1, 2^32), by the series of artanh; error below 1e-15. */
function logOfInteger(n: number): number {
  let exponent = 31 - Math.clz32(n);
  let mantissa = n / ((1 << exponent) >>> 0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const t = s * s;
  let series = 1 / 19;
  for (let odd = 17; odd >= 1; odd -= 2) series = series * t + 1 / odd;
  return exponent * Math.LN2 + 2 * s * series;
}

/**
 * The standard normal quantile of p = (word + 1/2) / 2^32 (rule D4).
 * @param word an unsigned 32-bit integer.
 * @returns a number in about [-6.34, 6.34]; increasing in `word`, and odd about the middle of its range.
 */
export function normalFromWord(word: number): number {
  const q = (word + 0.5 - HALF_OF_WORDS) / 2 ** 32;
  if (q <= CENTRE_HALF_WIDTH && q >= -CENTRE_HALF_WIDTH) {
    const r = 0.180625 - q * q;
    const numerator =
      ((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
        13731.69376550946) *
        r +
        1971.5909503065513) *
        r +
        133.14166789178438) *
        r +
      3.3871328727963665;
    const denominator =
      ((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) *
        r +
        5394.196021424751) *
        r +
        687.1870074920579) *
        r +
        42.31333070160091) *
        r +
      1;
    return (q * numerator) / denominator;
  }
  // Twice the smaller tail probability's numerator plus one: an odd integer n with tail = n / 2^33.
  const n = 2 * (q < 0 ? word : 0xffffffff - word) + 1;
  const r = Math.sqrt(33 * Math.LN2 - logOfInteger(n)) - 1.6;
  const numerator =
    ((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r +
      1.2704582524523684) *
      r +
      3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
    1.4234371107496835;
  const denominator =
    ((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r +
      0.14810397642748008) *
      r +
      0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
    1;
  return q < 0 ? -numerator / denominator : numerator / denominator;
}
