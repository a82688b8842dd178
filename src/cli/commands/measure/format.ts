import type { NumericArray } from "../../../numeric-array.js";

/** Numbers as nested lists, outermost axis first; NaN becomes null, as JSON has none. */
export type Nested = (number | null)[] | Nested[];

/** An array as the nested lists of its axes. */
export function nested({ shape, data }: Pick<NumericArray, "shape" | "data">): Nested {
  const [extent, ...rest] = shape;
  if (rest.length === 0) return Array.from(data, (value) => (Number.isNaN(value) ? null : value));
  const size = data.length / extent;
  return Array.from({ length: extent }, (_, k) =>
    nested({ shape: rest, data: data.subarray(k * size, (k + 1) * size) }),
  ) as Nested[];
}

/** Labels as JSON has them: a number where a label is one, a list where it is several. */
export function plainLabels(classes: readonly (readonly number[])[]): (number | readonly number[])[] {
  return classes.map((row) => (row.length === 1 ? row[0] : row));
}

/** A label for people: `3`, or `(0, 12)`. */
export function labelText(row: readonly number[]): string {
  return row.length === 1 ? String(row[0]) : `(${row.join(", ")})`;
}

/** Four digits after the point, or four significant ones where that would hide the number. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(3) : value.toFixed(4);
}

/** Rows of cells as right-aligned columns. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => cell.padStart(widths[column])).join("  "));
}
