/**
 * An animated PNG from PNG files, one a frame: their pixel data in chunks of its own kind, with a chunk of control
 * before each. Source: PNG Specification, third edition (W3C 2025), sections 11.3.6 and 5.
 */
import { crc32 } from "node:zlib";

const SIGNATURE_BYTES = 8;

/**
 * Puts PNG files of one size and kind one after the other, repeated for ever.
 * @param frames whole PNG files, at least one.
 * @param milliseconds how long each is shown.
 * @throws Error when the files differ in size or kind of pixels.
 */
export function apng(frames: readonly Uint8Array[], milliseconds: number): Uint8Array {
  const [header] = chunksOf(frames[0], "IHDR");
  // Width and height are the header's first eight bytes; the place of a frame is the upper left corner.
  const area = Buffer.concat([header.subarray(0, 8), numbers(0, 0)]);
  const delay = Buffer.alloc(6);
  delay.writeUInt16BE(Math.round(milliseconds), 0);
  delay.writeUInt16BE(1000, 2);
  const written: Uint8Array[] = [
    frames[0].subarray(0, SIGNATURE_BYTES),
    chunk("IHDR", header),
    chunk("acTL", numbers(frames.length, 0)),
  ];
  let sequence = 0;
  for (const [index, frame] of frames.entries()) {
    if (Buffer.compare(chunksOf(frame, "IHDR")[0], header) !== 0) {
      throw new Error(`frame ${index} is of another size or kind than the first`);
    }
    written.push(chunk("fcTL", numbers(sequence++), area, delay));
    for (const data of chunksOf(frame, "IDAT")) {
      // The first frame's data are those of the still picture that other viewers show.
      written.push(index === 0 ? chunk("IDAT", data) : chunk("fdAT", numbers(sequence++), data));
    }
  }
  return Buffer.concat([...written, chunk("IEND")]);
}

/** The data of all chunks of a type. */
function chunksOf(png: Uint8Array, type: string): Uint8Array[] {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const found: Uint8Array[] = [];
  for (let at = SIGNATURE_BYTES; at + 12 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at);
    if (bytes.toString("latin1", at + 4, at + 8) === type) found.push(png.subarray(at + 8, end));
    at = end + 4;
  }
  if (found.length === 0) throw new Error(`a frame is no PNG: it has no ${type}`);
  return found;
}

/** Length, type, data and the checksum of the last two. */
function chunk(type: string, ...data: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, "latin1"), ...data]);
  return Buffer.concat([numbers(body.length - 4), body, numbers(crc32(body))]);
}

/** Four bytes each, the most significant first. */
function numbers(...values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [k, value] of values.entries()) bytes.writeUInt32BE(value, 4 * k);
  return bytes;
}
