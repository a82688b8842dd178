/** Rows of a block: a product of two such blocks keeps all cores busy, and its result stays in their caches. */
const MAX_ROWS = 512;
/** Columns that one matrix product sums over: few enough for its rounding to stay small, many enough for its speed. */
const USUAL_WIDTH = 1024;
/** Number of rows that the processor's kernels work on at a time. */
const GRAIN = 16;
/** Columns in addition to the coordinates: a row's squared length, and a one. */
const EXTRA_COLUMNS = 2;

/** Sizes to cut at; tests give small ones. */
export interface BlockSizes {
  /** Rows and queries of a block. */
  readonly rows?: number | undefined;
  /** Columns of a product. */
  readonly width?: number | undefined;
  /** Rows whose span the others are projected on (rule N15). */
  readonly landmarks?: number | undefined;
}

/** Consecutive places in a list. */
export interface Span {
  readonly first: number;
  readonly count: number;
}

/** How rows are cut: into blocks of rows, and each of them into parts of columns. */
export interface Layout {
  /** Rows of a block on the left of a product (those asked), and on its right (those they are compared with). */
  readonly left: number;
  readonly right: number;
  /** Columns of a part; the last has zeros at its end. */
  readonly width: number;
  readonly parts: number;
}

/** Cuts queries, rows and their columns into equal pieces. */
export function layOut(
  queries: number,
  rows: number,
  dimension: number,
  { rows: maxRows = MAX_ROWS, width: usualWidth = USUAL_WIDTH }: BlockSizes = {},
): Layout {
  const columns = dimension + EXTRA_COLUMNS;
  const parts = Math.max(1, Math.round(columns / usualWidth));
  return {
    left: evenSize(queries, maxRows),
    right: evenSize(rows, maxRows),
    width: Math.ceil(columns / parts),
    parts,
  };
}

/** A number of places cut into pieces of this size; the last may be shorter. */
export function spans(count: number, size: number): Span[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, block) => ({
    first: block * size,
    count: Math.min(size, count - block * size),
  }));
}

/** The size of as few equal blocks as there can be. */
function evenSize(count: number, maximum: number): number {
  const size = Math.ceil(count / Math.ceil(count / maximum));
  return maximum < GRAIN ? size : Math.ceil(size / GRAIN) * GRAIN;
}
