import { gunzipSync } from "node:zlib";
import { UserError } from "../errors.js";
import { readBytes } from "../files/read.js";

/**
 * Reads a whole file, unpacked where it is gzip by its first two bytes, whatever it is called. The checksum in it is verified.
 * @throws UserError when it cannot be read, and when the packed bytes are truncated or damaged.
 */
export function readUnpacked(path: string): Uint8Array {
  const bytes = readBytes(path);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    const { buffer, byteOffset, length } = gunzipSync(bytes);
    return new Uint8Array(buffer, byteOffset, length);
  } catch (error) {
    throw new UserError({
      where: path,
      what: `it cannot be unpacked (${error instanceof Error ? error.message : String(error)})`,
      remedy: "It is truncated or damaged: copy or download it again",
      cause: error,
    });
  }
}
