import { NumberRows } from "./number-rows.js";
import type { OpenTable } from "./table.js";

/** Where the columns of labels stand. */
export type LabelPlace = "front" | "behind";

/** More kinds of labels than these look like any other numbers. */
const MAX_CLASSES = 200;
/** Rows for each class, and at least in total, before a column is taken for one of classes. */
const ROWS_PER_CLASS = 4;
const MIN_ROWS = 20;
/** Fewer rows than this share with values that are no pixels may be mistakes. */
const SMALLEST_SHARE = 0.1;

/** What is known of one of the outer columns. */
class ColumnValues {
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #noBytes = 0;
  #aboveOne = 0;
  readonly #kinds = new Set<number>();

  add(value: number): void {
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    if (!isByte(value)) this.#noBytes += 1;
    else if (value > 1) this.#aboveOne += 1;
    if (this.#kinds.size <= MAX_CLASSES) this.#kinds.add(value);
  }

  /** Rows whose value cannot be a pixel, given the other values. */
  noPixels(isBinary: boolean): number {
    return this.#noBytes + (isBinary ? this.#aboveOne : 0);
  }

  /** Whether these are all the numbers from 0 or 1 on, each of them often. */
  isClasses(rows: number): boolean {
    const kinds = this.#kinds.size;
    return (
      kinds > 1 &&
      (this.#min === 0 || this.#min === 1) &&
      this.#max - this.#min + 1 === kinds &&
      [...this.#kinds].every(Number.isInteger) &&
      rows >= ROWS_PER_CLASS * kinds
    );
  }
}

const isByte = (value: number) => (value & 255) === value;

/**
 * Finds out whether columns of labels stand before or behind the pixels of images without names (rule D10): some values
 * can be no pixels; classes look otherwise than a border of images. The first block is looked at, and all of them where it
 * does not show it. They usually come last, so that little evidence is needed; first is believed only with twenty rows or more.
 * @param count how many columns of labels there are on one side.
 * @param first the first column that counts, behind an index.
 * @returns undefined where both would be possible.
 */
export function findLabels(table: OpenTable, count: number, first: number): LabelPlace | undefined {
  const { columns } = table.look;
  const front = Array.from({ length: count }, () => new ColumnValues());
  const behind = Array.from({ length: count }, () => new ColumnValues());
  let rows = 0;
  let isBinary = true;
  const skipped = new Uint8Array(columns).fill(1, 0, first);
  const parser = new NumberRows(
    table,
    {
      skipped,
      allowsNonFinite: false,
      remedy: () => "Give numbers, one image per row",
    },
    (row) => {
      rows += 1;
      for (const [i, values] of front.entries()) values.add(row[first + i]!);
      for (const [i, values] of behind.entries()) values.add(row[columns - count + i]!);
      for (let column = first + count; column < columns - count; column++) {
        if (row[column]! > 1) isBinary = false;
      }
    },
  );
  for (const block of table.blocks) {
    parser.push(block);
    const found = placeOf(front, behind, isBinary, rows);
    if (found) return found;
  }
  return undefined;
}

function placeOf(
  front: readonly ColumnValues[],
  behind: readonly ColumnValues[],
  isBinary: boolean,
  rows: number,
): LabelPlace | undefined {
  const maxOf = (group: readonly ColumnValues[]) =>
    Math.max(...group.map((values) => values.noPixels(isBinary)));
  const [before, after] = [maxOf(front), maxOf(behind)];
  if (after > before) return rows < MIN_ROWS || after >= SMALLEST_SHARE * rows ? "behind" : undefined;
  if (rows < MIN_ROWS) return undefined;
  if (before > after) return after === 0 && before >= SMALLEST_SHARE * rows ? "front" : undefined;
  const areClasses = (group: readonly ColumnValues[]) => group.every((values) => values.isClasses(rows));
  const [inFront, atEnd] = [areClasses(front), areClasses(behind)];
  return inFront === atEnd ? undefined : inFront ? "front" : "behind";
}
