import { refuse } from "../../errors.js";
import type { CsvOptions } from "../file-keys.js";
import { kindOfCell, shownCell } from "./cell.js";
import { findDelimiter } from "./delimiter.js";
import { countsFrom, findHeader, repeatedName } from "./header.js";
import { labelsBehindCode } from "./label-columns.js";
import { delimiterOf, nameOfDelimiter } from "./options.js";
import { type CsvRecord, checkRecord, type RecordOptions, records } from "./records.js";
import { otherLength, refuseEmptyFile, refuseEmptyRow } from "./refusals.js";

/** What the beginning of a table shows about all of it. */
export interface CsvLook {
  readonly delimiter: string;
  /** Names of all columns, the index among them; undefined where there are none. */
  readonly header: readonly string[] | undefined;
  /** Cells of a row, the index among them. */
  readonly columns: number;
  /**
   * Whether the first column is none of the values; "perhaps" if it counts, and the whole file is needed to decide; "unlikely" if it
   * counts under a name that is not one of an index.
   */
  readonly index: "yes" | "no" | "perhaps" | "unlikely";
  /** Whether that was said rather than inferred. */
  readonly isIndexGiven: boolean;
  /** The line, from 1, on which the first row behind the header begins. */
  readonly firstLine: number;
  /** The first rows behind the header. */
  readonly rows: readonly CsvRecord[];
  /** What was inferred, for {@link noticeOf}. */
  readonly notes: readonly Note[];
}

/** Something that was inferred, and the option that says otherwise. */
export interface Note {
  readonly what: string;
  readonly option?: keyof CsvOptions | "labelColumn";
}

const SAMPLE_CHARACTERS = 1 << 16;
const SAMPLE_ROWS = 100;
/** A first column with such a name is an index where it counts. */
const COUNTING_NAME = /^(index|idx|id|row|no\.?|nr\.?|#)$/i;
/** What pandas calls an index that was written twice; a first column of this name is left out. */
const WRITTEN_INDEX = /^unnamed: ?\d+(\.\d+)?$/i;
const NAMES_SHOWN = 4;

/** How a table is looked at. */
export interface LookOptions extends CsvOptions {
  readonly where: string;
  /** Whether its cells may be texts. */
  readonly isTexts?: boolean;
  /**
   * Recognises a first row that holds no names, if the caller can: the name of a file that is there, for instance. Not asked
   * where `header` is given.
   */
  readonly isRow?: ((cells: readonly string[]) => boolean) | undefined;
}

/**
 * Looks at the beginning of a table: delimiter, header, index (rule D9).
 * @param text whole lines from the file's beginning.
 * @throws UserError when it holds no rows, its quotes are wrong, or it can be read in two ways.
 */
export function lookAt(text: string, options: LookOptions): CsvLook {
  const { where, isTexts = false } = options;
  const given = options.delimiter === undefined ? undefined : delimiterOf(options.delimiter, where);
  const found = findDelimiter(beginningOf(text));
  const delimiter = given ?? found.delimiter;
  const notes: Note[] = [];
  if (given === undefined && delimiter !== ",")
    notes.push({ what: `columns separated by ${nameOfDelimiter(delimiter)}`, option: "delimiter" });
  const sample = sampleRows(text.slice(found.start), {
    delimiter,
    line: found.start > 0 ? 2 : 1,
    comments: isTexts ? "at the start" : "everywhere",
  });
  for (const record of sample) checkRecord(record, where);
  const rows = sample.filter(({ cells }) => cells.length > 0);
  const empty = sample.findIndex(({ cells }) => cells.length === 0);
  if (empty >= 0 && empty < rows.length) refuseEmptyRow(where, sample[empty]!.line);
  const [first] = rows;
  if (!first) refuseEmptyFile(where);
  const head = findHeader(rows, isTexts);
  if (given === undefined && delimiter === "," && !isTexts) {
    refuseDecimalCommas(rows, where);
    refuseCommasForBoth(rows, where);
  }
  const isRow = options.header === undefined ? options.isRow?.(first.cells) : options.header === false;
  const isHeader = options.header ?? (head.isHeader && !isRow);
  // Of texts a first row may be one of values, unless somebody can tell.
  if (isRow === false || (isRow === undefined && !isTexts)) refuseNames(first, where);
  const data = isHeader ? rows.slice(1) : rows;
  const columns = (data[0] ?? first).cells.length;
  const isShort = isHeader && first.cells.length === columns - 1;
  if (!isShort && first.cells.length !== columns) throw otherLength(where, data[0]!, first.cells.length);
  const header = isHeader ? [...(isShort ? [""] : []), ...first.cells] : undefined;
  if (options.header === undefined && isHeader && !labelsBehindCode(header!))
    notes.push({ what: `row ${first.line} as a header (${shownNames(header!)})`, option: "header" });
  if (options.header === undefined && !isHeader && head.doubt)
    notes.push({ what: `row ${first.line} as values, not as a header`, option: "header" });
  return {
    delimiter,
    header,
    columns,
    index: indexOf(options, header, data, isHeader && (isShort || head.namesIndex)),
    isIndexGiven: options.index !== undefined,
    firstLine: data[0]?.line ?? first.nextLine,
    rows: data,
    notes,
  };
}

/** The first thousands of characters, whole lines where they can be. */
function beginningOf(text: string): string {
  if (text.length <= SAMPLE_CHARACTERS) return text;
  const end = text.lastIndexOf("\n", SAMPLE_CHARACTERS) + 1;
  return text.slice(0, end || SAMPLE_CHARACTERS);
}

function sampleRows(text: string, options: RecordOptions): CsvRecord[] {
  const rows: CsvRecord[] = [];
  for (const record of records(text, options)) {
    // A quote that is open at the end may be closed behind it; otherwise a later reader finds out.
    if (record.fault === "never closed" && rows.length > 0) break;
    rows.push(record);
    if (rows.length === SAMPLE_ROWS) break;
  }
  return rows;
}

function indexOf(
  { index, isTexts = false }: LookOptions,
  header: readonly string[] | undefined,
  data: readonly CsvRecord[],
  isNamed: boolean,
): CsvLook["index"] {
  const columns = data[0]?.cells.length ?? 0;
  if (index !== undefined) return index && columns !== 1 ? "yes" : "no";
  if (isNamed || columns < 2) return isNamed ? "yes" : "no";
  const isQuoted = data.every(({ quoted }) => quoted[0] && !quoted.slice(1).some(Boolean));
  const isName = data.every(({ cells }) => ["integer", "text"].includes(kindOfCell(cells[0] ?? "")));
  if (!header && isQuoted && isName && !isTexts) return "yes";
  const start = countsFrom(data.map(({ cells }) => cells[0] ?? ""));
  if (start !== 0 && start !== 1) return "no";
  // Of texts a count may be what they are about: with a name, or next to one column only.
  if (isTexts) return !header && columns > 2 ? "perhaps" : "no";
  return !header || COUNTING_NAME.test(header[0]!) ? "perhaps" : "unlikely";
}

/** Names that make a table ambiguous: one that comes twice, and those that pandas gives to an index that was written as a column. */
function refuseNames(first: CsvRecord, where: string): void {
  const twice = repeatedName(first);
  if (twice !== undefined) {
    refuse(
      `${where}, row ${first.line}`,
      `two columns are called ${shownCell(twice)}`,
      "Give every column a name of its own",
    );
  }
  const index = first.cells.findIndex((name, column) => column > 0 && WRITTEN_INDEX.test(name));
  if (index > 0) {
    refuse(
      `${where}, column ${index + 1}`,
      `it is called ${shownCell(first.cells[index]!)}, as pandas calls an index that was saved and read again`,
      "Save the table with index=False, or take the column out",
    );
  }
}

/** A single column with decimal commas, with a name or without, looks like two of integers. */
function refuseDecimalCommas(rows: readonly CsvRecord[], where: string): void {
  const isNamed = rows[0]?.cells.length === 1 && kindOfCell(rows[0].cells[0]!) === "text";
  const data = isNamed ? rows.slice(1) : rows;
  const isPair = ({ cells, quoted }: CsvRecord) => cells.length === 2 && !quoted.some(Boolean);
  const isSingle = ({ cells }: CsvRecord) => cells.length === 1;
  const isWhole = ({ cells }: CsvRecord) =>
    /^[+-]?\d*$/.test(cells[0]!) && /^\d*([eE][+-]?\d+)?$/.test(cells[1] ?? "");
  if (!data.every((row) => (isPair(row) || isSingle(row)) && isWhole(row))) return;
  const ambiguous = data.find(
    (row) =>
      isPair(row) &&
      (isNamed || data.some(isSingle) || /^[+-]0*$/.test(row.cells[0]!) || /^0\d|[eE]/.test(row.cells[1]!)),
  );
  if (!ambiguous) return;
  refuse(
    `${where}, row ${ambiguous.line}`,
    `"${ambiguous.cells.join()}" may be one number with a decimal comma, or two columns`,
    "Give the option delimiter: semicolon for one number, comma for two",
  );
}

/** Several columns with decimal commas and commas between them look like twice as many columns of integers. */
function refuseCommasForBoth(rows: readonly CsvRecord[], where: string): void {
  const isFraction = (place: number) => place % 2 === 1;
  const isWhole = ({ cells, quoted }: CsvRecord) =>
    cells.length > 2 &&
    cells.length % 2 === 0 &&
    !quoted.some(Boolean) &&
    cells.every((cell, k) => (isFraction(k) ? /^\d+([eE][+-]?\d+)?$/ : /^[+-]?\d+$/).test(cell));
  if (!rows.every(isWhole)) return;
  // Nobody writes integers so: with zeros before them, or a sign before 0.
  const ambiguous = rows.find(({ cells }) =>
    cells.some((cell, k) => (isFraction(k) ? /^0\d|[eE]/ : /^[+-]0+$/).test(cell)),
  );
  if (!ambiguous) return;
  const [whole, fraction] = ambiguous.cells;
  refuse(
    `${where}, row ${ambiguous.line}`,
    `"${whole},${fraction}" may be one number with a decimal comma, or two columns`,
    "Save it with decimal points, or with semicolons between columns; the option delimiter: comma takes it for columns",
  );
}

/** The first of some names of columns. */
export function shownNames(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).map((name) => JSON.stringify(name.slice(0, 24)));
  return `${shown.join(", ")}${names.length > NAMES_SHOWN ? ", ..." : ""}`;
}

/** The one line that says what a file was taken for; undefined where nothing was inferred. */
export function noticeOf(notes: readonly Note[], where: string): string | undefined {
  if (notes.length === 0) return undefined;
  const options = [...new Set(notes.flatMap(({ option }) => option ?? []))];
  const otherwise =
    options.length === 0
      ? ""
      : `; the option${options.length === 1 ? "" : "s"} ${options.join(", ")} can say otherwise`;
  return `${where}: read with ${notes.map(({ what }) => what).join(", ")}${otherwise}`.replace(
    /\s*[\r\n]\s*/g,
    " ",
  );
}
