import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";

/** A refusal of what was given to a measure. */
export function refuse(where: string, what: string, remedy: string): UserError {
  return new UserError({ where, what, remedy });
}

/**
 * Asserts that an array is a table of finite numbers.
 * @param name how messages call it.
 * @param expected the extents that it must have; undefined where any will do.
 * @returns rows and columns.
 * @throws UserError otherwise.
 */
export function assertFiniteTable(
  { shape, data }: NumericArray,
  name: string,
  expected: readonly [rows: number | undefined, columns: number | undefined] = [undefined, undefined],
): readonly [rows: number, columns: number] {
  const fits = shape.length === 2 && shape.every((extent, axis) => extent === (expected[axis] ?? extent));
  if (!fits || data.length === 0) {
    throw refuse(
      name,
      `it has shape [${shape.join(", ")}], where [${expected.map((extent, axis) => extent ?? "ND"[axis]).join(", ")}] is expected`,
      "Give one row per sample and one column per dimension",
    );
  }
  const bad = data.findIndex((value: number) => !Number.isFinite(value));
  if (bad >= 0) {
    throw refuse(
      `${name}, row ${Math.floor(bad / shape[1])}, column ${bad % shape[1]} (both counted from 0)`,
      `${data[bad]} is not a finite number`,
      "Drop this sample, or look for what made the model diverge",
    );
  }
  return [shape[0], shape[1]];
}

/**
 * Asserts that a list holds finite numbers only.
 * @throws UserError naming the first other one.
 */
export function assertFiniteList(values: ArrayLike<number>, name: string): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw refuse(
      `${name}, ${i} (counted from 0)`,
      `${values[i]} is not a finite number`,
      "Drop it, or look for what made the model diverge",
    );
  }
}
