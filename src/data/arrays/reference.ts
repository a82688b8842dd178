import { refuse } from "../../errors.js";
import { writeFileAtomic } from "../../files/atomic.js";
import { fileSource, streamOf } from "../../files/source.js";
import type { NumericArray } from "../../numeric-array.js";
import { TABLE_ENDINGS } from "../csv/options.js";
import { type CsvArrayOptions, encodeCsv, readCsvArray } from "./csv.js";
import { encodeNpy, readNpy } from "./npy.js";
import { encodeNpz, openNpz } from "./npz.js";

/** An array as a person names it: a file, and in an archive the name of an array there. */
export interface ArrayReference {
  readonly path: string;
  readonly format: "npy" | "npz" | "csv";
  /** Name of the array in an archive; undefined elsewhere, and for the only one. */
  readonly key?: string;
}

/**
 * Understands where an array lies: `FILE.npy`, `FILE.npz`, `FILE.npz:KEY`, or a table, such as `FILE.csv`.
 * Nothing is read.
 * @param tables the endings of tables, with their dot; `.csv`, `.tsv` and `.txt` by default.
 * @throws UserError for any other ending.
 */
export function parseReference(reference: string, tables = TABLE_ENDINGS): ArrayReference {
  const [, archive, key] = /^(.+?\.npz)(?::(.*))?$/is.exec(reference) ?? [];
  if (archive) return key ? { path: archive, format: "npz", key } : { path: archive, format: "npz" };
  const [ending = ""] = /\.[^./\\]*$/.exec(reference) ?? [];
  if (ending.toLowerCase() === ".npy") return { path: reference, format: "npy" };
  if (tables.includes(ending.toLowerCase())) return { path: reference, format: "csv" };
  refuse(
    reference || '""',
    ending ? `${ending} is not a kind of array file` : "the name does not end in a kind of array file",
    `Give FILE.npy, FILE.npz:KEY or a table: ${tables.map((table) => `FILE${table}`).join(", ")}`,
  );
}

/**
 * Reads the array a person names: `FILE.npy`, `FILE.npz:KEY` (`FILE.npz` alone if it holds a single array),
 * or a table such as `FILE.csv` (rule D9). The values are as the file has them, NaN included: it is for the
 * measures to refuse them.
 * @param csv how a CSV file is read if it cannot be recognised, and the callback for how it was understood.
 * @returns the shape of the file's array; of a table [rows, columns].
 * @throws UserError naming file, place and remedy for whatever cannot be read as an array of numbers.
 */
export function readArray(reference: string, csv: CsvArrayOptions = {}): NumericArray {
  const { path, format, key } = parseReference(reference);
  if (format === "csv") return readCsvArray(path, csv);
  const source = fileSource(path);
  return readNpy(format === "npz" ? openNpz(source).stream(key) : streamOf(source));
}

/** The name that numpy.savez gives to an array without one. */
const DEFAULT_KEY = "arr_0";

/**
 * Writes an array to `FILE.npy`, `FILE.csv` (one or two axes), or alone into an archive `FILE.npz:KEY`, in the
 * element type it has in memory. A file that is there is replaced, in one step.
 * @throws UserError for another ending, data that do not fit the shape, and a path that cannot be written; nothing half-written stays behind.
 */
export function writeArray(reference: string, array: NumericArray): void {
  const { path, format, key = DEFAULT_KEY } = parseReference(reference, [".csv"]);
  if (format === "npz") writeFileAtomic(path, encodeNpz({ [key]: array }));
  else writeFileAtomic(path, format === "npy" ? encodeNpy(array, path) : encodeCsv(array, path));
}
