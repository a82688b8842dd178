import type { NumericData } from "../numeric-array.js";

/** Labels as Int32Array when all are integers of 32 bits, as Float64Array otherwise (rule D9). */
export function asIntegers(values: NumericData): Int32Array | Float64Array {
  const integers = Int32Array.from(values);
  return integers.every((value, i) => value === values[i]) ? integers : Float64Array.from(values);
}
