import { UserError } from "../../errors.js";
import { isBeyondIntegers, isMissing, numberOfCell, shownCell } from "./cell.js";
import { DecimalSign } from "./decimal-sign.js";
import type { CsvLook, Note } from "./look.js";
import { isComment, records } from "./records.js";
import { beyondIntegers, otherLength, refuseEmptyRow } from "./refusals.js";
import type { OpenTable } from "./table.js";

const TAB = 9;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BLANK = 32;
const QUOTE = 34;
const HASH = 35;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
/** Decimal digits and powers of ten that float64 holds exactly, so that one product or quotient is rounded once. */
const EXACT_DIGITS = 15;
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
/** A cell of megabytes is no number; its beginning is enough. */
const CELL_SHOWN = 400;

/** How the rows of a table of numbers are read. */
export interface NumberRowsOptions {
  /** 1 for each column whose cells are skipped, whatever they hold. */
  readonly skipped: Uint8Array;
  /** Whether nan and inf are values. */
  readonly allowsNonFinite: boolean;
  /** What to do about a cell that is no number, in a column counted from 0. */
  remedy(column: number): string;
}

/**
 * Reads rows of numbers from blocks of whole lines of UTF-8, in place: a value becomes no text unless it is an odd one. A
 * class, as line, decimal sign and row outlive a block.
 */
export class NumberRows {
  readonly #options: NumberRowsOptions & Pick<OpenTable, "where"> & Pick<CsvLook, "delimiter" | "columns">;
  readonly #take: (row: Float64Array, line: number) => void;
  readonly #delimiter: number;
  readonly #row: Float64Array;
  #line: number;
  #emptyLine = 0;
  /** The block as text, once a number is better read from that. */
  #text: string | undefined;
  /** What {@link #parse} found. */
  #value = 0;
  readonly #sign: DecimalSign;
  #hasQuotes = false;

  /** @param take given each row and its line; the row is the same array every time, NaN where a column is skipped. */
  constructor(
    { where, look: { delimiter, columns, firstLine } }: Pick<OpenTable, "where" | "look">,
    options: NumberRowsOptions,
    take: (row: Float64Array, line: number) => void,
  ) {
    this.#options = { ...options, where, delimiter, columns };
    this.#take = take;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#row = new Float64Array(columns);
    this.#line = firstLine;
    this.#sign = new DecimalSign(delimiter);
  }

  /**
   * @param block whole lines.
   * @throws UserError with row and column for a value that is missing, no number, or an integer beyond 2^53; with the row
   * when it is short or long, or empty before others.
   */
  push(block: Uint8Array): void {
    const { columns } = this.#options;
    const delimiter = this.#delimiter;
    const row = this.#row;
    this.#text = undefined;
    let position = 0;
    while (position < block.length) {
      const start = position;
      if ((block[start]! - ZERO) >>> 0 > 9) {
        const behind = this.#passOver(block, start);
        if (behind > start) {
          position = behind;
          this.#line += 1;
          continue;
        }
        if (delimiter === BLANK) position = skipBlanks(block, start);
      }
      if (this.#emptyLine > 0) refuseEmptyRow(this.#options.where, this.#emptyLine);
      let column = 0;
      for (; ; column++) {
        const begin = position;
        let byte = block[position]!;
        let value = byte - ZERO;
        byte = block[++position]!;
        // Most pixels have one digit.
        if (byte === delimiter && value >>> 0 <= 9 && delimiter !== BLANK) {
          row[column] = value;
          position += 1;
          continue;
        }
        if (value >>> 0 <= 9) {
          while (byte >= ZERO && byte <= ZERO + 9) {
            value = 10 * value + (byte - ZERO);
            byte = block[++position]!;
          }
        } else byte = 0;
        if ((byte !== delimiter && byte !== LINE_FEED) || position - begin > EXACT_DIGITS) {
          position = this.#parse(block, begin, column);
          value = this.#value;
          byte = block[position]!;
        }
        row[column] = value;
        if (byte === LINE_FEED) break;
        position += 1;
        if (delimiter === BLANK) {
          position = skipBlanks(block, position);
          if (block[position] === LINE_FEED) break;
        }
      }
      if (column !== columns - 1) throw this.#otherLength(block, start);
      this.#take(row, this.#line);
      this.#line += 1;
      position += 1;
    }
  }

  /**
   * What was inferred on the way.
   * @throws UserError when numbers in quotes may have decimal commas or thousands.
   */
  finish(): Note[] {
    return [...this.#sign.finish(), ...(this.#hasQuotes ? [{ what: "numbers in quotes" }] : [])];
  }

  /** Behind a comment or an empty line; where it began when it is neither. */
  #passOver(block: Uint8Array, start: number): number {
    if (block[start] === HASH && isComment(this.#textOf(block), start)) {
      return block.indexOf(LINE_FEED, start) + 1;
    }
    let at = start;
    for (let byte = block[at]!; byte !== LINE_FEED; byte = block[++at]!) {
      if (byte !== BLANK && byte !== TAB && byte !== CARRIAGE_RETURN && byte !== this.#delimiter)
        return start;
    }
    this.#emptyLine ||= this.#line;
    return at + 1;
  }

  /** Reads any cell; returns where it ends: at a delimiter or a line feed. */
  #parse(block: Uint8Array, start: number, column: number): number {
    const delimiter = this.#delimiter;
    let at = start;
    while (block[at] === BLANK || (block[at] === TAB && delimiter !== TAB)) at += 1;
    const begin = at;
    let byte = block[at]!;
    const isNegative = byte === MINUS;
    if (isNegative || byte === PLUS) byte = block[++at]!;
    let mantissa = 0;
    let digits = 0;
    let significant = 0;
    let exponent = 0;
    let decimal = 0;
    for (; ; byte = block[++at]!) {
      const digit = byte - ZERO;
      if (digit >= 0 && digit <= 9) {
        digits += 1;
        mantissa = 10 * mantissa + digit;
        if (significant > 0 || digit > 0) significant += 1;
        if (decimal > 0) exponent -= 1;
      } else if (decimal === 0 && (byte === POINT || (byte === COMMA && delimiter !== COMMA))) decimal = byte;
      else break;
    }
    // As in a table of its own: "1," is no number, "1." is one.
    if (digits === 0 || (decimal === COMMA && exponent === 0)) return this.#parseOdd(block, begin, column);
    let isInteger = decimal === 0;
    if (byte === 69 || byte === 101) {
      isInteger = false;
      byte = block[++at]!;
      const isDown = byte === MINUS;
      if (isDown || byte === PLUS) byte = block[++at]!;
      const first = at;
      let power = 0;
      for (; byte >= ZERO && byte <= ZERO + 9; byte = block[++at]!)
        power = Math.min(10 * power + byte - ZERO, 1e4);
      if (at === first) return this.#parseOdd(block, begin, column);
      exponent += isDown ? -power : power;
    }
    const end = at;
    at = this.#endBehind(block, at);
    if (at < 0) return this.#parseOdd(block, begin, column);
    if (significant > EXACT_DIGITS || exponent < -22 || exponent > 22) {
      const text = this.#textOf(block).slice(begin, end);
      if (isInteger && !this.#options.skipped[column] && isBeyondIntegers(text))
        throw beyondIntegers(this.#place(column), text);
      const value = Number(decimal === COMMA ? text.replace(",", ".") : text);
      if (!Number.isFinite(value) && !this.#options.skipped[column]) throw this.#noNumber(text, column);
      this.#value = value;
    } else {
      const size = exponent < 0 ? mantissa / POWERS[-exponent]! : mantissa * POWERS[exponent]!;
      this.#value = isNegative ? -size : size;
    }
    if (decimal > 0 && decimal !== this.#sign.code) this.#sign.see(decimal, () => this.#place(column));
    return at;
  }

  /** The end of a cell of which only blanks are left; -1 where something else is. */
  #endBehind(block: Uint8Array, from: number): number {
    const delimiter = this.#delimiter;
    let at = from;
    while (delimiter !== BLANK && (block[at] === BLANK || (block[at] === TAB && delimiter !== TAB))) at += 1;
    if (block[at] === CARRIAGE_RETURN && block[at + 1] === LINE_FEED) at += 1;
    const byte = block[at]!;
    return byte === LINE_FEED || byte === delimiter || (delimiter === BLANK && byte === TAB) ? at : -1;
  }

  /** Reads a cell that is no plain number: in quotes, not finite, missing, or words. */
  #parseOdd(block: Uint8Array, begin: number, column: number): number {
    const isQuoted = block[begin] === QUOTE;
    const close = isQuoted ? closingQuote(block, begin + 1) : -1;
    let end = isQuoted && close >= 0 ? this.#endBehind(block, close + 1) : -1;
    if (end < 0) {
      end = begin;
      while (block[end] !== LINE_FEED && block[end] !== this.#delimiter) end += 1;
    } else this.#hasQuotes ||= !this.#options.skipped[column];
    const text =
      isQuoted && close >= 0 && close < end
        ? utf8(block, begin + 1, close).trim()
        : utf8(block, begin, end).trim();
    this.#value = this.#options.skipped[column] ? Number.NaN : this.#numberOf(text, column);
    return end;
  }

  #numberOf(text: string, column: number): number {
    const found = numberOfCell(text);
    if (!found || !(this.#options.allowsNonFinite || Number.isFinite(found.value)))
      throw this.#noNumber(text, column);
    if (isBeyondIntegers(text)) throw beyondIntegers(this.#place(column), text);
    if (found.decimal) this.#sign.seeText(text, found.decimal, () => this.#place(column));
    return found.value;
  }

  #noNumber(text: string, column: number): UserError {
    const shown = shownCell(text);
    return new UserError({
      where: this.#place(column),
      what:
        text === ""
          ? "the value is missing"
          : isMissing(text)
            ? `${shown} means a missing value`
            : `${shown} is not a number`,
      remedy: isMissing(text) ? "Fill it in, or leave the row out" : this.#options.remedy(column),
    });
  }

  #place(column: number): string {
    return `${this.#options.where}, row ${this.#line}, column ${column + 1}`;
  }

  /** A block with a character for each byte. */
  #textOf(block: Uint8Array): string {
    this.#text ??= Buffer.from(block.buffer, block.byteOffset, block.length).toString("latin1");
    return this.#text;
  }

  #otherLength(block: Uint8Array, start: number): UserError {
    const { where, delimiter, columns } = this.#options;
    const text = utf8(block, start, block.indexOf(LINE_FEED, start), block.length);
    const [record] = records(text, { delimiter, line: this.#line, comments: "nowhere" });
    return otherLength(where, record!, columns);
  }
}

function skipBlanks(block: Uint8Array, from: number): number {
  let at = from;
  while (
    block[at] === BLANK ||
    block[at] === TAB ||
    (block[at] === CARRIAGE_RETURN && block[at + 1] === LINE_FEED)
  )
    at += 1;
  return at;
}

/** Where the quotes of a cell close; -1 where they do not within its line. */
function closingQuote(block: Uint8Array, from: number): number {
  for (let at = from; block[at] !== LINE_FEED; at++) {
    if (block[at] !== QUOTE) continue;
    if (block[at + 1] !== QUOTE) return at;
    at += 1;
  }
  return -1;
}

function utf8(block: Uint8Array, start: number, end: number, maximum = CELL_SHOWN): string {
  return new TextDecoder().decode(block.subarray(start, Math.min(end, start + maximum)));
}
