import { createHash, type Hash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { inFileSystem } from "../../files/system-errors.js";
import type { Checksum } from "./registry.js";

const BLOCK = 2 ** 20;

/**
 * A hash that has taken a file's content, so that more can follow.
 * @throws UserError when the file cannot be read.
 */
export function hashFile(path: string, algorithm: Checksum["algorithm"]): Hash {
  const hash = createHash(algorithm);
  const block = new Uint8Array(BLOCK);
  return inFileSystem(path, () => {
    const handle = openSync(path, "r");
    try {
      for (let read = readSync(handle, block); read > 0; read = readSync(handle, block)) {
        hash.update(block.subarray(0, read));
      }
    } finally {
      closeSync(handle);
    }
    return hash;
  });
}

/** The algorithm as people write it. */
export function nameOf({ algorithm }: Checksum): string {
  return algorithm === "sha256" ? "SHA-256" : "MD5";
}
