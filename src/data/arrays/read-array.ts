import { readBytes } from "../../files/read.js";
import { fileSource, streamOf } from "../../files/source.js";
import type { NumericArray } from "../../numeric-array.js";
import { decodeCsv } from "./csv.js";
import { readNpy } from "./npy.js";
import { openNpz, readNpz } from "./npz.js";
import { parseReference } from "./reference.js";

/**
 * Reads the array a person names: `FILE.npy`, `FILE.npz:KEY` (`FILE.npz` alone if it holds a single array), or
 * `FILE.csv`. The values are as the file has them, NaN included: it is for the measures to refuse them.
 * @throws UserError naming file, place and remedy for whatever cannot be read as an array of numbers.
 */
export function readArray(reference: string): NumericArray {
  const { path, format, key } = parseReference(reference);
  if (format === "csv") return decodeCsv(readBytes(path), path);
  const source = fileSource(path);
  return format === "npz" ? readNpz(openNpz(source), key) : readNpy(streamOf(source));
}
