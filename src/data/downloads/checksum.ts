import { createHash, type Hash } from "node:crypto";
import { fileSource, streamOf } from "../../files/source.js";
import type { Checksum } from "./registry.js";

/**
 * A hash that has taken a file's content, so that more can follow.
 * @throws UserError when the file cannot be read.
 */
export function hashFile(path: string, algorithm: Checksum["algorithm"]): Hash {
  const hash = createHash(algorithm);
  for (const piece of streamOf(fileSource(path)).pieces) hash.update(piece);
  return hash;
}

/** The algorithm as people write it. */
export function nameOf({ algorithm }: Checksum): string {
  return algorithm === "sha256" ? "SHA-256" : "MD5";
}
