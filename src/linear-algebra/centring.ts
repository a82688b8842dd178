import type { NumericData } from "../numeric-array.js";

/** Rows of numbers in any precision. */
interface Table {
  readonly dimension: number;
  /** [rows, dimension], row-major. */
  readonly coordinates: NumericData;
}

/** The mean of each column in two parts, which are taken off one after the other. */
interface ColumnCentre {
  /** [dimension], the first row. */
  readonly origin: Float64Array;
  /** [dimension], of the mean from there: exactly 0 where the column does not vary. */
  readonly shift: Float64Array;
  /** [dimension], both together, rounded. */
  readonly mean: Float64Array;
}

/**
 * The means of columns, from their first row on: as sums of x / N alone they would leave a column that does not vary a remainder of
 * rounding, which is all there is of it and would be taken for its variance.
 * @param rows which rows; all by default.
 */
export function columnCentre({ coordinates, dimension }: Table, rows?: Uint32Array): ColumnCentre {
  const count = rows ? rows.length : coordinates.length / dimension;
  const rowAt = (place: number) => (rows ? rows[place]! : place);
  const first = rowAt(0) * dimension;
  const origin = Float64Array.from(coordinates.subarray(first, first + dimension));
  const shift = new Float64Array(dimension);
  for (let place = 0; place < count; place++) {
    const start = rowAt(place) * dimension;
    for (let c = 0; c < dimension; c++) shift[c]! += (coordinates[start + c]! - origin[c]!) / count;
  }
  return { origin, shift, mean: origin.map((value, c) => value + shift[c]!) };
}

/** Rows about the mean of their columns, and that mean: exactly 0 in a column that does not vary. */
export function centredRows(table: Table): { readonly mean: Float64Array; readonly centred: Float64Array } {
  const { coordinates, dimension } = table;
  const { origin, shift, mean } = columnCentre(table);
  const centred = new Float64Array(coordinates.length);
  for (let at = 0; at < centred.length; at++) {
    const c = at % dimension;
    centred[at] = coordinates[at]! - origin[c]! - shift[c]!;
  }
  return { mean, centred };
}
