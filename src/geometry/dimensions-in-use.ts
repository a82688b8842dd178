import { columnCentre } from "../linear-algebra/centring.js";
import type { NumericData } from "../numeric-array.js";
import { requireOption } from "./range.js";

/**
 * Samples of a code in any precision, as {@link columnVariances} takes them: `Points` and `Rows` are such.
 */
export interface CodeTable {
  readonly count: number;
  readonly dimension: number;
  /** [count, dimension], row-major. */
  readonly coordinates: NumericData;
}

/**
 * A dimension of a code is in use where its value varies over the samples by more than this variance (rule G17), in the
 * squared units of the code: a standard deviation of 0.1.
 * Source: Burda, Grosse and Salakhutdinov, "Importance weighted autoencoders" (2016), section 5.2.
 */
export const USED_VARIANCE = 0.01;

/**
 * The dimensions of a code that are in use (rule G17).
 * @param minVariance what the variance over samples (divisor: their number) has to exceed, in squared units
 * of the code.
 * @returns their numbers from 0, ascending; none where no dimension varies enough.
 * @throws UserError for a `minVariance` below 0, or that is no number.
 */
export function dimensionsInUse(codes: CodeTable, minVariance = USED_VARIANCE): number[] {
  requireOption("dimensions in use, minVariance", minVariance, minVariance >= 0, "a variance of at least 0");
  const variances = columnVariances(codes, { divisor: codes.count });
  return [...variances.keys()].filter((dimension) => variances[dimension] > minVariance);
}

/**
 * The variance of each dimension over samples: exactly 0 for a dimension that does not vary.
 * @param codes [count, dimension].
 * @param options which samples, and what to divide by.
 * @param options.rows the samples, by their rows; all by default.
 * @param options.divisor the number of samples minus 1 by default.
 * @returns [dimension], in squared units of the coordinates; NaN for a single sample and the default divisor.
 */
export function columnVariances(
  { count, dimension, coordinates }: CodeTable,
  options: { readonly rows?: Uint32Array; readonly divisor?: number } = {},
): Float64Array {
  const { rows = Uint32Array.from({ length: count }, (_, row) => row) } = options;
  const { divisor = rows.length - 1 } = options;
  const { origin, shift } = columnCentre({ dimension, coordinates }, rows);
  const variances = new Float64Array(dimension);
  for (const row of rows) {
    for (let d = 0; d < dimension; d++) {
      variances[d] += (coordinates[row * dimension + d] - origin[d] - shift[d]) ** 2 / divisor;
    }
  }
  return variances;
}
