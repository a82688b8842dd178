import type { Rows } from "../geometry/neighbours/index.js";
import { assertFinite } from "./rows.js";

/** Rows about their middle and in a unit that float32 can square: nothing that moves or scales all of them alters their order by distance. */
export interface CentredRows {
  readonly rows: Rows;
  /** The middle, [dimension]: what is subtracted from each row. Its own rounding moves all rows alike. */
  readonly means: Float64Array;
  /** A power of two by which centred coordinates are multiplied; the longest row is then between 1/2 and 1. */
  readonly scale: number;
  /** Squared lengths of the centred, scaled rows, [count]. */
  readonly squaredLengths: Float64Array;
}

/** Above this some entry may be beyond what rows may hold. */
const LARGEST_SQUARE = 1e200;
/** A squared length so many times the median one is no part of the middle. */
const FAR = 100;

/**
 * Moves rows to their middle, in float64. Without it float32 would lose what tells points apart that lie far from the origin. The middle is the mean; where
 * some rows lie ten times as far from it as most do, the mean of the others, so that a row gone astray does not take their digits.
 * @throws UserError for a number that is not finite, or beyond 1e100, naming its row and column.
 */
export function centreRows(rows: Rows): CentredRows {
  let means = columnMeans(rows, () => true);
  let squaredLengths = lengthsAbout(rows, means);
  if (!squaredLengths.every((length) => length <= LARGEST_SQUARE)) assertFinite(rows);
  const limit = FAR * squaredLengths.toSorted()[rows.count >> 1];
  if (squaredLengths.some((length) => length > limit)) {
    means = columnMeans(rows, (row) => squaredLengths[row] <= limit);
    squaredLengths = lengthsAbout(rows, means);
  }
  const largest = squaredLengths.reduce((most, length) => Math.max(most, length), 0);
  const scale = largest === 0 ? 1 : 2 ** -Math.ceil(Math.log2(largest) / 2);
  for (let i = 0; i < squaredLengths.length; i++) squaredLengths[i] *= scale * scale;
  return { rows, means, scale, squaredLengths };
}

function columnMeans(
  { coordinates, count, dimension }: Rows,
  isTaken: (row: number) => boolean,
): Float64Array {
  const sums = new Float64Array(dimension);
  let taken = 0;
  for (let i = 0; i < count; i++) {
    if (!isTaken(i)) continue;
    taken += 1;
    for (let c = 0, at = i * dimension; c < dimension; c++) sums[c] += coordinates[at++];
  }
  return sums.map((sum) => sum / taken);
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
