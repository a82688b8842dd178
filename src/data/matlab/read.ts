import { refuse } from "../../errors.js";
import { declaredLimit, inflate, inflateHead } from "../../files/inflate.js";
import type { NumericArray } from "../../numeric-array.js";
import {
  COMPRESSED,
  type Element,
  elementAt,
  MATRIX,
  numbersOf,
  type Source,
  TAG_BYTES,
  tagAt,
  word,
} from "./elements.js";

/** An array as MATLAB keeps it: the first axis is the fastest. */
export type MatlabArray = NumericArray;

const HEADER_BYTES = 128;
const VERSION_5 = 0x0100;
const VERSION_7_3 = 0x0200;
/** Bit of an array's flags that says that there is an imaginary part too. */
const COMPLEX = 0x0800;
/** Classes of arrays of numbers of up to 64 bits: double, single, 8, 16 and 32-bit integers. */
const FIRST_CLASS = 6;
const LAST_CLASS = 13;

/**
 * Reads real arrays from a MATLAB 5 file (`.mat` of MATLAB 5 to 7.2, of SciPy and of Octave's `-v6` and `-v7`), their
 * elements compressed or not, in either byte order. Source: *MATLAB MAT-File Format*, The MathWorks.
 * @param names the arrays wanted; others are skipped, of whatever kind they are.
 * @param where how messages call the file.
 * @returns those of them that are there, in the types they are stored in.
 * @throws UserError for another kind of file, one of version 7.3 (HDF5), a truncated or damaged one, and a wanted array
 * that is no full array of real numbers.
 */
export function readMatlab(
  bytes: Uint8Array,
  names: readonly string[],
  where: string,
): Map<string, MatlabArray> {
  const source = { bytes, littleEndian: checkHeader(bytes, where), where };
  const found = new Map<string, MatlabArray>();
  for (let offset = HEADER_BYTES; offset < bytes.length; ) {
    const element = elementAt(source, offset);
    offset = element.next;
    const matrix = element.type === COMPRESSED ? inflated(element, names, source) : element;
    if (matrix?.type !== MATRIX) continue;
    const named = arrayOf({ ...source, bytes: matrix.data }, names);
    if (named) found.set(...named);
  }
  return found;
}

/** Whether the file is little-endian. */
function checkHeader(bytes: Uint8Array, where: string): boolean {
  const order = new TextDecoder().decode(bytes.subarray(HEADER_BYTES - 2, HEADER_BYTES));
  const littleEndian = order === "IM";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = littleEndian || order === "MI" ? view.getUint16(HEADER_BYTES - 4, littleEndian) : undefined;
  if (version === VERSION_5) return littleEndian;
  refuse(
    where,
    version === VERSION_7_3
      ? "it is a MATLAB file of version 7.3, which is HDF5 inside"
      : "this is not a MATLAB 5 file: its header does not say so",
    version === VERSION_7_3 ? "Save it with -v7" : "Give the file as it was published",
  );
}

/** The element in a compressed one; undefined, and but for its beginning not unpacked, where it is no array that is wanted. */
function inflated({ data }: Element, names: readonly string[], source: Source): Element | undefined {
  const head = { ...source, bytes: inflateHead(data, "zlib", source.where) };
  const { type, size } = tagAt(head, 0);
  if (
    type !== MATRIX ||
    !names.includes(aboutArray({ ...head, bytes: head.bytes.subarray(TAG_BYTES) }).name)
  ) {
    return undefined;
  }
  const limit = declaredLimit(TAG_BYTES + size);
  return elementAt({ ...source, bytes: inflate(data, "zlib", source.where, limit) }, 0);
}

/** What stands before an array's numbers. */
function aboutArray(source: Source) {
  const flags = elementAt(source, 0);
  const extents = elementAt(source, flags.next);
  const name = elementAt(source, extents.next);
  return { flags, extents, name: new TextDecoder().decode(name.data), next: name.next };
}

/** A matrix element: flags, extents, name, numbers. Undefined where its name is not wanted. */
function arrayOf(source: Source, names: readonly string[]): [string, MatlabArray] | undefined {
  const { littleEndian, where } = source;
  const { flags: flagsElement, extents, name, next } = aboutArray(source);
  if (!names.includes(name)) return undefined;
  const flags = flagsElement.data.length < 8 ? 0 : word({ ...source, bytes: flagsElement.data }, 0);
  const kind = flags & 0xff;
  const shape = Array.from(numbersOf(extents, littleEndian) ?? []);
  const real = kind >= FIRST_CLASS && kind <= LAST_CLASS && !(flags & COMPLEX);
  const data = real ? numbersOf(elementAt(source, next), littleEndian) : undefined;
  if (!data) {
    refuse(
      `${where}, array ${name}`,
      "it is not a full array of real numbers of at most 32 bits or float64",
      "Save it as a plain double array",
    );
  }
  if (shape.reduce((product, extent) => product * extent, 1) !== data.length) {
    refuse(
      `${where}, array ${name}`,
      `${data.length} numbers for a shape of [${shape.join(", ")}]`,
      "The file is damaged: copy or download it again",
    );
  }
  return [name, { shape, data }];
}
