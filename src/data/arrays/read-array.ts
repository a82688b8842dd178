import { fileSource, streamOf } from "../../files/source.js";
import type { NumericArray } from "../../numeric-array.js";
import { type CsvArrayOptions, readCsvArray } from "./csv.js";
import { readNpy } from "./npy.js";
import { openNpz, readNpz } from "./npz.js";
import { parseReference } from "./reference.js";

/**
 * Reads the array a person names: `FILE.npy`, `FILE.npz:KEY` (`FILE.npz` alone if it holds a single array), or
 * a table such as `FILE.csv`. The values are as the file has them, NaN included: it is for the measures to refuse them.
 * @param csv how a CSV file is read if it cannot be recognised, and the callback for how it was understood.
 * @throws UserError naming file, place and remedy for whatever cannot be read as an array of numbers.
 */
export function readArray(reference: string, csv: CsvArrayOptions = {}): NumericArray {
  const { path, format, key } = parseReference(reference);
  if (format === "csv") return readCsvArray(path, csv);
  const source = fileSource(path);
  return format === "npz" ? readNpz(openNpz(source), key) : readNpy(streamOf(source));
}
