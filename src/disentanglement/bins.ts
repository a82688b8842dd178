import type { Points } from "../geometry/points.js";

/**
 * Sorts the values of one dimension of a code into bins of equal width between their minimum and maximum; the maximum
 * belongs to the last bin (rule M2). A dimension that does not vary is all in bin 0.
 * @param rows the samples that are sorted; minimum and maximum are theirs.
 * @returns [rows]: bins, from 0.
 */
export function equalWidthBins(
  { coordinates, dimension }: Points,
  column: number,
  rows: Uint32Array,
  bins: number,
): Uint32Array {
  const values = new Float64Array(rows.length);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < rows.length; i++) {
    const value = coordinates[rows[i] * dimension + column];
    values[i] = value;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const width = (high - low) / bins;
  const found = new Uint32Array(rows.length);
  if (!(width > 0)) return found;
  for (let i = 0; i < values.length; i++) {
    let bin = Math.min(bins - 1, Math.floor((values[i] - low) / width));
    // Edges as NumPy computes them, so that values on an edge fall where they fall in the reference.
    while (bin > 0 && values[i] < bin * width + low) bin--;
    while (bin + 1 < bins && values[i] >= (bin + 1) * width + low) bin++;
    found[i] = bin;
  }
  return found;
}
