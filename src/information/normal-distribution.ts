const LOG_ROOT_TWO_PI = Math.log(2 * Math.PI) / 2;
/** Beyond this the series about 0 loses digits, and the continued fraction needs few terms. */
const TAIL = 3;
const FRACTION_TERMS = 60;

/**
 * The logarithm of the standard normal distribution function, in both tails as exact as in the middle (about 1e-13): it
 * never underflows. Source: the power series in Marsaglia, "Evaluating the normal distribution" (2004), and Laplace's
 * continued fraction for the tails.
 */
export function logNormalCdf(z: number): number {
  if (z < -TAIL) return logTail(-z);
  if (z > TAIL) return Math.log1p(-Math.exp(logTail(z)));
  let term = z;
  let sum = z;
  for (let odd = 3; Math.abs(term) > 1e-17; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return Math.log(0.5 + sum * Math.exp(-z * z * 0.5 - LOG_ROOT_TWO_PI));
}

/** The logarithm of the probability of more than z, for z well above 0. */
function logTail(z: number): number {
  let fraction = z;
  for (let k = FRACTION_TERMS; k > 0; k--) fraction = z + k / fraction;
  return -z * z * 0.5 - LOG_ROOT_TWO_PI - Math.log(fraction);
}
