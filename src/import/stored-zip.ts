/**
 * Reads zip archives of uncompressed files, as `torch.save` writes them. A zip library would do, but those at hand
 * neither check the checksums nor bound what a lying archive makes them allocate; without compression the format
 * is a list of ranges.
 *
 * Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16 and 4.5.3 (zip64).
 */
import { crc32 } from "node:zlib";
import { printable } from "./printable.js";

/** What is wrong with an archive, to be told together with the name of the file. */
export class BadZip extends Error {
  override readonly name = "BadZip";
}

const SIGNATURE = {
  file: 0x04034b50,
  entry: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator: 0x07064b50,
};
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LONGEST_COMMENT = 0xffff;
const IN_ZIP64 = 0xffffffff;

/**
 * The files of an archive by name, as views on its bytes.
 * @throws BadZip when it is truncated, damaged, compressed or encrypted
 */
export function readStoredZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files = new Map<string, Uint8Array>();
  try {
    let { at, count } = findDirectory(view);
    let total = 0;
    for (; count > 0; count--) {
      if (view.getUint32(at, true) !== SIGNATURE.entry) throw new BadZip("its table of contents is damaged");
      const entry = readEntry(bytes, view, at);
      total += entry.bytes;
      // Entries may lie about each other's bytes; summing them up bounds the work of checking.
      if (total > bytes.length) throw new BadZip("truncated or damaged: its files are larger than itself");
      if (files.has(entry.name)) throw new BadZip(`it holds ${printable(entry.name)} twice`);
      files.set(entry.name, content(bytes, view, entry));
      at = entry.next;
    }
  } catch (error) {
    if (error instanceof RangeError) throw new BadZip("truncated or damaged: it points beyond its end");
    throw error;
  }
  return files;
}

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly storedBytes: number;
  readonly bytes: number;
  /** Where the file's own header lies. */
  readonly offset: number;
  /** Where the next entry lies. */
  readonly next: number;
}

/** Position of the table of contents and its number of entries. */
function findDirectory(view: DataView): { at: number; count: number } {
  const lowest = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let end = view.byteLength - END_BYTES; end >= lowest; end--) {
    if (view.getUint32(end, true) !== SIGNATURE.end) continue;
    if (end >= 20 && view.getUint32(end - 20, true) === SIGNATURE.locator) {
      const end64 = uint64(view, end - 12);
      if (view.getUint32(end64, true) === SIGNATURE.end64) {
        return { at: uint64(view, end64 + 48), count: uint64(view, end64 + 32) };
      }
    }
    return { at: view.getUint32(end + 16, true), count: view.getUint16(end + 10, true) };
  }
  throw new BadZip("truncated, or no zip archive: its end is missing");
}

function readEntry(bytes: Uint8Array, view: DataView, at: number): Entry {
  const nameBytes = view.getUint16(at + 28, true);
  const extraBytes = view.getUint16(at + 30, true);
  const extraAt = at + ENTRY_BYTES + nameBytes;
  const wide = zip64Fields(view, extraAt, extraBytes);
  // Only the fields that do not fit in 32 bits are moved there, in this order.
  const size = view.getUint32(at + 24, true);
  const storedBytes = view.getUint32(at + 20, true);
  const offset = view.getUint32(at + 42, true);
  return {
    name: new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, extraAt)),
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    bytes: size === IN_ZIP64 ? wide() : size,
    storedBytes: storedBytes === IN_ZIP64 ? wide() : storedBytes,
    offset: offset === IN_ZIP64 ? wide() : offset,
    next: extraAt + extraBytes + view.getUint16(at + 32, true),
  };
}

/** Reads the 64-bit fields of an entry one after another. */
function zip64Fields(view: DataView, start: number, length: number): () => number {
  const ZIP64 = 1;
  let at = start;
  while (at + 4 <= start + length && view.getUint16(at, true) !== ZIP64)
    at += 4 + view.getUint16(at + 2, true);
  at += 4;
  return () => {
    at += 8;
    return uint64(view, at - 8);
  };
}

function content(bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array {
  const { name, offset } = entry;
  const encrypted = entry.flags & 1;
  if (encrypted || entry.method !== 0 || entry.bytes !== entry.storedBytes) {
    throw new BadZip(
      `${printable(name)} in it is ${encrypted ? "encrypted" : "compressed"}, which torch.save never does`,
    );
  }
  if (view.getUint32(offset, true) !== SIGNATURE.file)
    throw new BadZip(`damaged: ${printable(name)} is not in its place`);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + entry.bytes > bytes.length)
    throw new BadZip(`truncated: ${printable(name)} ends beyond the file`);
  const file = bytes.subarray(start, start + entry.bytes);
  // PyTorch writes 0 where its user has switched checksums off.
  if (entry.crc !== 0 && crc32(file) !== entry.crc)
    throw new BadZip(`damaged: the checksum of ${printable(name)} does not fit`);
  return file;
}

function uint64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}
