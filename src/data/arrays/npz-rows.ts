/**
 * Some rows of a large array of bytes in an `.npz` archive. The array is unpacked piece by piece, and only the chosen rows are
 * kept: the images of dSprites are 3 GB of bytes in 26 MB of archive.
 */
import { crc32 } from "node:zlib";
import { Inflate } from "fflate";
import { UserError } from "../../errors.js";
import type { NumericArray } from "../../numeric-array.js";
import { type NpyHeader, readNpyHeader } from "./npy-header.js";
import { findZipEntry, type ZipEntry } from "./zip-directory.js";

/** Packed bytes unpacked at a time; a run of zeros becomes a thousand times as long. */
const PIECE = 2 ** 12;
/** No header of version 1 is longer. */
const LONGEST_HEADER = 2 ** 16 + 10;
const STORED = 0;
const DEFLATED = 8;

/**
 * Reads rows of an array of bytes (type `|u1`, `|b1` or `|i1`, row-major), in the order given.
 * @param key the array's name in the archive.
 * @param rows different row numbers.
 * @param where how messages call the file.
 * @returns shape `[rows.length, ...]`, the bytes as they are.
 * @throws UserError when there is no such array, it holds no bytes or fewer rows, the archive is damaged (its checksum is
 * verified), or the rows do not fit into memory.
 */
export function readNpzRows(
  bytes: Uint8Array,
  key: string,
  rows: Uint32Array,
  where: string,
): NumericArray<Uint8Array> {
  const entry = findZipEntry(bytes, `${key}.npy`);
  if (!entry || (entry.method !== STORED && entry.method !== DEFLATED)) {
    throw new UserError({
      where,
      what: `this is no whole .npz archive with an array "${key}"`,
      remedy: "Fetch it again, or give another file",
    });
  }
  const place = `${where}:${key}`;
  let head: Uint8Array | undefined = new Uint8Array(0);
  let collected: { readonly rowShape: readonly number[]; readonly collector: RowCollector } | undefined;
  let checksum = 0;
  for (const piece of unpack(entry, place)) {
    checksum = crc32(piece, checksum);
    if (collected) collected.collector.push(piece);
    else {
      head = Buffer.concat([head, piece]);
      if (head.length >= LONGEST_HEADER) collected = begin();
    }
  }
  collected ??= begin();
  if (checksum !== entry.crc32 || !collected.collector.whole) {
    throw new UserError({
      where: place,
      what: "its checksum does not fit: the archive is damaged",
      remedy: "Fetch it again",
    });
  }
  return { shape: [rows.length, ...collected.rowShape], data: collected.collector.kept };

  function begin() {
    const header = readNpyHeader(head!, place);
    const rowShape = shapeOfRows(header, rows, place);
    const rowBytes = rowShape.reduce((product, extent) => product * extent, 1);
    const collector = new RowCollector(rows, rowBytes, place);
    collector.push(head!.subarray(header.dataOffset));
    head = undefined;
    return { rowShape, collector };
  }
}

function shapeOfRows({ type, columnMajor, shape }: NpyHeader, rows: Uint32Array, where: string): number[] {
  const [count = 0, ...rowShape] = shape;
  const last = rows.reduce((most, row) => Math.max(most, row), 0);
  if (!/^.[ubi]1$/.test(type) || columnMajor || last >= count) {
    throw new UserError({
      where,
      what: `${columnMajor ? "a column-major" : "an"} array of shape [${shape.join(", ")}] and type ${type} is not what is looked for: row-major bytes, at least ${last + 1} rows`,
      remedy: "Give the file as it was published",
    });
  }
  return rowShape;
}

/** The unpacked bytes of an entry in their order. */
function* unpack({ method, packed }: ZipEntry, where: string): Generator<Uint8Array> {
  const produced: Uint8Array[] = [];
  const inflate = new Inflate((piece) => produced.push(piece));
  for (let start = 0; start < packed.length; start += PIECE) {
    const piece = packed.subarray(start, start + PIECE);
    if (method === STORED) {
      yield piece;
      continue;
    }
    try {
      inflate.push(piece, start + PIECE >= packed.length);
    } catch (error) {
      throw new UserError({
        where,
        what: `the archive is damaged (${error instanceof Error ? error.message : String(error)})`,
        remedy: "Fetch it again",
        cause: error,
      });
    }
    yield* produced.splice(0);
  }
}

/** Takes an array's bytes in pieces and keeps those of some rows. */
class RowCollector {
  readonly kept: Uint8Array;
  readonly #rows: Uint32Array;
  readonly #rowBytes: number;
  /** Places in `rows`, by rising row. */
  readonly #order: Uint32Array;
  #next = 0;
  #position = 0;

  constructor(rows: Uint32Array, rowBytes: number, where: string) {
    this.#rows = rows;
    this.#rowBytes = rowBytes;
    this.#order = rows.map((_, place) => place).sort((a, b) => rows[a] - rows[b]);
    try {
      this.kept = new Uint8Array(rows.length * rowBytes);
    } catch (error) {
      throw new UserError({
        where,
        what: `${rows.length} rows of ${rowBytes} bytes do not fit into memory`,
        remedy: "Ask for fewer samples",
        cause: error,
      });
    }
  }

  push(piece: Uint8Array): void {
    const end = this.#position + piece.length;
    while (!this.whole) {
      const place = this.#order[this.#next];
      const rowStart = this.#rows[place] * this.#rowBytes;
      if (rowStart >= end) break;
      const start = Math.max(rowStart, this.#position);
      const until = Math.min(rowStart + this.#rowBytes, end);
      const to = place * this.#rowBytes + (start - rowStart);
      this.kept.set(piece.subarray(start - this.#position, until - this.#position), to);
      if (until < rowStart + this.#rowBytes) break;
      this.#next += 1;
    }
    this.#position = end;
  }

  /** Whether every row has come. */
  get whole(): boolean {
    return this.#next === this.#order.length;
  }
}
