/** How numbers are stored in files of arrays, and what they become in memory. */
import { type NumericData, widenBfloat16, widenHalf } from "./numeric-array.js";

type Integers64 = BigInt64Array | BigUint64Array;

interface ElementType {
  readonly bytes: number;
  /** Interprets aligned, little-endian elements; may keep the buffer. */
  readonly read: (buffer: ArrayBuffer) => NumericData | Integers64;
}

/** By kind and size as NumPy writes them after the byte order, such as `f4`, `i8`, `b1`; `bf2` is bfloat16, which NumPy lacks. */
export const ELEMENT_TYPES: ReadonlyMap<string, ElementType> = new Map([
  ["f2", { bytes: 2, read: (buffer) => widenHalf(new Uint16Array(buffer)) }],
  ["bf2", { bytes: 2, read: (buffer) => widenBfloat16(new Uint16Array(buffer)) }],
  ["f4", { bytes: 4, read: (buffer) => new Float32Array(buffer) }],
  ["f8", { bytes: 8, read: (buffer) => new Float64Array(buffer) }],
  ["i1", { bytes: 1, read: (buffer) => new Int8Array(buffer) }],
  ["i2", { bytes: 2, read: (buffer) => new Int16Array(buffer) }],
  ["i4", { bytes: 4, read: (buffer) => new Int32Array(buffer) }],
  ["i8", { bytes: 8, read: (buffer) => new BigInt64Array(buffer) }],
  ["u1", { bytes: 1, read: (buffer) => new Uint8Array(buffer) }],
  ["u2", { bytes: 2, read: (buffer) => new Uint16Array(buffer) }],
  ["u4", { bytes: 4, read: (buffer) => new Uint32Array(buffer) }],
  ["u8", { bytes: 8, read: (buffer) => new BigUint64Array(buffer) }],
  ["b1", { bytes: 1, read: (buffer) => new Uint8Array(buffer) }],
] satisfies [string, ElementType][]);

/** The type in which an array is written. */
export function elementTypeOf(data: NumericData): string {
  const kind = data instanceof Float32Array || data instanceof Float64Array ? "f" : "i";
  const unsigned = data instanceof Uint8Array || data instanceof Uint16Array || data instanceof Uint32Array;
  return `${unsigned ? "u" : kind}${data.BYTES_PER_ELEMENT}`;
}

/**
 * Elements as numbers: 64-bit integers become float64.
 * @param refuseInexact takes an integer beyond ±2^53 and its index: as a number it would silently become its neighbour.
 */
export function asNumbers(
  elements: NumericData | Integers64,
  refuseInexact: (index: number, value: bigint) => never,
): NumericData {
  if (!(elements instanceof BigInt64Array || elements instanceof BigUint64Array)) return elements;
  return Float64Array.from<bigint>(elements, (value, index) => {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : refuseInexact(index, value);
  });
}
