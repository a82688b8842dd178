/** The pieces that a MATLAB 5 file is made of: a tag with type and length, then bytes. */
import { ELEMENT_TYPES } from "../../element-types.js";
import { refuse } from "../../errors.js";
import { type NumericData, swapBytes } from "../../numeric-array.js";

/** Element types by their numbers in the format, as far as arrays of numbers need them. */
export const MATRIX = 14;
export const COMPRESSED = 15;
/** Bytes of a tag. */
export const TAG_BYTES = 8;

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
 * The tag of the element that starts at an offset: its type, and where its bytes lie. Up to four may stand within the tag itself.
 * @throws UserError when the bytes end within it.
 */
export function tagAt(source: Source, offset: number): { type: number; start: number; size: number } {
  if (source.bytes.length - offset < TAG_BYTES) refuseTooShort(source);
  const first = word(source, offset);
  const inTag = first >>> 16;
  if (inTag > 4) refuseTooShort(source);
  return inTag
    ? { type: first & 0xffff, start: offset + 4, size: inTag }
    : { type: first, start: offset + TAG_BYTES, size: word(source, offset + 4) };
}

/**
 * The element that starts at an offset, padded to eight bytes unless it is compressed.
 * @throws UserError when the bytes end before the element does.
 */
export function elementAt(source: Source, offset: number): Element {
  const { bytes } = source;
  const { type, start, size } = tagAt(source, offset);
  if (start + size > bytes.length) refuseTooShort(source);
  const padded = type === COMPRESSED ? size : Math.ceil(size / TAG_BYTES) * TAG_BYTES;
  const next = start < offset + TAG_BYTES ? offset + TAG_BYTES : start + padded;
  return { type, data: bytes.subarray(start, start + size), next };
}

function refuseTooShort({ where }: Source): never {
  refuse(
    where,
    "the file ends, or a length is wrong, within an array",
    "It is truncated or damaged: copy or download it again",
  );
}

/** What {@link ELEMENT_TYPES} calls an element type; 64-bit integers are not among them. */
const NUMBERS: Readonly<Record<number, string>> = {
  1: "i1",
  2: "u1",
  3: "i2",
  4: "u2",
  5: "i4",
  6: "u4",
  7: "f4",
  9: "f8",
};

/** The numbers of an element, in the type they are stored in; undefined for a type of other things than numbers. */
export function numbersOf({ type, data }: Element, littleEndian: boolean): NumericData | undefined {
  const known = ELEMENT_TYPES.get(NUMBERS[type] ?? "");
  if (!known || data.length % known.bytes !== 0) return undefined;
  const own = new Uint8Array(data);
  // Typed arrays have the machine's order, little-endian wherever Node runs.
  if (!littleEndian) swapBytes(own, known.bytes);
  return known.read(own.buffer) as NumericData;
}
