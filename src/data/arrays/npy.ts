import { asNumbers, ELEMENT_TYPES, elementTypeOf } from "../../element-types.js";
import { refuse } from "../../errors.js";
import { allocateBytes } from "../../files/memory.js";
import type { ByteStream } from "../../files/source.js";
import { assertNumericArray, type NumericArray, type NumericData, swapBytes } from "../../numeric-array.js";
import { takeNpyHeader, writeNpyHeader } from "./npy-header.js";

/**
 * Reads the bytes of a `.npy` file: floats of 16, 32 and 64 bits, integers of 8 to 64 bits, booleans; either byte
 * order, either memory order. What JavaScript has no array for becomes the next wider: 16-bit floats float32, 64-bit
 * integers float64, booleans bytes.
 * @param where how messages call the file.
 * @returns row-major, not sharing memory with `bytes`; NaN and infinities are left in.
 * @throws UserError for another kind of file, another element type, no elements, too few or too many bytes, more than fit
 * into memory, and 64-bit integers beyond ±2^53.
 */
export function decodeNpy(bytes: Uint8Array, where: string): NumericArray {
  return readNpy({ where, size: bytes.length, pieces: [bytes] });
}

/**
 * As {@link decodeNpy}, of a file that comes in pieces. The header is compared with the file's length before anything is kept.
 * @throws UserError as {@link decodeNpy}, and what the stream throws.
 */
export function readNpy(stream: ByteStream): NumericArray {
  const { where, size } = stream;
  const { header, elements } = takeNpyHeader(stream);
  const { type, columnMajor, shape, dataOffset } = header;
  const element = ELEMENT_TYPES.get(type.slice(1));
  if (!element || !"<>|=".includes(type[0])) {
    refuse(
      where,
      `its elements are of type ${type}${type.includes("O") ? " (Python objects)" : ""}, not real numbers`,
      "Save it as float32, float64 or an integer type (array.astype)",
    );
  }
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (count === 0) {
    refuse(
      where,
      `an array of shape [${shape.join(", ")}] is empty`,
      "Give an array with at least one element",
    );
  }
  const found = size - dataOffset;
  if (found !== count * element.bytes) {
    refuse(
      where,
      `shape [${shape.join(", ")}] of ${type} takes ${count * element.bytes} bytes, but ${found} follow the header`,
      found < count * element.bytes
        ? "The file is truncated: copy or save it again"
        : "Save one array per file, or use numpy.savez for several",
    );
  }
  // A copy, so that it is aligned and its own.
  const own = allocateBytes(found, where);
  let filled = 0;
  for (const piece of elements) {
    own.set(piece, filled);
    filled += piece.length;
  }
  if (type[0] === ">") swapBytes(own, element.bytes);
  const data = asNumbers(element.read(own.buffer), (index, value) =>
    refuse(
      `${where}, element ${index}`,
      `the integer ${value} is beyond 2^53, where float64 no longer holds every integer`,
      "Save smaller integers: number the labels from 0, for instance",
    ),
  );
  return { shape, data: columnMajor && shape.length > 1 ? toRowMajor(data, shape) : data };
}

/**
 * Writes an array of any shape as a `.npy` file of version 1, little-endian and row-major, in the type it has
 * in memory.
 * @param array of any shape.
 * @param where how messages call the array: its file, for instance.
 * @returns the bytes of the file.
 * @throws UserError for data that do not fit the shape.
 */
export function encodeNpy(array: NumericArray, where = "array"): Uint8Array {
  assertNumericArray(array, where);
  const { shape, data } = array;
  const header = writeNpyHeader(`${data.BYTES_PER_ELEMENT === 1 ? "|" : "<"}${elementTypeOf(data)}`, shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}

function toRowMajor(data: NumericData, shape: readonly number[]): NumericData {
  const out = data.slice();
  const index = new Array<number>(shape.length).fill(0);
  const strides = shape.map((_, axis) =>
    shape.slice(0, axis).reduce((product, extent) => product * extent, 1),
  );
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      index[axis] += 1;
      if (index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return out;
}
