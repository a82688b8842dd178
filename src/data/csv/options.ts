import { extname } from "node:path";
import { refuse } from "../../errors.js";

/** A CSV file: its path, or its bytes and what messages call them. */
export type CsvSource = string | { readonly bytes: Uint8Array; readonly where: string };

/** What messages call a source. */
export function nameOfSource(source: CsvSource): string {
  return typeof source === "string" ? source : source.where;
}

/** Delimiters by their names; `space` stands for runs of blanks and tabs. */
const NAMED: Readonly<Record<string, string>> = { comma: ",", semicolon: ";", tab: "\t", space: " " };

/** Whatever may stand in a number, in quotes or at the end of a line separates no columns. */
const NO_DELIMITER = /[\p{L}\p{N}"'.+\-\r\n#]/u;

/**
 * The character that an option `delimiter` names.
 * @throws UserError for what is no single character, or may be part of a number.
 */
export function delimiterOf(text: string, where: string): string {
  const named = Object.hasOwn(NAMED, text) ? NAMED[text]! : text === "\\t" ? "\t" : text;
  if (named.length === 1 && named.charCodeAt(0) < 128 && !NO_DELIMITER.test(named)) return named;
  refuse(
    `${where}, option delimiter`,
    `${JSON.stringify(text)} separates no columns`,
    `Give ${Object.keys(NAMED).join(", ")} or a character such as |`,
  );
}

/** How messages call a delimiter. */
export function nameOfDelimiter(delimiter: string): string {
  const [name] = Object.entries(NAMED).find(([, character]) => character === delimiter) ?? [];
  return name === undefined ? JSON.stringify(delimiter) : `${name}s`;
}

/**
 * Endings of the files that are read as tables (rule D9): `.csv`, and what spreadsheets, R and numpy.savetxt call
 * tables separated by tabs or spaces.
 */
export const TABLE_ENDINGS: readonly string[] = [".csv", ".tsv", ".txt"];

/** Whether a file of that name is read as a table. */
export function isTableFile(path: string): boolean {
  return TABLE_ENDINGS.includes(extname(path).toLowerCase());
}
