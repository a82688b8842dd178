import type { FigureTable } from "./figure.js";

const SIGNIFICANT_DIGITS = 8;

/** A number as text, with `digits` significant digits at most and no trailing zeros. */
function numberText(value: number, digits: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : String(value);
}

/** One field, quoted as RFC 4180 asks when it holds a comma, a quote or a line break. */
function field(value: string | number, digits: number): string {
  const text = typeof value === "number" ? numberText(value, digits) : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The table as CSV (RFC 4180, LF line ends, a header row); numbers to `digits` significant digits. */
export function tableToCsv(table: FigureTable, digits: number = SIGNIFICANT_DIGITS): string {
  const lines = [table.columns, ...table.rows].map((row) =>
    row.map((value) => field(value, digits)).join(","),
  );
  return `${lines.join("\n")}\n`;
}
