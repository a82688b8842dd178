import { deflateSync } from "node:zlib";

/** A number as bytes, in the order asked for. */
type Put = (view: DataView, offset: number, value: number, littleEndian: boolean) => void;

/** The element types of the format that the tests write, by their numbers. */
const TYPES: Readonly<Record<number, readonly [bytes: number, put: Put]>> = {
  1: [1, (view, offset, value) => view.setInt8(offset, value)],
  2: [1, (view, offset, value) => view.setUint8(offset, value)],
  4: [2, (view, offset, value, little) => view.setUint16(offset, value, little)],
  5: [4, (view, offset, value, little) => view.setInt32(offset, value, little)],
  6: [4, (view, offset, value, little) => view.setUint32(offset, value, little)],
  7: [4, (view, offset, value, little) => view.setFloat32(offset, value, little)],
  9: [8, (view, offset, value, little) => view.setFloat64(offset, value, little)],
};

export interface WrittenArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** First axis fastest. */
  readonly values: readonly number[];
  /** Number of the type that the values are stored in: 9 float64, 7 float32, 2 bytes. */
  readonly type?: number;
  /** Number of the class: 6 double, 1 cell, 4 text. */
  readonly kind?: number;
  readonly flags?: number;
}

interface WriteOptions {
  readonly compressed?: boolean;
  readonly littleEndian?: boolean;
  readonly version?: number;
}

/** A MATLAB 5 file, written by hand after the format's description. */
export function matlabFile(
  arrays: readonly WrittenArray[],
  { compressed = false, littleEndian = true, version = 0x0100 }: WriteOptions = {},
): Uint8Array {
  const header = new Uint8Array(128).fill(0x20);
  header.set(new TextEncoder().encode("MATLAB 5.0 MAT-file, written by a test"));
  new DataView(header.buffer).setUint16(124, version, littleEndian);
  header.set(new TextEncoder().encode(littleEndian ? "IM" : "MI"), 126);

  /** Up to four bytes stand in the tag itself, as MATLAB writes them. */
  const element = (type: number, values: readonly number[], stored = type): Uint8Array => {
    const [size, put] = TYPES[stored]!;
    const length = values.length * size;
    const inTag = length > 0 && length <= 4;
    const bytes = new Uint8Array(inTag ? 8 : 8 + Math.ceil(length / 8) * 8);
    const view = new DataView(bytes.buffer);
    if (inTag) view.setUint32(0, (length << 16) | type, littleEndian);
    else {
      view.setUint32(0, type, littleEndian);
      view.setUint32(4, length, littleEndian);
    }
    values.forEach((value, k) => {
      put(view, (inTag ? 4 : 8) + k * size, value, littleEndian);
    });
    return bytes;
  };
  const tagged = (type: number, content: Uint8Array): Uint8Array => {
    const tag = new DataView(new ArrayBuffer(8));
    tag.setUint32(0, type, littleEndian);
    tag.setUint32(4, content.length, littleEndian);
    return Buffer.concat([new Uint8Array(tag.buffer), content]);
  };
  const matrices = arrays.map(({ name, shape, values, type = 9, kind = 6, flags = 0 }) => {
    const content = Buffer.concat([
      element(6, [kind | flags, 0]),
      element(5, shape),
      element(1, [...new TextEncoder().encode(name)]),
      element(type, values),
    ]);
    const matrix = tagged(14, content);
    return compressed ? tagged(15, deflateSync(matrix)) : matrix;
  });
  return Buffer.concat([header, ...matrices]);
}
