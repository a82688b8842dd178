import type { Rows } from "../geometry/neighbours/index.js";
import { assertFinite } from "./rows.js";

/** Rows about their mean and in a unit that float32 can square: nothing that moves or scales all of them alters their order by distance. */
export interface CentredRows {
  readonly rows: Rows;
  /** Mean of each column, [dimension]; exactly what is subtracted, so its own rounding moves all rows alike. */
  readonly means: Float64Array;
  /** A power of two by which centred coordinates are multiplied; the longest row is then between 1/2 and 1. */
  readonly scale: number;
  /** Squared lengths of the centred, scaled rows, [count]. */
  readonly squaredLengths: Float64Array;
}

/** Above this some entry may be beyond what rows may hold. */
const LARGEST_SQUARE = 1e200;

/**
 * Centres rows in float64. Without it float32 would lose what tells points apart that lie far from the origin.
 * @throws UserError for a number that is not finite, or beyond 1e100, naming its row and column.
 */
export function centreRows(rows: Rows): CentredRows {
  const means = columnMeans(rows);
  const squaredLengths = lengthsAbout(rows, means);
  if (!squaredLengths.every((length) => length <= LARGEST_SQUARE)) assertFinite(rows);
  const largest = squaredLengths.reduce((most, length) => Math.max(most, length), 0);
  const scale = largest === 0 ? 1 : 2 ** -Math.ceil(Math.log2(largest) / 2);
  for (let i = 0; i < squaredLengths.length; i++) squaredLengths[i] *= scale * scale;
  return { rows, means, scale, squaredLengths };
}

function columnMeans({ coordinates, count, dimension }: Rows): Float64Array {
  const sums = new Float64Array(dimension);
  for (let i = 0, at = 0; i < count; i++) {
    for (let c = 0; c < dimension; c++) sums[c] += coordinates[at++];
  }
  return sums.map((sum) => sum / count);
}

function lengthsAbout({ coordinates, count, dimension }: Rows, means: Float64Array): Float64Array {
  const squaredLengths = new Float64Array(count);
  for (let i = 0, at = 0; i < count; i++) {
    let sum = 0;
    for (let c = 0; c < dimension; c++) {
      const difference = coordinates[at++] - means[c];
      sum += difference * difference;
    }
    squaredLengths[i] = sum;
  }
  return squaredLengths;
}
