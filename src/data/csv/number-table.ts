import { refuse } from "../../errors.js";
import type { LabelledCsvOptions } from "../file-keys.js";
import { kindOfCell } from "./cell.js";
import { GrowingArray, withLineCounts } from "./growing.js";
import { settleIndex, type WholeColumn } from "./index-column.js";
import { isLabelName, type LabelColumns, labelColumnOf, labelsBehindCode } from "./label-columns.js";
import { type Note, noticeOf, shownNames } from "./look.js";
import { NumberRows } from "./number-rows.js";
import type { CsvSource } from "./options.js";
import { refuseHeaderAlone } from "./refusals.js";
import { type OpenTable, withTable } from "./table.js";

/** A table of numbers. */
export interface NumberTable {
  readonly rows: number;
  readonly columns: number;
  /** `rows * columns` numbers, row by row. */
  readonly data: Float64Array;
  /** Names of the columns; undefined where there are none. */
  readonly header: readonly string[] | undefined;
  /** One line that says what the file was taken for; undefined for plain commas and nothing else. */
  readonly notice: string | undefined;
}

/**
 * Reads a table of numbers (rule D9) in one pass of 1 MB blocks, without its index, and without a column that `labelColumn`
 * names; `nan` and `inf` are numbers.
 * @throws UserError with file, row and column for a cell that is missing, no number, or an integer beyond 2^53; with the
 * row when it is short, long or empty; when the file cannot be read, holds no rows, or can be read in two ways.
 */
export function readNumberTable(source: CsvSource, options: LabelledCsvOptions = {}): NumberTable {
  return withTable(source, options, (table) => readNumbers(table, options));
}

function readNumbers(table: OpenTable, options: LabelledCsvOptions): NumberTable {
  const { look, where } = table;
  const { columns } = look;
  const labels = labelsOf(table, options);
  const skipped = new Uint8Array(columns).fill(1, labels.start, labels.start + labels.count);
  if (look.index === "yes") skipped[0] = 1;
  const values = new GrowingArray((length) => new Float64Array(length), where);
  let data = values.data;
  let rows = 0;
  const parser = new NumberRows(
    table,
    {
      skipped,
      allowsNonFinite: true,
      remedy: (column) => remedyFor(column, columns, look.header !== undefined),
    },
    (row) => {
      const start = rows * columns;
      for (let column = 0; column < columns; column++) data[start + column] = row[column]!;
      rows += 1;
    },
  );
  for (const { block, lines, expected } of withLineCounts(table)) {
    data = values.reserve(lines * columns, expected * columns);
    parser.push(block);
  }
  if (rows === 0) refuseHeaderAlone(where);
  const found = parser.finish();
  const index = settleIndex(look, () => wholeColumn(table, data, rows), where);
  if (index.isIndex) skipped[0] = 1;
  const kept = [...skipped.keys()].filter((column) => skipped[column] === 0);
  const left = compact(values.finish(rows * columns), columns, kept);
  return {
    rows,
    columns: kept.length,
    data: left,
    header: look.header && kept.map((column) => look.header![column]!),
    notice: noticeOf([...table.notes, ...found, ...index.notes, ...labels.notes], where),
  };
}

/** The label columns to leave out, if any, and what is to be said of that. */
function labelsOf(
  { look, where }: OpenTable,
  { labelColumn }: LabelledCsvOptions,
): LabelColumns & { readonly notes: readonly Note[] } {
  const { header, columns } = look;
  const none = { start: 0, count: 0, notes: [] };
  if (labelColumn !== undefined) {
    const label = labelColumnOf(labelColumn, header, columns, where);
    return label === undefined ? none : { start: label, count: 1, notes: [] };
  }
  const own = look.index === "yes" ? 1 : 0;
  const ofCode = header && labelsBehindCode(header.slice(own));
  if (ofCode) {
    const start = own + ofCode.start;
    const note: Note = {
      what: `the labels of a code (${shownNames(header.slice(start))}) left out`,
      option: "labelColumn",
    };
    return { start, count: ofCode.count, notes: ofCode.count > 0 ? [note] : [] };
  }
  const label = header?.findIndex((name, column) => column >= own && isLabelName(name)) ?? -1;
  if (label < 0 || columns - own < 2) return none;
  const isNumber = look.rows.every(({ cells }) => kindOfCell(cells[label] ?? "") !== "text");
  refuse(
    `${where}, column ${label + 1}`,
    `a column called ${JSON.stringify(header![label])} is among the values`,
    `Give the option labelColumn (--label-column): ${header![label]} to leave it out${isNumber ? ", none to keep it" : ""}`,
  );
}

function remedyFor(column: number, columns: number, hasHeader: boolean): string {
  const cells = "Write numbers, one sample per row, or name the delimiter with the option delimiter";
  if (columns === 1) return cells;
  if (column === 0) return `${cells}; the option index: yes leaves column 1 out`;
  if (column === columns - 1) return `${cells}; the option labelColumn: behind leaves the last column out`;
  return hasHeader ? `${cells}; the option labelColumn leaves a column out by its name` : cells;
}

function wholeColumn({ look }: OpenTable, data: Float64Array, rows: number): WholeColumn {
  const { columns } = look;
  const start = data[0]!;
  let counts = true;
  for (let row = 0; counts && row < rows; row++) counts = data[row * columns] === start + row;
  const hasFractions = look.rows.some(({ cells }) =>
    cells.slice(1).some((cell) => kindOfCell(cell) !== "integer"),
  );
  const isAmongIntegers =
    !hasFractions && data.subarray(0, rows * columns).every((value) => Number.isInteger(value));
  return { start: counts ? start : undefined, rows, isAmongIntegers };
}

/** The numbers of some columns, moved together. */
function compact(data: Float64Array, columns: number, kept: readonly number[]): Float64Array {
  if (kept.length === columns) return data;
  const rows = data.length / columns;
  let to = 0;
  for (let row = 0; row < rows; row++) {
    for (const column of kept) data[to++] = data[row * columns + column]!;
  }
  return data.slice(0, to);
}
