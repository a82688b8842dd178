import { inflate, inflateHead, type UnpackedLimit, usualLimit } from "../files/inflate.js";
import { type ByteSource, bytesSource, fileSource } from "../files/source.js";

/** Bytes of a file that is not packed, of which its header is read. */
const HEAD_BYTES = 2 ** 12;

/**
 * Reads a whole file, unpacked where it is gzip by its first two bytes, whatever it is called. The checksum in it is verified.
 * @param limitOf what the file may unpack to, from the first bytes of the content; what is usual by default. It is asked of files that
 * are not packed too.
 * @throws UserError when it cannot be read, when the packed bytes are truncated or damaged, when they unpack to more than the limit,
 * and whatever `limitOf` throws.
 */
export function readUnpacked(path: string, limitOf?: (head: Uint8Array) => UnpackedLimit): Uint8Array {
  const source = fileSource(path);
  if (!isGzip(source)) {
    limitOf?.(source.read(0, Math.min(source.size, HEAD_BYTES)));
    return source.read(0, source.size);
  }
  const packed = source.read(0, source.size);
  const limit = limitOf?.(inflateHead(packed, "gzip", path)) ?? usualLimit(packed.length);
  return inflate(packed, "gzip", path, limit);
}

/**
 * The first bytes of a file, unpacked where it is gzip.
 * @throws UserError when it cannot be read, or its first bytes cannot be unpacked.
 */
export function headUnpacked(path: string): Uint8Array {
  const source = fileSource(path);
  const head = source.read(0, Math.min(source.size, HEAD_BYTES));
  return isGzip(source) ? inflateHead(head, "gzip", path) : head;
}

/**
 * A file as a source, unpacked in memory where it is gzip.
 * @throws UserError as {@link readUnpacked}.
 */
export function unpackedSource(path: string): ByteSource {
  const source = fileSource(path);
  return isGzip(source) ? bytesSource(readUnpacked(path), path) : source;
}

function isGzip(source: ByteSource): boolean {
  if (source.size < 2) return false;
  const [first, second] = source.read(0, 2);
  return first === 0x1f && second === 0x8b;
}
