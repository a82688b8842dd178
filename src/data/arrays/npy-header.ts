import { refuse } from "../../errors.js";
import type { ByteStream } from "../../files/source.js";

/** What the header of a `.npy` file says. */
export interface NpyHeader {
  /** NumPy's type string, such as `<f4`. */
  readonly type: string;
  readonly columnMajor: boolean;
  readonly shape: readonly number[];
  /** Where the elements start. */
  readonly dataOffset: number;
}

/** `\x93NUMPY` */
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** Longer ones describe records of very many fields, or nothing. */
const LONGEST_HEADER = 2 ** 16 + 12;

/**
 * Takes the header off the pieces of a `.npy` file.
 * @returns what it says, and the pieces that follow it.
 * @throws UserError as {@link readNpyHeader}.
 */
export function takeNpyHeader({ where, pieces }: ByteStream): {
  readonly header: NpyHeader;
  readonly elements: Iterable<Uint8Array>;
} {
  const iterator = pieces[Symbol.iterator]();
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < LONGEST_HEADER) {
    const { done, value } = iterator.next();
    if (done) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  const header = readNpyHeader(head, where);
  const first = head.subarray(header.dataOffset);
  return {
    header,
    elements: {
      *[Symbol.iterator]() {
        yield first;
        for (let next = iterator.next(); !next.done; next = iterator.next()) yield next.value;
      },
    },
  };
}

/**
 * Reads the header of a `.npy` file, versions 1 to 3 of the format (NumPy Enhancement Proposal 1).
 * @param where how messages call the file.
 * @throws UserError for another kind of file, a truncated header, one that cannot be understood, and structured types.
 */
function readNpyHeader(bytes: Uint8Array, where: string): NpyHeader {
  if (!MAGIC.every((byte, k) => bytes[k] === byte)) {
    refuse(where, "this is not a .npy file: its first bytes are not \\x93NUMPY", "Save it with numpy.save");
  }
  const version = bytes[6];
  if (version < 1 || version > 3) {
    refuse(
      where,
      `it is of version ${version} of the .npy format`,
      "Save it again with numpy.save (versions 1 to 3)",
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerOffset = version === 1 ? 10 : 12;
  const length =
    bytes.length < headerOffset
      ? Number.POSITIVE_INFINITY
      : version === 1
        ? view.getUint16(8, true)
        : view.getUint32(8, true);
  const dataOffset = headerOffset + length;
  if (Number.isFinite(length) && dataOffset > LONGEST_HEADER) {
    refuse(where, `it has a header of ${length} bytes`, "Save one array of numbers with numpy.save");
  }
  if (dataOffset > bytes.length) {
    refuse(where, "the file ends within its header", "It is truncated: copy or save it again");
  }
  const text = new TextDecoder().decode(bytes.subarray(headerOffset, dataOffset));
  // A Python dictionary; the three entries are all that the format allows.
  const [, type] = /['"]descr['"]\s*:\s*['"]([^'"]*)['"]/.exec(text) ?? [];
  const [, order] = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text) ?? [];
  const [, extents] = /['"]shape['"]\s*:\s*\(([\d\sL,]*)\)/.exec(text) ?? [];
  if (/['"]descr['"]\s*:\s*\[/.test(text)) {
    refuse(where, "it holds records of several fields, not numbers", "Save one field by itself");
  }
  if (type === undefined || order === undefined || extents === undefined) {
    refuse(where, "its header does not say type, order and shape", "Save it again with numpy.save");
  }
  return {
    type,
    columnMajor: order === "True",
    shape: (extents.match(/\d+/g) ?? []).map(Number),
    dataOffset,
  };
}

/** The header of version 1 for a row-major array, padded so that the elements start at a multiple of 64 bytes. */
export function writeNpyHeader(type: string, shape: readonly number[]): Uint8Array {
  const tuple = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const total = Math.ceil((MAGIC.length + 4 + text.length + 1) / 64) * 64;
  const header = new Uint8Array(total).fill(0x20);
  header.set([...MAGIC, 1, 0]);
  new DataView(header.buffer).setUint16(8, total - 10, true);
  header.set(new TextEncoder().encode(text), 10);
  header[total - 1] = 0x0a;
  return header;
}
