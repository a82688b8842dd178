import { type CellKind, kindOfCell } from "./cell.js";
import type { CsvRecord } from "./records.js";

/** Whether a table begins with a row of names, and what a person should know of that. */
export interface FoundHeader {
  readonly isHeader: boolean;
  /** Whether the columns' names show that the first column only names the rows. */
  readonly namesIndex: boolean;
  /** A first row that could have been a header and is taken as values. */
  readonly doubt?: boolean;
}

const NO_HEADER: FoundHeader = { isHeader: false, namesIndex: false };
/** What pandas and R call a column of row names: nothing, or this. */
const INDEX_NAME = /^(unnamed: ?0|row\.?names|row_names)?$/i;

/**
 * Whether the first row of a table holds names (rule D9): words above numbers; the numbers 0, 1, 2, ... of pandas, or others
 * that rise by one above fractions; names in quotes above numbers without. Its first cell may be missing (pandas, R), and it
 * may have one cell fewer than the other rows (R): then the first column names the rows.
 * @param rows the first rows, none empty.
 * @param isTexts whether the table may hold texts below its names.
 */
export function findHeader(rows: readonly CsvRecord[], isTexts: boolean): FoundHeader {
  const [first, ...data] = rows;
  const [second] = data;
  if (!first) return NO_HEADER;
  const { cells } = first;
  const kinds = cells.map(kindOfCell);
  const isShort = second !== undefined && cells.length === second.cells.length - 1;
  if (isShort && !namesRows(data)) return NO_HEADER;
  const namesIndex = isShort || (cells.length > 1 && INDEX_NAME.test(cells[0]!));
  const isHeader = isNames(cells, kinds, isTexts) || isQuotedAlone(rows) || isCount(rows, kinds);
  return {
    isHeader,
    namesIndex: isHeader && namesIndex,
    doubt: !isHeader && kinds.every(isInteger) && countsFrom(cells) === 0 && !isCommonZero(cells, data),
  };
}

/**
 * A name that a first row has twice, which is no header then, but would be one otherwise; undefined where there is none. An empty
 * name is no name.
 */
export function repeatedName({ cells }: CsvRecord): string | undefined {
  const kinds = cells.map(kindOfCell);
  const isOfNames = kinds.every((kind) => kind === "text" || kind === "missing") && kinds.includes("text");
  return isOfNames ? cells.find((name, place) => name !== "" && cells.indexOf(name) < place) : undefined;
}

const isInteger = (kind: CellKind) => kind === "integer";

/** A first label of 0, among others of 0. */
function isCommonZero(cells: readonly string[], data: readonly CsvRecord[]): boolean {
  return cells.length === 1 && (data.length === 0 || data.some((row) => row.cells[0] === "0"));
}

/** Whether the first cells of all rows are no values: words, in quotes, or a count. */
function namesRows(data: readonly CsvRecord[]): boolean {
  return (
    data.every(({ quoted }) => quoted[0]) ||
    data.every(({ cells }) => kindOfCell(cells[0] ?? "") === "text") ||
    [0, 1].includes(countsFrom(data.map(({ cells }) => cells[0] ?? "")) ?? -1)
  );
}

/** Words, and numbers between them only as pandas numbers its columns. */
function isNames(cells: readonly string[], kinds: readonly CellKind[], isTexts: boolean): boolean {
  const words = cells.filter((_, i) => kinds[i] === "text");
  if (words.length === 0 || kinds.includes("real") || kinds.includes("special")) return false;
  if (kinds.slice(1).includes("missing") && !isTexts) return false;
  const areDistinct = new Set(cells).size === cells.length;
  // A mistyped number among numbers is no name; of names such as 1x1 there are many.
  const areWords =
    words.every((word) => /[\p{L}_]/u.test(word)) &&
    (words.every((word) => !/^[\d+\-.]/.test(word)) || 2 * words.length > cells.length);
  return areDistinct && areWords;
}

/** Names in quotes above numbers without them. */
function isQuotedAlone([first, ...data]: readonly CsvRecord[]): boolean {
  return (
    data.length > 0 &&
    first!.quoted.every(Boolean) &&
    data.every(({ quoted }) => !quoted.slice(Math.min(1, quoted.length - 1)).some(Boolean))
  );
}

/** The numbers of columns without names. */
function isCount(rows: readonly CsvRecord[], kinds: readonly CellKind[]): boolean {
  const [first, ...data] = rows;
  const { cells } = first!;
  const isIndexed = cells.length > 1 && cells[0] === "";
  const counted = isIndexed ? cells.slice(1) : cells;
  const start = countsFrom(counted);
  if (start === undefined || data.length === 0) return false;
  if (isIndexed) return true;
  if (!kinds.every(isInteger)) return false;
  const hasOthers = data.some((row) => row.cells.some((cell) => kindOfCell(cell) !== "integer"));
  if (start === 0) return hasOthers || (cells.length > 1 && !isDistanceMatrix(rows));
  return hasOthers && cells.length > 2;
}

/** Where cells count from, if they rise by one and are written without signs or zeros in front. */
export function countsFrom(cells: readonly string[]): number | undefined {
  const start = Number(cells[0]);
  const counts =
    Number.isSafeInteger(start) && start >= 0 && cells.every((cell, i) => cell === String(start + i));
  return counts && cells.length > 0 ? start : undefined;
}

/** Distances of 0, 1, 2, ... begin as a header does. */
function isDistanceMatrix(rows: readonly CsvRecord[]): boolean {
  return rows.every(
    ({ cells }, i) =>
      cells.length === rows.length &&
      Number(cells[i]) === 0 &&
      cells.every((cell, j) => Number(cell) === Number(rows[j]!.cells[i])),
  );
}
