/** What a zip archive's directory says of one entry. Source: PKWARE, APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.5.3. */
export interface ZipEntry {
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc32: number;
  /** The bytes as they lie in the archive, a view. */
  readonly packed: Uint8Array;
}

const DIRECTORY_ENTRY = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const ZIP64_FIELD = 1;
const IN_ZIP64_FIELD = 0xffffffff;

/**
 * Finds an entry by its name in the directory of an archive below 4 GB; the unpacked entry may be longer than that.
 * @param name as the directory spells it (ASCII or UTF-8).
 * @returns undefined where there is no directory, or no such entry whole within the archive.
 */
export function findZipEntry(archive: Uint8Array, name: string): ZipEntry | undefined {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = archive.length - END_BYTES;
  while (end >= 0 && view.getUint32(end, true) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) return undefined;
  let entry = view.getUint32(end + 16, true);
  while (entry + ENTRY_BYTES <= archive.length && view.getUint32(entry, true) === DIRECTORY_ENTRY) {
    const nameAt = entry + ENTRY_BYTES;
    const extraAt = nameAt + view.getUint16(entry + 28, true);
    const extraEnd = extraAt + view.getUint16(entry + 30, true);
    if (new TextDecoder().decode(archive.subarray(nameAt, extraAt)) === name) {
      const packed = packedBytes(archive, view, entry, extraAt, Math.min(extraEnd, archive.length));
      if (!packed) return undefined;
      return {
        method: view.getUint16(entry + 10, true),
        crc32: view.getUint32(entry + 16, true),
        packed,
      };
    }
    entry = extraEnd + view.getUint16(entry + 32, true);
  }
  return undefined;
}

function packedBytes(
  archive: Uint8Array,
  view: DataView,
  entry: number,
  extraAt: number,
  extraEnd: number,
): Uint8Array | undefined {
  let length = view.getUint32(entry + 20, true);
  const local = view.getUint32(entry + 42, true);
  if (length === IN_ZIP64_FIELD) {
    // The field holds, 8 bytes each, only those sizes that have no room in the entry itself: the unpacked one first.
    const field = findExtraField(view, extraAt, extraEnd, ZIP64_FIELD);
    const before = view.getUint32(entry + 24, true) === IN_ZIP64_FIELD ? 8 : 0;
    if (field === undefined || field + before + 8 > extraEnd) return undefined;
    length = Number(view.getBigUint64(field + before, true));
  }
  if (local + LOCAL_BYTES > archive.length) return undefined;
  const start = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  return start + length <= archive.length ? archive.subarray(start, start + length) : undefined;
}

/** Where the content of an extra field begins. */
function findExtraField(view: DataView, start: number, end: number, id: number): number | undefined {
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === id) return at + 4;
  }
  return undefined;
}
