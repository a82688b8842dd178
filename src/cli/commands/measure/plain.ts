import type { NumericArray } from "../../../numeric-array.js";

/** Numbers as nested lists, outermost axis first; NaN becomes null, as JSON has none. */
type Nested = (number | null)[] | Nested[];

/** An array as the nested lists of its axes. */
export function nested({ shape, data }: Pick<NumericArray, "shape" | "data">): Nested {
  const [extent = 0, ...rest] = shape;
  if (rest.length === 0) return Array.from(data, (value) => (Number.isNaN(value) ? null : value));
  const size = data.length / extent;
  return Array.from({ length: extent }, (_, k) =>
    nested({ shape: rest, data: data.subarray(k * size, (k + 1) * size) }),
  ) as Nested[];
}

/** A number for JSON, which has no NaN and no infinity: what is undefined is null, what is infinite a word. */
export function plainNumber(value: number): number | string | null {
  if (Number.isNaN(value)) return null;
  return Number.isFinite(value) ? value : String(value);
}

/** Labels as JSON has them: a number where a label is one, a list where it is several. */
export function plainLabels(classes: readonly (readonly number[])[]): (number | readonly number[])[] {
  return classes.map((row) => (row.length === 1 ? row[0]! : row));
}

/** A label for people: `3`, or `(0, 12)`. */
export function labelText(row: readonly number[]): string {
  return row.length === 1 ? String(row[0]) : `(${row.join(", ")})`;
}
