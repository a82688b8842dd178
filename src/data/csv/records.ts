import { UserError } from "../../errors.js";

/** A row as it stands in the text. */
export interface CsvRecord {
  /** What the cells say: without their quotes, doubled quotes once, blanks around them taken away. */
  readonly cells: readonly string[];
  /** Whether each cell stands in quotes. */
  readonly quoted: readonly boolean[];
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** Where the text after it begins, and which line that is. */
  readonly end: number;
  readonly nextLine: number;
  /** What is wrong with its quotes; undefined where nothing is. */
  readonly fault: Fault | undefined;
}

type Fault = "never closed" | "not at the end";

/** How the rows of a text are distinguished. */
export interface RecordOptions {
  /** A blank stands for any run of blanks and tabs. */
  readonly delimiter: string;
  /** The number of the text's first line; 1 by default. */
  readonly line?: number;
  /** Whether lines that begin with # are skipped at the start only, or everywhere. */
  readonly comments?: "everywhere" | "at the start" | "nowhere";
}

/** More columns than these, and it is no table. */
const MAX_COLUMNS = 1 << 22;
const QUOTE = '"';
/** A cell of Excel that holds an error begins as a comment does. */
const COMMENT = /^#(?!N\/A|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|NULL!)/;

/**
 * The rows of a text by RFC 4180: cells between delimiters, in quotes where they hold delimiters, quotes or line ends.
 * Comments are skipped; a row without any content has no cells.
 */
export function* records(text: string, options: RecordOptions): Generator<CsvRecord> {
  const { delimiter, comments = "everywhere" } = options;
  let line = options.line ?? 1;
  let mayComment = comments !== "nowhere";
  for (let at = 0; at < text.length; ) {
    if (mayComment && isComment(text, at)) {
      at = endOfLine(text, at) + 1;
      line += 1;
      continue;
    }
    mayComment = comments === "everywhere";
    const record = recordAt(text, at, delimiter, line);
    yield record;
    at = record.end;
    line = record.nextLine;
  }
}

/** Whether a line of a table is a comment. */
export function isComment(text: string, at = 0): boolean {
  return text[at] === "#" && COMMENT.test(text.slice(at, at + 10));
}

/** @throws UserError with the line where a row's quotes are wrong, or it has more than 4 million columns. */
export function checkRecord({ fault, line, cells }: CsvRecord, where: string): void {
  const refuse = (what: string, remedy: string) =>
    new UserError({ where: `${where}, row ${line}`, what, remedy });
  if (fault === "never closed")
    throw refuse("a quote is opened and never closed", "Close it, or double the quotes within a cell");
  if (fault) throw refuse("a cell continues after its quotes", "Double the quotes within a cell");
  if (cells.length > MAX_COLUMNS) throw refuse(`it has more than ${MAX_COLUMNS} columns`, "Give fewer");
}

function recordAt(text: string, start: number, delimiter: string, line: number): CsvRecord {
  const cells: string[] = [];
  const quoted: boolean[] = [];
  let nextLine = line + 1;
  let fault: Fault | undefined;
  let at = skipBlanks(text, start, delimiter);
  for (;;) {
    const isQuoted = text[at] === QUOTE;
    const begin = at;
    if (isQuoted) {
      const close = closingQuote(text, at + 1);
      if (close < 0) fault ??= "never closed";
      at = close < 0 ? text.length : close + 1;
      const within = text.slice(begin + 1, close < 0 ? at : close);
      for (let i = within.indexOf("\n"); i >= 0; i = within.indexOf("\n", i + 1)) nextLine += 1;
      cells.push(within.replaceAll('""', QUOTE).trim());
      const behind = skipBlanks(text, at, delimiter);
      const isClosed = isCellEnd(text, behind, delimiter) || (delimiter === " " && behind > at);
      if (!isClosed) fault ??= "not at the end";
      at = isClosed ? behind : endOfCell(text, behind, delimiter);
      quoted.push(true);
    } else {
      at = endOfCell(text, at, delimiter);
      const isPadding = delimiter === " " && at === begin;
      if (!isPadding && cells.length <= MAX_COLUMNS) {
        cells.push(text.slice(begin, at).trim());
        quoted.push(false);
      }
      if (delimiter === " ") at = skipBlanks(text, at, delimiter);
    }
    if (at >= text.length || text[at] === "\n") break;
    if (delimiter !== " ") at = skipBlanks(text, at + 1, delimiter);
  }
  const isEmpty = cells.every((cell, i) => cell === "" && !quoted[i]);
  return {
    cells: isEmpty ? [] : cells,
    quoted: isEmpty ? [] : quoted,
    line,
    end: Math.min(at + 1, text.length),
    nextLine,
    fault,
  };
}

function skipBlanks(text: string, from: number, delimiter: string): number {
  let at = from;
  for (let next = text[at]; next === " " || next === "\r" || next === "\t"; next = text[++at]) {
    if (next === delimiter && delimiter !== " ") break;
  }
  return at;
}

function isCellEnd(text: string, at: number, delimiter: string): boolean {
  const next = text[at];
  return next === undefined || next === "\n" || next === delimiter || (delimiter === " " && next === "\t");
}

function endOfCell(text: string, from: number, delimiter: string): number {
  let at = from;
  while (!isCellEnd(text, at, delimiter)) at += 1;
  return at;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function closingQuote(text: string, from: number): number {
  let close = text.indexOf(QUOTE, from);
  while (close >= 0 && text[close + 1] === QUOTE) close = text.indexOf(QUOTE, close + 2);
  return close;
}
