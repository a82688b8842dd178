import { refuse } from "../errors.js";
import type { Rows } from "../geometry/neighbours/index.js";
import { assertFinite } from "../geometry/range.js";
import { assertNumericArray, type NumericArray } from "../numeric-array.js";

/**
 * Takes an array as rows: the first axis counts them, the others are flattened. Floats of 32 and 64 bits are
 * taken as they lie, without a copy: a layer of a network may fill half the memory there is.
 * @param array [N, ...].
 * @param name how messages call the array: its file, for instance.
 * @returns [N, D], D the product of the other axes.
 * @throws UserError for data that do not fit the shape, an array without a coordinate, and for an entry that is not finite or beyond 1e100
 * (its row and column are named).
 */
export function toRows(array: NumericArray, name: string): Rows {
  assertNumericArray(array, name);
  const { shape, data } = array;
  const [count = 0, ...rest] = shape;
  const dimension = rest.reduce((product, extent) => product * extent, 1);
  if (count < 1 || dimension < 1) {
    refuse(name, `an array of shape [${shape.join(", ")}] holds no points`, "Give one row per point");
  }
  const plain = data instanceof Float32Array || data instanceof Float64Array;
  const rows = { name, count, dimension, coordinates: plain ? data : Float64Array.from(data) };
  assertFinite(rows);
  return rows;
}
