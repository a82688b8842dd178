/**
 * An animated PNG from PNG files, one a frame: their pixel data in chunks of its own kind, with a chunk of control
 * before each. Source: PNG Specification, third edition (W3C 2025), sections 11.3.6 and 5.
 */
import { crc32 } from "node:zlib";

const SIGNATURE_BYTES = 8;

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/**
 * Puts PNG files of one size and kind one after the other, repeated for ever.
 * @param frames whole PNG files, at least one.
 * @param milliseconds how long each is shown.
 * @throws Error when the files differ in size or kind of pixels.
 */
export function apng(frames: readonly Uint8Array[], milliseconds: number): Uint8Array {
  const [first] = frames;
  const header = chunkOf(first, "IHDR");
  const { width, height } = sizeOf(header);
  const written: Uint8Array[] = [
    first.subarray(0, SIGNATURE_BYTES),
    chunk("IHDR", header),
    chunk("acTL", numbers([frames.length, 0])),
  ];
  let sequence = 0;
  for (const [index, frame] of frames.entries()) {
    if (Buffer.compare(chunkOf(frame, "IHDR"), header) !== 0) {
      throw new Error(`frame ${index} is of another size or kind than the first`);
    }
    const place = numbers([sequence++, width, height, 0, 0]);
    written.push(chunk("fcTL", Buffer.concat([place, control(milliseconds)])));
    for (const { data } of chunksOf(frame).filter(({ type }) => type === "IDAT")) {
      // The first frame's data are those of the still picture that other viewers show.
      written.push(
        index === 0 ? chunk("IDAT", data) : chunk("fdAT", Buffer.concat([numbers([sequence++]), data])),
      );
    }
  }
  written.push(chunk("IEND", new Uint8Array(0)));
  return Buffer.concat(written);
}

/** Delay in thousandths of a second; the frame is left as it is, and replaces what was there. */
function control(milliseconds: number): Uint8Array {
  const bytes = Buffer.alloc(6);
  bytes.writeUInt16BE(Math.round(milliseconds), 0);
  bytes.writeUInt16BE(1000, 2);
  return bytes;
}

function sizeOf(header: Uint8Array): { width: number; height: number } {
  const view = new DataView(header.buffer, header.byteOffset);
  return { width: view.getUint32(0), height: view.getUint32(4) };
}

function chunkOf(png: Uint8Array, type: string): Uint8Array {
  const found = chunksOf(png).find((chunk) => chunk.type === type);
  if (!found) throw new Error(`a frame is no PNG: it has no ${type}`);
  return found.data;
}

function chunksOf(png: Uint8Array): Chunk[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE_BYTES; at + 12 <= png.length; ) {
    const length = view.getUint32(at);
    const type = Buffer.from(png.subarray(at + 4, at + 8)).toString("latin1");
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** Length, type, data and the checksum of the last two. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([numbers([data.length]), body, numbers([crc32(body)])]);
}

/** Four bytes each, the most significant first. */
function numbers(values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [k, value] of values.entries()) bytes.writeUInt32BE(value, 4 * k);
  return bytes;
}
