import { refuse, UserError } from "../../errors.js";
import { shownCell } from "./cell.js";
import type { CsvRecord } from "./records.js";

// What every reader of CSV files refuses in the same words.

const ROWS_REMEDY = "Give a CSV file with one sample per row";

export function refuseEmptyFile(where: string): never {
  refuse(where, "the file is empty", ROWS_REMEDY);
}

export function refuseHeaderAlone(where: string): never {
  refuse(where, "it has a header and no row below it", ROWS_REMEDY);
}

export function refuseEmptyRow(where: string, line: number): never {
  refuse(`${where}, row ${line}`, "the row is empty", "Remove it");
}

export function otherLength(where: string, { line, cells }: CsvRecord, columns: number): UserError {
  return new UserError({
    where: `${where}, row ${line}`,
    what: `the row has ${cells.length} columns, the first row has ${columns}`,
    remedy: "Give every row the same number of columns",
  });
}

export function beyondIntegers(where: string, cell: string): UserError {
  return new UserError({
    where,
    what: `the integer ${shownCell(cell)} is beyond 2^53, where two that differ become one`,
    remedy: "Number them from 0, or write a measured value with a decimal point or an exponent",
  });
}
