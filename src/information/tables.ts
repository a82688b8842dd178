import { refuse } from "../errors.js";
import { assertNumericArray, type NumericArray, type NumericData } from "../numeric-array.js";

/**
 * Asserts that an array is a table of finite numbers.
 * @param name how messages call it.
 * @param expected the extents that it must have; undefined where any will do.
 * @returns rows and columns.
 * @throws UserError otherwise.
 */
export function assertFiniteTable(
  array: NumericArray,
  name: string,
  expected: readonly [rows: number | undefined, columns: number | undefined] = [undefined, undefined],
): readonly [rows: number, columns: number] {
  assertNumericArray(array, name);
  const { shape, data } = array;
  const fits = shape.length === 2 && shape.every((extent, axis) => extent === (expected[axis] ?? extent));
  if (!fits || data.length === 0) {
    refuse(
      name,
      `it has shape [${shape.join(", ")}], where [${expected.map((extent, axis) => extent ?? "ND"[axis]).join(", ")}] is expected`,
      "Give one row per sample and one column per dimension",
    );
  }
  const remedy = "Drop this sample, or look for what made the model diverge";
  assertEntries(data, shape[1], name, Number.isFinite, "is not a finite number", remedy);
  return [shape[0], shape[1]];
}

/**
 * Asserts that every entry of a table is good.
 * @throws UserError naming the first that is not.
 */
export function assertEntries(
  data: NumericData,
  columns: number,
  name: string,
  isGood: (value: number) => boolean,
  what: string,
  remedy: string,
): void {
  const bad = data.findIndex((value: number) => !isGood(value));
  if (bad < 0) return;
  const where = `${name}, row ${Math.floor(bad / columns)}, column ${bad % columns} (both counted from 0)`;
  refuse(where, `${data[bad]} ${what}`, remedy);
}

/**
 * Asserts that a list holds finite numbers only.
 * @throws UserError naming the first other one.
 */
export function assertFiniteList(values: ArrayLike<number>, name: string): void {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i])) notFinite(`${name}, ${i}`, values[i]);
}

/** Below this a sum of squares has lost digits to underflow. */
const SMALL_SQUARES = 1e-280;

/**
 * The standard deviation of values (divisor: count - 1) from the sum of their squared differences from their mean.
 * @param name how messages call the values.
 * @throws UserError for values so large or small that float64 does not hold the squares, or that are all equal.
 */
export function deviationOf(squares: number, count: number, name: string): number {
  const deviation = Math.sqrt(squares / (count - 1));
  if (squares > SMALL_SQUARES && squares < Number.POSITIVE_INFINITY) return deviation;
  return refuse(
    name,
    `their standard deviation is ${deviation}, whose square float64 does not hold to all digits`,
    "Give values that vary, of moderate size",
  );
}

/** Refuses a value of a list that is not a finite number. */
export function notFinite(place: string, value: number): never {
  const remedy = "Drop it, or look for what made the model diverge";
  refuse(`${place} (counted from 0)`, `${value} is not a finite number`, remedy);
}
