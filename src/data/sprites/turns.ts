/** Cosine and sine of an angle. */
export interface Direction {
  readonly cos: number;
  readonly sin: number;
}

/** The last odd power of the sine's series; at a quarter turn the next term is below 1e-20. */
const LAST_POWER = 27;

/**
 * The direction of `k / n` of a full turn. Made with + - * / only, which IEEE 754 fixes to the last bit: equal in every engine,
 * which Math.sin is not. Quarter turns are exact.
 * @param k an integer of at least 0.
 * @param n an integer of at least 1; k and n below 2^50.
 */
export function turn(k: number, n: number): Direction {
  const rest = (4 * k) % n;
  const quarter = ((4 * k - rest) / n) % 4;
  const angle = (Math.PI / 2) * (rest / n);
  const cos = series(angle, 0);
  const sin = series(angle, 1);
  if (quarter === 0) return { cos, sin };
  if (quarter === 1) return { cos: -sin, sin: cos };
  if (quarter === 2) return { cos: -cos, sin: -sin };
  return { cos: sin, sin: -cos };
}

/** Taylor series of the cosine (first power 0) or the sine (1) for an angle in [0, pi / 2), smallest terms first. */
function series(angle: number, firstPower: 0 | 1): number {
  let sum = 1;
  for (let power = LAST_POWER - 1 + firstPower; power > firstPower; power -= 2) {
    sum = 1 - (sum * angle * angle) / (power * (power - 1));
  }
  return firstPower === 0 ? sum : sum * angle;
}
