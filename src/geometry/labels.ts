import { UserError } from "../errors.js";
import { assertNumericArray, type NumericArray } from "../numeric-array.js";

/** A label for every sample (rule G2). */
export interface Labels {
  /** How messages call them: a file, or "labels". */
  readonly name: string;
  /** Number of samples. */
  readonly count: number;
  /** Numbers in a label: 1 for a class, 2 for a pair of positions. */
  readonly width: number;
  /** [count], the class of each sample, as an index into `classes`. */
  readonly classOf: Uint32Array;
  /** [classes], the distinct labels in lexicographic order, `width` numbers each. */
  readonly classes: readonly (readonly number[])[];
  /** [classes], samples in each class. */
  readonly sizes: Uint32Array;
}

/**
 * Sorts samples into classes by equal labels (rule G2): integers or any real numbers, one a sample, or a row of
 * several a sample (positions, for instance), where the whole row is the label.
 * @param array shape [samples] or [samples, numbers a label].
 * @param name how messages call the array.
 * @throws UserError for data that do not fit the shape, an array with more axes or none, and for a label that is not a number.
 */
export function toLabels(array: NumericArray, name = "labels"): Labels {
  assertNumericArray(array, name);
  const [count = 0, width = 1] = array.shape;
  if (array.shape.length < 1 || array.shape.length > 2 || count < 1 || width < 1) {
    throw new UserError({
      where: name,
      what: `an array of shape [${array.shape.join(", ")}] is not a list of labels`,
      remedy: "Give one label per sample (shape [N]), or one row of numbers per sample (shape [N, k])",
    });
  }
  const rowOf = new Map<string, number>();
  const rows: number[][] = [];
  const found = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const row = Array.from(array.data.subarray(i * width, (i + 1) * width));
    const column = row.findIndex(Number.isNaN);
    if (column >= 0) {
      throw new UserError({
        where: `${name}, row ${i}, column ${column} (both counted from 0)`,
        what: "the label is NaN",
        remedy: "Give every sample a label, or drop the sample",
      });
    }
    const key = row.join();
    const known = rowOf.get(key) ?? rows.push(row) - 1;
    rowOf.set(key, known);
    found[i] = known;
  }
  const order = rows.map((_, k) => k).sort((a, b) => compareRows(rows[a], rows[b]));
  const rank = new Uint32Array(rows.length);
  for (const [position, k] of order.entries()) rank[k] = position;
  const classOf = found.map((k) => rank[k]);
  const sizes = new Uint32Array(rows.length);
  for (const k of classOf) sizes[k] += 1;
  return { name, count, width, classOf, classes: order.map((k) => rows[k]), sizes };
}

function compareRows(a: readonly number[], b: readonly number[]): number {
  const column = a.findIndex((value, k) => value !== b[k]);
  return column < 0 ? 0 : a[column] < b[column] ? -1 : 1;
}
