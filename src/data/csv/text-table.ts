import { refuse } from "../../errors.js";
import type { CsvOptions } from "../file-keys.js";
import { isBeyondIntegers, kindOfCell, numberOfCell } from "./cell.js";
import { DecimalSign } from "./decimal-sign.js";
import { countsFrom } from "./header.js";
import { settleIndex, type WholeColumn } from "./index-column.js";
import type { LookOptions, Note } from "./look.js";
import { type CsvSource, nameOfSource } from "./options.js";
import { checkRecord, records } from "./records.js";
import { beyondIntegers, otherLength, refuseEmptyRow, refuseHeaderAlone } from "./refusals.js";
import { withTable } from "./table.js";

/** A table whose cells are texts or numbers, such as labels with the names of their images. */
export interface TextTable {
  /** Names of the columns; undefined where there are none. */
  readonly header: readonly string[] | undefined;
  /** Cells as they stand there, without quotes, row by row; all rows have as many. */
  readonly rows: readonly (readonly string[])[];
  /** The line of the file, from 1, on which each row begins. */
  readonly lines: readonly number[];
  /** What separates the columns. */
  readonly delimiter: string;
  /** What was inferred, for {@link noticeOf}; nothing for plain commas. */
  readonly notes: readonly Note[];
}

/** How such a table is read. */
export type TextTableOptions = CsvOptions & Pick<LookOptions, "isRow">;

/** A cell in quotes goes over no more characters than these. */
const LONGEST_CELL = 1 << 20;

/**
 * Reads a table of texts and numbers (rule D9): any delimiter, quotes, UTF-8 or UTF-16, with or without names, and without
 * its index.
 * @throws UserError with file and line when a row is short or long, empty between others, or its quotes are wrong; when
 * the file cannot be read or holds no rows.
 */
export function readTextTable(source: CsvSource, options: TextTableOptions = {}): TextTable {
  const where = nameOfSource(source);
  return withTable(source, { ...options, isTexts: true }, ({ look, notes, blocks }) => {
    const { delimiter, columns, header } = look;
    const rows: (readonly string[])[] = [];
    const lines: number[] = [];
    let nextLine = look.firstLine;
    let emptyLine = 0;
    /** Reads the rows of a text; returns what has to stand before the next, where a quote is still open. */
    const take = (text: string, isEnd: boolean): string => {
      let start = 0;
      for (const record of records(text, { delimiter, line: nextLine, comments: "nowhere" })) {
        if (record.fault === "never closed" && !isEnd && text.length - start < LONGEST_CELL)
          return text.slice(start);
        checkRecord(record, where);
        start = record.end;
        nextLine = record.nextLine;
        if (record.cells.length === 0) {
          emptyLine ||= record.line;
          continue;
        }
        if (emptyLine > 0) refuseEmptyRow(where, emptyLine);
        if (record.cells.length !== columns) throw otherLength(where, record, columns);
        rows.push(record.cells);
        lines.push(record.line);
      }
      return "";
    };
    const decoder = new TextDecoder("utf-8", { fatal: true });
    let rest = "";
    for (const block of blocks) rest = take(rest + decode(decoder, block, where, nextLine), false);
    take(rest, true);
    if (rows.length === 0) refuseHeaderAlone(where);
    const index = settleIndex(look, () => wholeColumn(rows), where);
    return {
      header: index.isIndex ? header?.slice(1) : header,
      rows: index.isIndex ? rows.map((cells) => cells.slice(1)) : rows,
      lines,
      delimiter,
      notes: [...notes, ...index.notes],
    };
  });
}

function wholeColumn(rows: readonly (readonly string[])[]): WholeColumn {
  return {
    start: countsFrom(rows.map(([cell]) => cell!)),
    rows: rows.length,
    isAmongIntegers: rows.every((cells) => cells.slice(1).every((cell) => kindOfCell(cell) === "integer")),
  };
}

function decode(decoder: TextDecoder, block: Uint8Array, where: string, line: number): string {
  try {
    return decoder.decode(block);
  } catch (cause) {
    refuse(
      `${where}, row ${line} or later`,
      "it begins as UTF-8, but has bytes that are not",
      "Save it in UTF-8",
      cause,
    );
  }
}

/**
 * The columns of a table in which every cell is a number, each as numbers; undefined for those that hold names, or where one is missing.
 * @param columns those that may hold numbers.
 * @throws UserError for an integer beyond 2^53: two that differ might become one; for decimal commas and points in one table, and
 * for thousands, as where the cells are numbers alone (rule D9).
 */
export function numbersOfColumns(
  { rows, lines, delimiter }: TextTable,
  columns: readonly number[],
  where: string,
): { readonly numbers: ReadonlyMap<number, Float64Array>; readonly notes: readonly Note[] } {
  const sign = new DecimalSign(delimiter);
  const numbers = new Map<number, Float64Array>();
  for (const column of columns) {
    const texts = rows.map((cells) => cells[column]!.trim());
    const values = texts.map(numberOfCell);
    if (values.some((value) => value === undefined)) continue;
    for (const [row, value] of values.entries()) {
      const cell = texts[row]!;
      const place = () => `${where}, row ${lines[row]}, column ${column + 1}`;
      if (isBeyondIntegers(cell)) throw beyondIntegers(place(), cell);
      if (value!.decimal) sign.seeText(cell, value!.decimal, place);
    }
    numbers.set(
      column,
      Float64Array.from(values, (number) => number!.value),
    );
  }
  return { numbers, notes: sign.finish() };
}
