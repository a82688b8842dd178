import { refuse } from "./errors.js";

/** The element types a numeric array may hold in memory. */
export type NumericData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

/** A dense array in row-major order: the one form in which numbers pass between files, measures and figures. */
export interface NumericArray<Data extends NumericData = NumericData> {
  /** Extent of each axis; empty for a scalar. */
  readonly shape: readonly number[];
  /** `product(shape)` elements, last axis fastest. */
  readonly data: Data;
}

/** By their tag and not their constructor: an array of another window of a browser has constructors of its own. */
const KINDS: ReadonlySet<unknown> = new Set([
  "Float32Array",
  "Float64Array",
  "Int8Array",
  "Uint8Array",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
]);

/**
 * Asserts that an array is one: data of a kind that holds numbers, and as many of them as its shape says. Whatever takes an array from
 * outside asks this first: beyond the end of the data there would be undefined, and what lies behind the shape would be left out or, worse,
 * counted in.
 * @param where how messages call the array.
 * @throws UserError otherwise, with what was found.
 */
export function assertNumericArray({ shape, data }: NumericArray, where: string): void {
  const found: unknown = data;
  const kind =
    ArrayBuffer.isView(found) && found instanceof Object
      ? Reflect.get(found, Symbol.toStringTag)
      : typeof found;
  if (!KINDS.has(kind)) {
    const is = Array.isArray(found) ? "a plain array" : `of type ${kind}`;
    refuse(
      where,
      `its data is ${is}, not one of ${[...KINDS].join(", ")}`,
      "Give Float64Array.from(data, Number), for instance",
    );
  }
  const isShape =
    Array.isArray(shape) && shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0);
  if (!isShape) {
    refuse(
      where,
      `its shape is [${[shape].flat().join(", ")}], where whole numbers of at least 0 are expected`,
      "Give the extent of each axis",
    );
  }
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (count === data.length) return;
  refuse(
    where,
    `its shape [${shape.join(", ")}] is that of ${count} numbers, but its data holds ${data.length}`,
    "Give the shape that the data has, or the data that belongs to the shape",
  );
}

/** Widens IEEE 754 half-precision numbers, given as their 16 bits, to single precision; every value is exact. */
export function widenHalf(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    // Subnormals have no implied leading one and share the exponent of the smallest normal number.
    return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/** Widens bfloat16 numbers, given as their 16 bits, to single precision: they are its upper half. */
export function widenBfloat16(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (upper) => upper * 65536).buffer);
}

/** Reverses the bytes of each element in place: from one order of bytes to the other. */
export function swapBytes(bytes: Uint8Array, elementBytes: number): void {
  for (let at = 0; at < bytes.length; at += elementBytes) bytes.subarray(at, at + elementBytes).reverse();
}

/** The mean of each column of a table [N, D]; NaN where there is no row. */
export function columnMeans({ shape: [rows = 0, columns = 0], data }: NumericArray): number[] {
  const sums = new Array<number>(columns).fill(0);
  for (let k = 0; k < rows * columns; k++) sums[k % columns]! += data[k]!;
  return sums.map((sum) => sum / rows);
}
