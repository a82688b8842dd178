import { UserError } from "../../errors.js";
import type { NumericArray } from "../../numeric-array.js";
import { textOfNumber } from "../csv/cell.js";

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const SPECIAL: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["+inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
]);
const NEWLINE = 0x0a;

/**
 * Reads a table of numbers separated by commas: every row as many as the first, no header. Lines that begin with `#`
 * (as numpy.savetxt writes a header) are skipped; `nan` and `inf` are numbers.
 * @param where how messages call the file.
 * @returns [rows, columns], also for a single column.
 * @throws UserError naming row and column, both counted from 1 as editors do, for a cell that is no number, a row of
 * another length, an empty row; and for a file without numbers.
 */
export function decodeCsv(bytes: Uint8Array, where: string): NumericArray<Float64Array> {
  const values: number[] = [];
  let columns = 0;
  let rows = 0;
  for (const [row, line] of linesOf(bytes)) {
    if (line.startsWith("#")) continue;
    const cells = line.split(",");
    columns ||= cells.length;
    if (cells.length !== columns || line.trim() === "") {
      throw new UserError({
        where: `${where}, row ${row}`,
        what:
          line.trim() === ""
            ? "the row is empty"
            : `it has ${cells.length} columns where the first has ${columns}`,
        remedy: "Give every row the same number of columns, separated by commas",
      });
    }
    for (const [column, cell] of cells.entries()) {
      values.push(numberOf(cell) ?? refuse(cell, cells, where, row, column + 1));
    }
    rows += 1;
  }
  if (rows === 0) {
    throw new UserError({
      where,
      what: "it holds no numbers",
      remedy: "Give one row of comma-separated numbers a sample",
    });
  }
  return { shape: [rows, columns], data: Float64Array.from(values) };
}

/** Writes one row of the table a sample; numbers in the shortest form that reads back to the same bits. */
export function encodeCsv({ shape, data }: NumericArray, where: string): string {
  if (shape.length < 1 || shape.length > 2) {
    throw new UserError({
      where,
      what: `a table has rows and columns; an array of shape [${shape.join(", ")}] does not fit`,
      remedy: "Write it as .npy",
    });
  }
  const [rows, columns = 1] = shape;
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from(data.subarray(row * columns, (row + 1) * columns), textOfNumber).join(),
  );
  return `${lines.join("\n")}\n`;
}

/** The lines with their numbers, from 1; without byte-order mark, carriage returns and the empty lines at the end. */
function* linesOf(bytes: Uint8Array): Generator<[number, string]> {
  const decoder = new TextDecoder();
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] <= 0x20) end -= 1;
  let row = 1;
  for (let start = 0; start < end; row++) {
    const newline = bytes.indexOf(NEWLINE, start);
    const stop = newline < 0 ? end : Math.min(newline, end);
    yield [row, decoder.decode(bytes.subarray(start, stop)).replace(/\r$/, "")];
    start = stop + 1;
  }
}

function numberOf(cell: string): number | undefined {
  const text = cell.trim();
  return DECIMAL.test(text) ? Number(text) : SPECIAL.get(text.toLowerCase());
}

function refuse(cell: string, cells: readonly string[], where: string, row: number, column: number): never {
  const header = row === 1 && cells.every((text) => numberOf(text) === undefined);
  throw new UserError({
    where: `${where}, row ${row}, column ${column}`,
    what: `"${cell.trim().slice(0, 40)}" is not a number`,
    remedy: header
      ? "Remove the header row, or begin it with #"
      : "Write numbers with a decimal point, separated by commas",
  });
}
