import { printable, refuse } from "../errors.js";
import type { ByteSource } from "./source.js";

/** What a zip archive's directory says of one file. Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16 and 4.5.3. */
export interface ZipEntry {
  /** As the archive spells it, never to be used as a path to write to; of a folder it ends in a slash. */
  readonly name: string;
  /** The bytes that the name was read from. */
  readonly rawName: Uint8Array;
  /** Bytes unpacked. */
  readonly size: number;
  readonly packedSize: number;
  /** 0 stored, 8 deflated; others are not read. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc32: number;
  /** Where its own header lies in the source. */
  readonly offset: number;
  /** Where what follows it begins: the next file, or the directory. */
  readonly end: number;
}

const SIGNATURE = { entry: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator: 0x07064b50 };
const END_BYTES = 22;
const END64_BYTES = 56;
const LOCATOR_BYTES = 20;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 0xffff;
const LONGEST_DIRECTORY = 2 ** 28;
const ZIP64_FIELD = 1;
const IN_ZIP64 = 0xffffffff;
const IN_ZIP64_COUNT = 0xffff;
const ENCRYPTED = 1;
const UTF8_NAME = 0x800;

/**
 * Reads an archive's directory, which lies at its end; bytes before the archive are skipped, as Python's zipfile does.
 * @returns its files in the directory's order; a name may come twice.
 * @throws UserError when it is truncated, damaged or no zip archive, when its files overlap, and when it is one of several parts.
 */
export function readZipDirectory(source: ByteSource): ZipEntry[] {
  const { where } = source;
  try {
    const { at, bytes, count, shift } = findDirectory(source);
    if (bytes > LONGEST_DIRECTORY) refuseNotWhole(where, "its directory is too long");
    const entries = parseEntries(source.read(at, bytes), shift);
    // Old programs count modulo 2^16.
    if (entries.length !== count && entries.length % (IN_ZIP64_COUNT + 1) !== count) {
      throw new RangeError("the number of entries");
    }
    return withEnds(entries, at, where);
  } catch (error) {
    if (error instanceof RangeError) refuseNotWhole(where, "its directory is damaged", error);
    throw error;
  }
}

/** What to say of an archive that makes no sense. */
export function refuseNotWhole(where: string, reason: string, cause?: unknown): never {
  refuse(
    where,
    `this is not a whole zip archive (${reason})`,
    "It is truncated, damaged or another kind of file: copy, download or save it again",
    cause,
  );
}

interface Directory {
  /** Where it lies in the source. */
  readonly at: number;
  readonly bytes: number;
  /** How many entries it should have. */
  readonly count: number;
  /** Bytes before the archive, by which the positions that it names are off. */
  readonly shift: number;
}

function findDirectory(source: ByteSource): Directory {
  const { where, size } = source;
  const tailBytes = Math.min(size, END_BYTES + LONGEST_COMMENT + END64_BYTES + LOCATOR_BYTES);
  const tailAt = size - tailBytes;
  const view = viewOf(source.read(tailAt, tailBytes));
  let end = tailBytes - END_BYTES;
  while (end >= 0 && view.getUint32(end, true) !== SIGNATURE.end) end -= 1;
  if (end < 0) refuseNotWhole(where, "its end is missing");
  const disks = [view.getUint16(end + 4, true), view.getUint16(end + 6, true)];
  if (disks.some((disk) => disk !== 0 && disk !== IN_ZIP64_COUNT)) {
    refuse(where, "it is one part of an archive of several", "Join them into one archive first");
  }
  const wide = end >= LOCATOR_BYTES && view.getUint32(end - LOCATOR_BYTES, true) === SIGNATURE.locator;
  const found = wide
    ? readEnd64(source, view, end, tailAt)
    : {
        end: tailAt + end,
        bytes: view.getUint32(end + 12, true),
        at: view.getUint32(end + 16, true),
        count: view.getUint16(end + 10, true),
      };
  const at = found.end - found.bytes;
  const shift = at - found.at;
  if (at < 0 || shift < 0) refuseNotWhole(where, "its directory is missing");
  return { at, bytes: found.bytes, count: found.count, shift };
}

/** The wider end that archives above 4 GB have, before the locator: it is looked for there, or where this says. */
function readEnd64(source: ByteSource, tail: DataView, end: number, tailAt: number) {
  const locator = tailAt + end - LOCATOR_BYTES;
  const declared = uint64(tail, end - LOCATOR_BYTES + 8);
  for (const at of [locator - END64_BYTES, declared]) {
    if (at < 0 || at + END64_BYTES > source.size) continue;
    const view = viewOf(source.read(at, END64_BYTES));
    if (view.getUint32(0, true) !== SIGNATURE.end64) continue;
    return { end: at, bytes: uint64(view, 40), at: uint64(view, 48), count: uint64(view, 32) };
  }
  throw new RangeError("no zip64 end");
}

type Found = Omit<ZipEntry, "end">;

function parseEntries(directory: Uint8Array, shift: number): Found[] {
  const view = viewOf(directory);
  const entries: Found[] = [];
  for (let at = 0; at < directory.length; ) {
    if (view.getUint32(at, true) !== SIGNATURE.entry) throw new RangeError("no entry");
    const flags = view.getUint16(at + 8, true);
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const extraAt = at + ENTRY_BYTES + nameBytes;
    // Only what does not fit into 32 bits is moved there, in this order.
    const wide = zip64Fields(view, extraAt, extraBytes);
    const size = view.getUint32(at + 24, true);
    const packedSize = view.getUint32(at + 20, true);
    const offset = view.getUint32(at + 42, true);
    const rawName = directory.subarray(at + ENTRY_BYTES, extraAt);
    entries.push({
      name: decodeName(rawName, flags),
      rawName,
      encrypted: (flags & ENCRYPTED) !== 0,
      method: view.getUint16(at + 10, true),
      crc32: view.getUint32(at + 16, true),
      size: size === IN_ZIP64 ? wide() : size,
      packedSize: packedSize === IN_ZIP64 ? wide() : packedSize,
      offset: (offset === IN_ZIP64 ? wide() : offset) + shift,
    });
    at = extraAt + extraBytes + view.getUint16(at + 32, true);
    if (at > directory.length) throw new RangeError("an entry beyond the end");
  }
  return entries;
}

/** Reads the 64-bit fields of an entry one after another. */
function zip64Fields(view: DataView, start: number, length: number): () => number {
  const end = start + length;
  let at = start;
  while (at + 4 <= end && view.getUint16(at, true) !== ZIP64_FIELD) at += 4 + view.getUint16(at + 2, true);
  at += 4;
  return () => {
    at += 8;
    if (at > end) throw new RangeError("no zip64 field");
    return uint64(view, at - 8);
  };
}

/** UTF-8, whether the archive says so or not; what is none is taken as Latin-1. */
function decodeName(bytes: Uint8Array, flags: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError) || flags & UTF8_NAME) throw new RangeError("a name", { cause: error });
    return new TextDecoder("latin1").decode(bytes);
  }
}

/** Files that share bytes would let a small archive unpack to any size. */
function withEnds(entries: readonly Found[], directoryAt: number, where: string): ZipEntry[] {
  const ends = new Map<Found, number>();
  let following = directoryAt;
  for (const entry of [...entries].sort((a, b) => b.offset - a.offset)) {
    if (entry.offset + LOCAL_BYTES + entry.rawName.length + entry.packedSize > following) {
      refuseNotWhole(where, `${printable(entry.name)} reaches into what follows it`);
    }
    ends.set(entry, following);
    following = entry.offset;
  }
  return entries.map((entry) => ({ ...entry, end: ends.get(entry)! }));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function uint64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}
