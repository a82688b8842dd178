/** What the browser has in place of `node:zlib`: the checksum of a run's files. */

const POLYNOMIAL = 0xedb88320;

/** What each byte does to the sum. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value >>> 0;
});

/** CRC-32 of bytes, or of a text as UTF-8, that follow what had the sum `before`. */
export function crc32(data: Uint8Array | string, before = 0): number {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  let sum = ~before;
  for (const byte of bytes) sum = (sum >>> 8) ^ TABLE[(sum ^ byte) & 0xff]!;
  return ~sum >>> 0;
}
