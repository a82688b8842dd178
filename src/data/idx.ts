import { refuse } from "../errors.js";
import { declaredLimit } from "../files/inflate.js";
import type { NumericArray } from "../numeric-array.js";
import { sizeOf } from "../tensor/shape.js";
import { headUnpacked, readUnpacked } from "./gzip.js";

/** The idx type of bytes; MNIST and its kin have no other. */
const BYTES = 0x08;

/**
 * Reads an idx file of bytes, the format of MNIST: two zeros, the type, the number of axes, an extent of 32 bits for each,
 * most significant byte first, then the elements, row-major. Packed with gzip or not; of a packed one no more is unpacked than its
 * header says.
 * @param axes how many the file must have: 3 for images [N, height, width], 1 for labels [N].
 * @throws UserError when the file cannot be read or unpacked, is no idx file, holds no bytes, has other axes, or is shorter or
 * longer than these say.
 */
export function readIdx(path: string, axes: number): NumericArray<Uint8Array> {
  const header = 4 + 4 * axes;
  let shape: readonly number[] = [];
  const bytes = readUnpacked(path, (head) => {
    shape = readShape(head, axes, path);
    return declaredLimit(header + sizeOf(shape));
  });
  if (bytes.length - header !== sizeOf(shape)) {
    refuse(
      path,
      `shape [${shape.join(", ")}] takes ${sizeOf(shape)} bytes, but ${bytes.length - header} follow the header`,
      REMEDY,
    );
  }
  return { shape, data: bytes.subarray(header) };
}

/** The types that the format knows. */
const TYPES: readonly (number | undefined)[] = [BYTES, 0x09, 0x0b, 0x0c, 0x0d, 0x0e];

/**
 * Whether a file, packed with gzip or not, begins as idx files do: with two zeros, a type and a number of axes.
 * @throws UserError when it cannot be read or unpacked.
 */
export function isIdx(path: string): boolean {
  const [zero, otherZero, type, axes = 0] = headUnpacked(path);
  return zero === 0 && otherZero === 0 && TYPES.includes(type) && axes > 0;
}

const REMEDY = "It is truncated or damaged: copy or download it again";

function readShape(head: Uint8Array, axes: number, where: string): number[] {
  const [zero, otherZero, type, found] = head;
  if (zero !== 0 || otherZero !== 0) {
    refuse(
      where,
      "this is not an idx file: its first two bytes are not 0",
      "Give the file as it was published",
    );
  }
  if (type === undefined || found === undefined) refuse(where, "the file ends within its header", REMEDY);
  if (type !== BYTES) {
    refuse(
      where,
      `its elements are of idx type 0x${type.toString(16).padStart(2, "0")}, and only bytes (0x08) are read`,
      "Give the file as it was published",
    );
  }
  if (found !== axes) {
    refuse(
      where,
      `it has ${found} axes, where ${axes === 1 ? "labels have 1" : `images have ${axes}`}`,
      "Check that the files of images and labels are not exchanged",
    );
  }
  if (head.length < 4 + 4 * axes) refuse(where, "the file ends within its header", REMEDY);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  if (sizeOf(shape) > 0) return shape;
  refuse(where, `an array of shape [${shape.join(", ")}] is empty`, "Give a file with images");
}
