/** The pieces that a MATLAB 5 file is made of: a tag with type and length, then bytes. */
import { UserError } from "../../errors.js";
import type { NumericData } from "../../numeric-array.js";

/** Element types by their numbers in the format, as far as arrays of numbers need them. */
export const MATRIX = 14;
export const COMPRESSED = 15;

/** One data element. */
export interface Element {
  readonly type: number;
  readonly data: Uint8Array;
  /** Where the next one starts. */
  readonly next: number;
}

/** Bytes of a file, or of an unpacked part of it, and what reading them takes. */
export interface Source {
  readonly bytes: Uint8Array;
  readonly littleEndian: boolean;
  /** How messages call the file. */
  readonly where: string;
}

/** A 32-bit unsigned integer. */
export function word({ bytes, littleEndian }: Source, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset, littleEndian);
}

/**
 * The element that starts at an offset. Up to four bytes may stand within the tag itself; others are padded to eight, but
 * for compressed ones.
 * @throws UserError when the bytes end before the element does.
 */
export function elementAt(source: Source, offset: number): Element {
  const { bytes, where } = source;
  const left = bytes.length - offset;
  const first = left < 8 ? 0 : word(source, offset);
  const inTag = first >>> 16;
  const size = left < 8 ? Number.POSITIVE_INFINITY : inTag || word(source, offset + 4);
  const start = offset + (inTag ? 4 : 8);
  if (start + size > bytes.length || inTag > 4) {
    throw new UserError({
      where,
      what: "the file ends, or a length is wrong, within an array",
      remedy: "It is truncated or damaged: copy or download it again",
    });
  }
  const type = inTag ? first & 0xffff : first;
  const padded = type === COMPRESSED ? size : Math.ceil(size / 8) * 8;
  return { type, data: bytes.subarray(start, start + size), next: inTag ? offset + 8 : start + padded };
}

/** Arrays by the number of an element type; 64-bit integers are not among them. */
const NUMBERS: ReadonlyMap<number, readonly [bytes: number, view: (buffer: ArrayBuffer) => NumericData]> =
  new Map([
    [1, [1, (buffer: ArrayBuffer) => new Int8Array(buffer)]],
    [2, [1, (buffer: ArrayBuffer) => new Uint8Array(buffer)]],
    [3, [2, (buffer: ArrayBuffer) => new Int16Array(buffer)]],
    [4, [2, (buffer: ArrayBuffer) => new Uint16Array(buffer)]],
    [5, [4, (buffer: ArrayBuffer) => new Int32Array(buffer)]],
    [6, [4, (buffer: ArrayBuffer) => new Uint32Array(buffer)]],
    [7, [4, (buffer: ArrayBuffer) => new Float32Array(buffer)]],
    [9, [8, (buffer: ArrayBuffer) => new Float64Array(buffer)]],
  ]);

/** The numbers of an element, in the type they are stored in; undefined for a type of other things than numbers. */
export function numbersOf({ type, data }: Element, littleEndian: boolean): NumericData | undefined {
  const known = NUMBERS.get(type);
  if (!known || data.length % known[0] !== 0) return undefined;
  const [size, view] = known;
  const own = new Uint8Array(data);
  // Typed arrays have the machine's order, little-endian wherever Node runs.
  if (!littleEndian) for (let k = 0; k < own.length; k += size) own.subarray(k, k + size).reverse();
  return view(own.buffer);
}
