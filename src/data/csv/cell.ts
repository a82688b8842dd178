const POINT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const COMMA = /^[+-]?(\d+,\d+|,\d+)([eE][+-]?\d+)?$/;
const INTEGER = /^[+-]?\d+$/;
const SPECIAL: ReadonlyMap<string, number> = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["infinity", Number.POSITIVE_INFINITY],
]);
/** What R, pandas, spreadsheets and databases write where there is no value. */
const MISSING = new Set(["", "na", "n/a", "#n/a", "<na>", "nat", "null", "none", "-", "?", "."]);

/** The same among names of classes, as pandas writes and reads them: a class may well be called none. */
const MISSING_NAMES = new Set([
  "",
  ..."NA na N/A n/a #N/A <NA> NaN nan NAN NaT NULL Null null None - ? .".split(" "),
]);

/** What a cell of a table is. */
export type CellKind = "integer" | "real" | "special" | "missing" | "text";

/** A cell as a number, and how its decimal sign is written where it has one. */
export interface CellNumber {
  readonly value: number;
  readonly decimal: "." | "," | undefined;
}

/**
 * The number that a cell says; undefined where it says none, or one too large for float64. `nan` and `inf`, with or
 * without a sign, are numbers.
 */
export function numberOfCell(text: string): CellNumber | undefined {
  const hasComma = COMMA.test(text);
  if (hasComma || POINT.test(text)) {
    const value = Number(hasComma ? text.replace(",", ".") : text);
    const decimal = hasComma ? "," : text.includes(".") ? "." : undefined;
    return Number.isFinite(value) ? { value, decimal } : undefined;
  }
  const [, sign, word = ""] = /^([+-]?)([a-z]{3,8})$/i.exec(text) ?? [];
  const value = SPECIAL.get(word.toLowerCase());
  return value === undefined ? undefined : { value: sign === "-" ? -value : value, decimal: undefined };
}

/** What a cell looks like. */
export function kindOfCell(text: string): CellKind {
  if (INTEGER.test(text)) return "integer";
  if (POINT.test(text) || COMMA.test(text)) return "real";
  if (isMissing(text)) return "missing";
  return numberOfCell(text) === undefined ? "text" : "special";
}

/** Whether a cell stands for a value that is not there. */
export function isMissing(text: string): boolean {
  return MISSING.has(text.toLowerCase());
}

/** Whether a cell among names of classes stands for one that is not there. */
export function isMissingName(text: string): boolean {
  return MISSING_NAMES.has(text);
}

/** Whether a text is an integer that float64 does not hold exactly as every other: beyond 2^53. */
export function isBeyondIntegers(text: string): boolean {
  return INTEGER.test(text) && !Number.isSafeInteger(Number(text));
}

/** A number in its shortest form that reads back to the same bits, never as an integer beyond 2^53. */
export function textOfNumber(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0";
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? value.toExponential() : String(value);
}

/** A text as a cell between commas, in quotes where it needs them (RFC 4180). */
export function quotedCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A cell as messages show it. */
export function shownCell(text: string): string {
  return JSON.stringify(text.length > 24 ? `${text.slice(0, 24)}...` : text);
}
