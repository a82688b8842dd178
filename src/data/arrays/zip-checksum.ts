/** The checksums of a zip archive, which fflate does not verify: without them a flipped bit is a wrong number. */

const DIRECTORY_ENTRY = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;

/**
 * Whether an unpacked entry has the CRC-32 that the archive's directory promises.
 * @param archive a whole zip file below 4 GB.
 * @param name the entry, as the directory spells it (ASCII or UTF-8).
 */
export function checksumFits(archive: Uint8Array, name: string, content: Uint8Array): boolean {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = archive.length - END_BYTES;
  while (end > 0 && view.getUint32(end, true) !== END_OF_DIRECTORY) end -= 1;
  let entry = view.getUint32(end + 16, true);
  while (entry + ENTRY_BYTES <= archive.length && view.getUint32(entry, true) === DIRECTORY_ENTRY) {
    const nameBytes = view.getUint16(entry + 28, true);
    const nameAt = entry + ENTRY_BYTES;
    if (new TextDecoder().decode(archive.subarray(nameAt, nameAt + nameBytes)) === name) {
      return view.getUint32(entry + 16, true) === crc32(content);
    }
    entry = nameAt + nameBytes + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true);
  }
  return false;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++)
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  return remainder;
});

/** CRC-32 of ISO 3309, as zip and PNG use it. */
function crc32(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (let k = 0; k < bytes.length; k++) {
    remainder = TABLE[(remainder ^ bytes[k]) & 0xff] ^ (remainder >>> 8);
  }
  return ~remainder >>> 0;
}
