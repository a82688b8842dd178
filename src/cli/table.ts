import { visibleText } from "../visible-text.js";

/** A column of a table for people. */
export interface Column {
  readonly title: string;
  /** Numbers stand at the right of their column, words at the left. */
  readonly align: "left" | "right";
}

export const left = (title: string): Column => ({ title, align: "left" });
export const right = (title: string): Column => ({ title, align: "right" });

/** A table as lines: a line of titles, then the rows, columns two spaces apart; no spaces at the ends of lines. */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const all = [columns.map(({ title }) => title), ...rows].map((row) => row.map(visibleText));
  const widths = columns.map((_, k) => Math.max(...all.map((row) => row[k]!.length)));
  return all.map((row) =>
    row
      .map((cell, k) => (columns[k]!.align === "right" ? cell.padStart(widths[k]!) : cell.padEnd(widths[k]!)))
      .join("  ")
      .trimEnd(),
  );
}

/**
 * Names and values as lines, the values in one column; a value of several lines is continued below itself.
 * @param minimum Letters before the values, at least.
 */
export function definitionLines(
  entries: readonly (readonly [name: string, value: string])[],
  minimum = 0,
): string[] {
  const shown = entries.map(([name, value]) => [visibleText(name), value] as const);
  const width = Math.max(minimum, ...shown.map(([name]) => name.length + 2));
  return shown.flatMap(([name, value]) =>
    value.split("\n").map((line, k) => `${(k === 0 ? name : "").padEnd(width)}${line}`.trimEnd()),
  );
}

const BARS = [..."▁▂▃▄▅▆▇█"];

/** Numbers as a row of little bars, the minimum is the lowest; at most `width` of them, evenly chosen, the last one always. */
export function sparkline(values: readonly number[], width = 40): string {
  const count = Math.min(width, values.length);
  const shown = Array.from(
    { length: count },
    (_, k) => values[count === 1 ? values.length - 1 : Math.round((k * (values.length - 1)) / (count - 1))]!,
  );
  const minimum = Math.min(...shown);
  const range = Math.max(...shown) - minimum;
  return shown
    .map((value) => BARS[range > 0 ? Math.round(((value - minimum) / range) * (BARS.length - 1)) : 0])
    .join("");
}

/** Wraps a line at spaces into pieces of at most this number of letters; all but the first are indented. A long word is not broken. */
export function wrapLine(line: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const word of line.split(" ")) {
    const longer = piece === "" ? word : `${piece} ${word}`;
    if (longer.length <= width || piece === "") piece = longer;
    else {
      pieces.push(piece);
      piece = `    ${word}`;
    }
  }
  return [...pieces, piece];
}
