import { writeFileAtomic } from "../../files/atomic.js";
import type { NumericArray } from "../../numeric-array.js";
import { encodeCsv } from "./csv.js";
import { encodeNpy } from "./npy.js";
import { encodeNpz } from "./npz.js";
import { parseReference } from "./reference.js";

/** The name that numpy.savez gives to an array without one. */
const DEFAULT_KEY = "arr_0";

/**
 * Writes an array to `FILE.npy`, `FILE.csv` (one or two axes), or alone into an archive `FILE.npz:KEY`, in the
 * element type it has in memory. A file that is there is replaced, in one step.
 * @throws UserError for another ending, and for a path that cannot be written; nothing half-written stays behind.
 */
export function writeArray(reference: string, array: NumericArray): void {
  const { path, format, key = DEFAULT_KEY } = parseReference(reference, [".csv"]);
  if (format === "npz") writeFileAtomic(path, encodeNpz({ [key]: array }));
  else writeFileAtomic(path, format === "npy" ? encodeNpy(array) : encodeCsv(array, path));
}
