/** Unit roundoff of float32. */
const UNIT = 2 ** -24;
/** What underflow may take from one term, of either factor and of their product: a few times the smallest normal float32. */
const UNDERFLOW = 2 ** -122;
/** Roundings in addition to those of the sums: coordinates, squared lengths, and the bounds themselves; generously. */
const OTHER_ROUNDINGS = 8;

/** How far a squared distance of the program may be from the truth: `relative * (|x|^2 + |y|^2) + absolute`. */
export interface Rounding {
  readonly relative: number;
  readonly absolute: number;
}

/**
 * A bound of the error of squared distances |x|^2 + |y|^2 - 2 x.y that a program computes in float32 from rows about the origin.
 * Whatever order it sums in, no term passes through more than `width + parts` roundings, so the error is at most
 * gamma = m u / (1 - m u) of the sum of the terms' sizes (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1), which
 * is at most 2 (|x|^2 + |y|^2); that the rows themselves were rounded to float32 adds at most 4 u of that.
 * @param width columns that are summed by one matrix product.
 * @param parts products that are added up.
 * @param productError relative error of one product of two numbers, beyond float32's own, on devices that round the factors.
 */
export function roundingOf(width: number, parts: number, productError: number): Rounding {
  const roundings = (width + parts + OTHER_ROUNDINGS) * UNIT;
  return {
    relative: (2 * roundings) / (1 - roundings) + 2 * productError,
    absolute: width * parts * UNDERFLOW,
  };
}
