import { readFileSync } from "node:fs";
import { UserError } from "../../errors.js";
import { explainSystemError } from "../../files/atomic.js";
import type { NumericArray } from "../../numeric-array.js";
import { decodeCsv } from "./csv.js";
import { decodeNpy } from "./npy.js";
import { decodeNpz } from "./npz.js";
import { parseReference } from "./reference.js";

/**
 * Reads the array a person names: `FILE.npy`, `FILE.npz:KEY` (`FILE.npz` alone if it holds a single array), or
 * `FILE.csv`. The values are as the file has them, NaN included: it is for the measures to refuse them.
 * @throws UserError naming file, place and remedy for whatever cannot be read as an array of numbers.
 */
export function readArray(reference: string): NumericArray {
  const { path, format, key } = parseReference(reference);
  const bytes = readBytes(path);
  if (format === "npz") return decodeNpz(bytes, key, path);
  return format === "npy" ? decodeNpy(bytes, path) : decodeCsv(bytes, path);
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_FS_FILE_TOO_LARGE") {
      throw new UserError({
        where: path,
        what: "the file is larger than 2 GiB",
        remedy: "Give a part of it",
        cause: error,
      });
    }
    throw explainSystemError(error, path);
  }
}
