/** What decides how large the scales of an Echo channel may be. */
export interface EchoSum {
  /** Terms of the noise's sum that are kept, d. */
  readonly terms: number;
  /** Bound M on the size of every dimension of f. */
  readonly magnitude: number;
}

/** Unit roundoff of float32: what the dropped rest of the sum may amount to. */
const PRECISION = 2 ** -23;

/**
 * The clip factor r of Echo noise: the largest bound on the scales for which the terms that are left out, at most
 * M r^d / (1 - r) together, are within the precision of float32 ("Exact rate-distortion", spec section 1.3). By bisection, to
 * the last bit: the left side grows with r.
 * @throws RangeError when `terms` is not a whole number above 0 or `magnitude` is not above 0.
 */
export function echoClipFactor({ terms, magnitude }: EchoSum): number {
  if (!(Number.isInteger(terms) && terms > 0 && magnitude > 0 && Number.isFinite(magnitude))) {
    throw new RangeError(`Echo noise needs terms and a magnitude above 0; got ${terms} and ${magnitude}`);
  }
  let low = 0;
  let high = 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return low;
    if ((magnitude * middle ** terms) / (1 - middle) <= PRECISION) low = middle;
    else high = middle;
  }
}
