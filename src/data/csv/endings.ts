import { extname } from "node:path";

/**
 * Endings of the files that are read as tables (rule D9): `.csv`, and what spreadsheets, R and numpy.savetxt call
 * tables separated by tabs or spaces.
 */
export const TABLE_ENDINGS: readonly string[] = [".csv", ".tsv", ".txt"];

/** Whether a file of that name is read as a table. */
export function isTableFile(path: string): boolean {
  return TABLE_ENDINGS.includes(extname(path).toLowerCase());
}
