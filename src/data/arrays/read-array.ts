import { readBytes } from "../../files/read.js";
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
