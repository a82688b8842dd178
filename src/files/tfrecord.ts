/**
 * Frames one record as TensorFlow's record files do: length (8 bytes), masked checksum of the length (4), the bytes,
 * masked checksum of the bytes (4); all little-endian.
 * Source: https://www.tensorflow.org/tutorials/load_data/tfrecord, section "TFRecords format details".
 */
export function frameRecord(record: Uint8Array): Uint8Array {
  const framed = new Uint8Array(12 + record.length + 4);
  const view = new DataView(framed.buffer);
  view.setBigUint64(0, BigInt(record.length), true);
  view.setUint32(8, maskedCrc(framed.subarray(0, 8)), true);
  framed.set(record, 12);
  view.setUint32(12 + record.length, maskedCrc(record), true);
  return framed;
}

/** Rotated and shifted, because a checksum of bytes that hold their own checksum would be degenerate. */
function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** Remainders of all single bytes modulo the Castagnoli polynomial, bits reversed. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++)
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0x82f63b78 : remainder >>> 1;
  return remainder;
});

/**
 * CRC-32C (Castagnoli) of some bytes, as an unsigned number; not the CRC-32 of zip and `node:zlib`.
 * Source: RFC 3720, appendix B.4.
 */
export function crc32c(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) remainder = TABLE[(remainder ^ byte) & 0xff]! ^ (remainder >>> 8);
  return ~remainder >>> 0;
}
