/** The checksums of a zip archive, which fflate does not verify: without them a flipped bit is a wrong number. */
import { crc32 } from "node:zlib";
import { strFromU8 } from "fflate";
import { findZipEntry } from "./zip-directory.js";

const DIRECTORY_ENTRY = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const UTF8_NAME = 0x800;

/**
 * Whether an unpacked entry has the CRC-32 that the archive's directory promises.
 * @param archive a whole zip file below 4 GB.
 * @param name the entry, as the directory spells it (ASCII or UTF-8).
 */
export function checksumFits(archive: Uint8Array, name: string, content: Uint8Array): boolean {
  return findZipEntry(archive, name)?.crc32 === crc32(content);
}

/**
 * The CRC-32 that an archive's directory promises for each entry, by the name as fflate spells it: all in one pass, for
 * archives of thousands of files.
 * @param archive a whole zip file below 4 GB.
 */
export function zipChecksums(archive: Uint8Array): ReadonlyMap<string, number> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = archive.length - END_BYTES;
  while (end > 0 && view.getUint32(end, true) !== END_OF_DIRECTORY) end -= 1;
  const found = new Map<string, number>();
  let entry = view.getUint32(end + 16, true);
  while (entry + ENTRY_BYTES <= archive.length && view.getUint32(entry, true) === DIRECTORY_ENTRY) {
    const nameAt = entry + ENTRY_BYTES;
    const nameEnd = nameAt + view.getUint16(entry + 28, true);
    const latin1 = (view.getUint16(entry + 8, true) & UTF8_NAME) === 0;
    found.set(strFromU8(archive.subarray(nameAt, nameEnd), latin1), view.getUint32(entry + 16, true));
    entry = nameEnd + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true);
  }
  return found;
}
