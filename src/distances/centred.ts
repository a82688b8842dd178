import { pickedPoints } from "../geometry/neighbours/duplicates.js";
import type { Rows } from "../geometry/neighbours/index.js";
import { assertExtent, assertFinite } from "../geometry/range.js";

/** Where the middle of rows is, their unit, and how long each is in it: what is kept of centred rows where the rows themselves are not in memory. */
export interface Centring {
  /** The middle, [dimension], in float32 if the rows are: what is subtracted from each row. Its own rounding moves all rows alike. */
  readonly means: Float64Array;
  /** A power of two by which centred coordinates are multiplied; the longest row is then between 1/2 and 1. */
  readonly scale: number;
  /** Squared lengths of the centred, scaled rows, [count]. */
  readonly squaredLengths: Float64Array;
  /**
   * Where these rows stand for others (sketch.ts): the squared distance of two of those is below that of these by no more than the sum
   * of what both have in `below`, and above it by no more than the sum of theirs in `above`, each [count].
   */
  readonly leeway?: { readonly below: Float64Array; readonly above: Float64Array } | undefined;
}

/** Rows about their middle and in a unit that float32 can square: nothing that moves or scales all of them alters their order by distance. */
export interface CentredRows extends Centring {
  readonly rows: Rows;
}

/** Above this some entry may be beyond what rows may hold. */
const LARGEST_SQUARE = 1e200;
/** Below this squares may have lost digits to underflow. */
const SMALLEST_SQUARE = 1e-200;
/** Rows with a squared length of more than this multiple of the median are left out of the middle. */
const FAR = 100;
/** Rows whose mean is taken, or a few more: it need not be the true one, and every column of every row takes long. */
const ENOUGH_ROWS = 1024;

/**
 * Moves rows to their middle, in float64. Without it float32 could not distinguish points that lie far from the origin. The middle is the mean of a
 * thousand rows or more; where some rows lie ten times as far from it as most do, of such among the others, so that a row gone astray does not take their digits.
 * @throws UserError for a number that is not finite, or beyond 1e100, naming its row and column; for rows so near to each other that squares underflow.
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
  const largest = squaredLengths.reduce((maximum, length) => Math.max(maximum, length), 0);
  if (largest < SMALLEST_SQUARE) assertExtent(rows);
  const scale = largest === 0 ? 1 : 2 ** -Math.ceil(Math.log2(largest) / 2);
  for (let i = 0; i < squaredLengths.length; i++) squaredLengths[i] *= scale * scale;
  return { rows, means, scale, squaredLengths };
}

/** Some of the rows, about the same middle and in the same unit. */
export function pickCentred(centred: CentredRows, picked: Int32Array): CentredRows {
  const { rows, squaredLengths, leeway } = centred;
  const ofPicked = (values: Float64Array) => Float64Array.from(picked, (row) => values[row]);
  return {
    ...centred,
    rows: pickedPoints(rows, picked),
    squaredLengths: ofPicked(squaredLengths),
    leeway: leeway && { below: ofPicked(leeway.below), above: ofPicked(leeway.above) },
  };
}

/** Writes a row's centred, scaled coordinates from `at` on. */
export function writeCentred(
  { rows: { coordinates, dimension }, means, scale }: CentredRows,
  row: number,
  into: Float32Array,
  at: number,
): void {
  const from = row * dimension;
  for (let c = 0; c < dimension; c++) into[at + c] = (coordinates[from + c] - means[c]) * scale;
}

function columnMeans(
  { coordinates, count, dimension }: Rows,
  isTaken: (row: number) => boolean,
): Float64Array {
  const sums = new Float64Array(dimension);
  const stride = Math.max(1, Math.floor(count / ENOUGH_ROWS));
  let seen = 0;
  let taken = 0;
  for (let i = 0; i < count; i++) {
    if (!isTaken(i) || seen++ % stride > 0) continue;
    taken += 1;
    for (let c = 0, at = i * dimension; c < dimension; c++) sums[c] += coordinates[at++];
  }
  const isSingle = coordinates instanceof Float32Array;
  return sums.map((sum) => (isSingle ? Math.fround(sum / taken) : sum / taken));
}

function lengthsAbout({ coordinates, count, dimension }: Rows, means: Float64Array): Float64Array {
  const squaredLengths = new Float64Array(count);
  const whole = dimension - (dimension % 4);
  for (let i = 0, at = 0; i < count; i++, at += dimension) {
    // Four sums, as in distance.ts.
    let [first, second, third, fourth] = [0, 0, 0, 0];
    for (let c = 0; c < whole; c += 4) {
      const d0 = coordinates[at + c] - means[c];
      const d1 = coordinates[at + c + 1] - means[c + 1];
      const d2 = coordinates[at + c + 2] - means[c + 2];
      const d3 = coordinates[at + c + 3] - means[c + 3];
      first += d0 * d0;
      second += d1 * d1;
      third += d2 * d2;
      fourth += d3 * d3;
    }
    for (let c = whole; c < dimension; c++) first += (coordinates[at + c] - means[c]) ** 2;
    squaredLengths[i] = first + second + (third + fourth);
  }
  return squaredLengths;
}

/** A distance of the rows as given, as a squared distance in the unit of the centred ones. */
export function inUnit({ scale }: CentredRows, distance: number): number {
  return (distance * scale) ** 2;
}
