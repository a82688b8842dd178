/**
 * Some rows of a large array of bytes in an `.npz` archive. The array is unpacked piece by piece, and only the chosen rows are
 * kept: the images of dSprites are 3 GB of bytes in 26 MB of archive.
 */
import { refuse } from "../../errors.js";
import { allocateBytes } from "../../files/memory.js";
import type { NumericArray } from "../../numeric-array.js";
import { type NpyHeader, takeNpyHeader } from "./npy-header.js";
import type { NpzArchive } from "./npz.js";

/**
 * Reads rows of an array of bytes (type `|u1`, `|b1` or `|i1`, row-major), in the order given.
 * @param key the array's name in the archive.
 * @param rows different row numbers.
 * @returns shape `[rows.length, ...]`, the bytes as they are.
 * @throws UserError when there is no such array, it holds no bytes or fewer rows, the archive is damaged (its checksum is
 * verified), or the rows do not fit into memory.
 */
export function readNpzRows(archive: NpzArchive, key: string, rows: Uint32Array): NumericArray<Uint8Array> {
  const stream = archive.stream(key);
  const { header, elements } = takeNpyHeader(stream);
  const rowShape = shapeOfRows(header, rows, stream.where);
  const rowBytes = rowShape.reduce((product, extent) => product * extent, 1);
  const expected = header.dataOffset + header.shape[0]! * rowBytes;
  if (stream.size !== expected) {
    refuse(
      stream.where,
      `shape [${header.shape.join(", ")}] takes ${expected} bytes, and there are ${stream.size}`,
      "Fetch it again",
    );
  }
  const data = allocateBytes(rows.length * rowBytes, stream.where);
  collectRows(elements, rows, rowBytes, data);
  return { shape: [rows.length, ...rowShape], data };
}

function shapeOfRows({ type, columnMajor, shape }: NpyHeader, rows: Uint32Array, where: string): number[] {
  const [count = 0, ...rowShape] = shape;
  const last = rows.reduce((maximum, row) => Math.max(maximum, row), 0);
  if (!/^.[ubi]1$/.test(type) || columnMajor || last >= count) {
    refuse(
      where,
      `${columnMajor ? "a column-major" : "an"} array of shape [${shape.join(", ")}] and type ${type} is not the expected one: row-major bytes, at least ${last + 1} rows`,
      "Give the file as it was published",
    );
  }
  return rowShape;
}

/** Keeps, of an array's bytes that come in pieces, those of some rows, in the order of `rows`. */
function collectRows(
  pieces: Iterable<Uint8Array>,
  rows: Uint32Array,
  rowBytes: number,
  kept: Uint8Array,
): void {
  // Places in `rows`, by rising row.
  const order = rows.map((_, place) => place).sort((a, b) => rows[a] - rows[b]);
  let next = 0;
  let position = 0;
  for (const piece of pieces) {
    const end = position + piece.length;
    while (next < order.length) {
      const place = order[next];
      const rowStart = rows[place] * rowBytes;
      if (rowStart >= end) break;
      const start = Math.max(rowStart, position);
      const until = Math.min(rowStart + rowBytes, end);
      kept.set(piece.subarray(start - position, until - position), place * rowBytes + (start - rowStart));
      if (until < rowStart + rowBytes) break;
      next += 1;
    }
    position = end;
  }
}
