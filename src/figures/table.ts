import { quotedCell } from "../data/csv/cell.js";

/** The numbers behind a figure, as a reader would want them in a spreadsheet; units stand in the names of the columns. */
export interface FigureTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A number or a text of a table. */
export type Cell = string | number;

/** A column: the name of a field of the rows, or what makes a cell of a row. */
type Column<Row> = keyof Row | ((row: Row, index: number) => Cell);

/** Rows as a table; `columns` holds for the name of each column where its cells come from. */
export function tableOf<Row>(
  rows: readonly Row[],
  columns: Readonly<Record<string, Column<Row>>>,
): FigureTable {
  const makers = Object.values(columns).map((column) =>
    typeof column === "function" ? column : (row: Row) => row[column] as Cell,
  );
  return {
    columns: Object.keys(columns),
    rows: rows.map((row, index) => makers.map((make) => make(row, index))),
  };
}

/** The name of a column for a quantity with its unit: `rateNats` for `rate (nats)`. */
export function columnName(quantity: string): string {
  const words = quantity.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .map((word, k) => (k === 0 ? word[0]!.toLowerCase() : word[0]!.toUpperCase()) + word.slice(1))
    .join("");
}

const SIGNIFICANT_DIGITS = 8;

/** A number as text, with at most `digits` significant digits and no trailing zeros. */
function numberText(value: number, digits: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : String(value);
}

/** One field, quoted as RFC 4180 asks when it holds a comma, a quote or a line break. */
function field(value: Cell, digits: number): string {
  const text = typeof value === "number" ? numberText(value, digits) : value;
  return quotedCell(text);
}

/**
 * The table as CSV (RFC 4180, LF line ends, a header row).
 * @param digits significant digits of the numbers.
 */
export function tableToCsv(table: FigureTable, digits: number = SIGNIFICANT_DIGITS): string {
  const lines = [table.columns, ...table.rows].map((row) =>
    row.map((value) => field(value, digits)).join(","),
  );
  return `${lines.join("\n")}\n`;
}
