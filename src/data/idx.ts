import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { readUnpacked } from "./gzip.js";

/** The idx type of bytes; MNIST and its kin have no other. */
const BYTES = 0x08;

/**
 * Reads an idx file of bytes, the format of MNIST: two zeros, the type, the number of axes, an extent of 32 bits for each,
 * most significant byte first, then the elements, row-major. Packed with gzip or not.
 * @param axes how many the file must have: 3 for images [N, height, width], 1 for labels [N].
 * @throws UserError when the file cannot be read or unpacked, is no idx file, holds no bytes, has other axes, or is shorter or
 * longer than these say.
 */
export function readIdx(path: string, axes: number): NumericArray<Uint8Array> {
  const bytes = readUnpacked(path);
  const complain = (what: string, remedy: string) => new UserError({ where: path, what, remedy });
  const [zero, otherZero, type, found] = bytes;
  if (zero !== 0 || otherZero !== 0 || found === undefined) {
    throw complain("this is no idx file: its first two bytes are not 0", "Give the file as it was published");
  }
  if (type !== BYTES) {
    throw complain(
      `its elements are of idx type 0x${type.toString(16).padStart(2, "0")}, and only bytes (0x08) are read`,
      "Give the file as it was published",
    );
  }
  if (found !== axes) {
    throw complain(
      `it has ${found} axes, where ${axes === 1 ? "labels have 1" : `images have ${axes}`}`,
      "Check that the files of images and labels are not exchanged",
    );
  }
  const header = 4 + 4 * axes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: bytes.length < header ? 0 : axes }, (_, axis) =>
    view.getUint32(4 + 4 * axis),
  );
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (shape.length < axes || bytes.length - header !== count) {
    throw complain(
      shape.length < axes
        ? "the file ends within its header"
        : `shape [${shape.join(", ")}] takes ${count} bytes, but ${bytes.length - header} follow the header`,
      "It is truncated or damaged: copy or download it again",
    );
  }
  if (count === 0)
    throw complain(`an array of shape [${shape.join(", ")}] is empty`, "Give a file with images");
  return { shape, data: bytes.subarray(header) };
}
