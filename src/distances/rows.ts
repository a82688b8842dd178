import { UserError } from "../errors.js";
import type { Rows } from "../geometry/neighbours/index.js";
import type { NumericArray } from "../numeric-array.js";

/** Beyond this sums of squares leave float64. */
const LARGEST = 1e100;

/**
 * Takes an array as rows: the first axis counts them, the others are flattened. Floats of 32 and 64 bits are taken as they lie, without a copy:
 * a layer of a network may fill half the memory there is.
 * @param name how messages call the array: its file, for instance.
 * @throws UserError for an array without a coordinate, and for an entry that is not finite or beyond 1e100 (its row and column are named).
 */
export function toRows({ shape, data }: NumericArray, name: string): Rows {
  const [count = 0, ...rest] = shape;
  const dimension = rest.reduce((product, extent) => product * extent, 1);
  if (count < 1 || dimension < 1) {
    throw new UserError({
      where: name,
      what: `an array of shape [${shape.join(", ")}] holds no points`,
      remedy: "Give one row a point",
    });
  }
  const plain = data instanceof Float32Array || data instanceof Float64Array;
  const rows = { name, count, dimension, coordinates: plain ? data : Float64Array.from(data) };
  assertFinite(rows);
  return rows;
}

/**
 * Asserts that every entry is finite, and small enough to be squared.
 * @throws UserError naming the first one that is not by its row and column.
 */
export function assertFinite({ name, coordinates, dimension }: Rows): void {
  for (let at = 0; at < coordinates.length; at++) {
    if (Math.abs(coordinates[at]) <= LARGEST) continue;
    throw new UserError({
      where: `${name}, row ${Math.floor(at / dimension)}, column ${at % dimension} (both counted from 0)`,
      what: `${coordinates[at]} is not a finite number within ±${LARGEST}`,
      remedy: "Distances need finite numbers: drop this row, or look for what made the model diverge",
    });
  }
}
