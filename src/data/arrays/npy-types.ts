/** The element types of `.npy` files that Narrows reads, and what each becomes in memory. */
import { type NumericData, widenHalf } from "../../numeric-array.js";

/** Turns little-endian elements into numbers; may keep the buffer. */
type Decode = (buffer: ArrayBuffer) => NumericData;

interface ElementType {
  readonly bytes: number;
  readonly decode: Decode;
}

/** Thrown for a 64-bit integer beyond ±2^53: as a number it would silently become its neighbour. */
export class InexactInteger extends Error {
  readonly index: number;
  readonly value: bigint;

  constructor(index: number, value: bigint) {
    super(`${value} at ${index}`);
    this.index = index;
    this.value = value;
  }
}

/** By kind and size as NumPy writes them after the byte order: `f4`, `i8`, `b1`. */
export const ELEMENT_TYPES: ReadonlyMap<string, ElementType> = new Map([
  ["f2", { bytes: 2, decode: (buffer) => widenHalf(new Uint16Array(buffer)) }],
  ["f4", { bytes: 4, decode: (buffer) => new Float32Array(buffer) }],
  ["f8", { bytes: 8, decode: (buffer) => new Float64Array(buffer) }],
  ["i1", { bytes: 1, decode: (buffer) => new Int8Array(buffer) }],
  ["i2", { bytes: 2, decode: (buffer) => new Int16Array(buffer) }],
  ["i4", { bytes: 4, decode: (buffer) => new Int32Array(buffer) }],
  ["i8", { bytes: 8, decode: (buffer) => exact(new BigInt64Array(buffer)) }],
  ["u1", { bytes: 1, decode: (buffer) => new Uint8Array(buffer) }],
  ["u2", { bytes: 2, decode: (buffer) => new Uint16Array(buffer) }],
  ["u4", { bytes: 4, decode: (buffer) => new Uint32Array(buffer) }],
  ["u8", { bytes: 8, decode: (buffer) => exact(new BigUint64Array(buffer)) }],
  ["b1", { bytes: 1, decode: (buffer) => new Uint8Array(buffer) }],
] satisfies [string, ElementType][]);

/** The type string under which an array is written. */
export function npyTypeOf(data: NumericData): string {
  const kind = data instanceof Float32Array || data instanceof Float64Array ? "f" : "i";
  const unsigned = data instanceof Uint8Array || data instanceof Uint16Array || data instanceof Uint32Array;
  const order = data.BYTES_PER_ELEMENT === 1 ? "|" : "<";
  return `${order}${unsigned ? "u" : kind}${data.BYTES_PER_ELEMENT}`;
}

function exact(integers: BigInt64Array | BigUint64Array): Float64Array {
  const numbers = new Float64Array(integers.length);
  for (let k = 0; k < numbers.length; k++) {
    numbers[k] = Number(integers[k]);
    if (!Number.isSafeInteger(numbers[k])) throw new InexactInteger(k, integers[k]);
  }
  return numbers;
}
