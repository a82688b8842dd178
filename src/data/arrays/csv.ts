import { refuse } from "../../errors.js";
import { assertNumericArray, type NumericArray } from "../../numeric-array.js";
import { quotedCell, textOfNumber } from "../csv/cell.js";
import { readNumberTable } from "../csv/number-table.js";
import type { CsvSource } from "../csv/options.js";
import type { LabelledCsvOptions } from "../file-keys.js";

/** How a table of numbers is read, and the callback for how it was understood. */
export interface CsvArrayOptions extends LabelledCsvOptions {
  /** Given one line where the file was taken for anything but numbers between commas without a header. */
  readonly onNotice?: ((line: string) => void) | undefined;
}

/**
 * Reads a table of numbers as an array (rule D9); `nan` and `inf` are numbers.
 * @param bytes of the file, in UTF-8, UTF-16 or Windows-1252.
 * @param where how messages call the file.
 * @returns [rows, columns], also for a single column.
 * @throws UserError naming row and column, both counted from 1 as editors do, for a cell that is missing or
 * no number, a row of another length, an empty row; and for a file without numbers, or one that can be read
 * in two ways.
 */
export function decodeCsv(
  bytes: Uint8Array,
  where: string,
  options: CsvArrayOptions = {},
): NumericArray<Float64Array> {
  return readCsvArray({ bytes, where }, options);
}

/** {@link decodeCsv} for a file that is read piece by piece. */
export function readCsvArray(source: CsvSource, options: CsvArrayOptions = {}): NumericArray<Float64Array> {
  const { rows, columns, data, notice } = readNumberTable(source, options);
  if (notice !== undefined) options.onNotice?.(notice);
  return { shape: [rows, columns], data };
}

/**
 * Writes an array as a table of commas, one line for each row; numbers in the shortest form that reads back to the same bits
 * (rule D9).
 * @param array [rows, columns], or [rows] as one column.
 * @param where how messages call the file.
 * @param names of the columns, for a first line; none is written by default.
 * @returns the text, every line ending in LF.
 * @throws UserError for data that do not fit the shape, and an array of no axes or more than two.
 */
export function encodeCsv(array: NumericArray, where: string, names?: readonly string[]): string {
  assertNumericArray(array, where);
  const { shape, data } = array;
  if (shape.length < 1 || shape.length > 2) {
    refuse(
      where,
      `a table has rows and columns; an array of shape [${shape.join(", ")}] does not fit`,
      "Write it as .npy",
    );
  }
  const [rows, columns = 1] = shape;
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from(data.subarray(row * columns, (row + 1) * columns), textOfNumber).join(),
  );
  const header = names === undefined ? [] : [names.map(quotedCell).join()];
  return `${[...header, ...lines].join("\n")}\n`;
}
