import { PhiloxStream } from "../random/stream.js";
import { type Dataset, type ImageTable, type RowOrder, type Split, valuesPerImage } from "./dataset.js";
import { selectRows } from "./split.js";

/** Rows that have something in common: which, by the number of the group. */
interface Strata {
  readonly of: Uint32Array;
  readonly sizes: Uint32Array;
  /** The labels that rows of one group have in common; none where all rows are one group. */
  readonly by: readonly string[];
}

/**
 * An order of a table's rows for a split (rule D28): drawn by a seed, so that every part of the split holds every class in
 * proportion, at least once where there are enough rows of it, training first.
 */
export function shuffledOrder(
  table: Pick<ImageTable, "count" | "labels" | "labelNames">,
  ranges: Split,
  seed: number,
): RowOrder {
  const { count } = table;
  const strata = strataOf(table);
  const drawn = new PhiloxStream(seed, "split").permutation(count);
  // The rows of each stratum in their drawn order, one stratum behind the other.
  const starts = startsOf(strata.sizes);
  const waiting = new Uint32Array(count);
  const filled = starts.slice();
  for (const row of drawn) waiting[filled[strata.of[row]!]!++] = row;
  const left = strata.sizes.slice();
  const part = new Uint32Array(count);
  const segments = segmentsOf(ranges, count).sort(([a, b], [c, d]) => b - a - (d - c));
  segments.forEach(([start, end], place) => {
    const isLast = place === segments.length - 1;
    const taken = isLast ? left.slice() : allocate(end - start, left);
    taken.forEach((number, stratum) => {
      for (let k = 0; k < number; k++) part[waiting[starts[stratum]! + --left[stratum]!]!] = place;
    });
  });
  // Within a part of the split the rows stand as they were drawn, the classes mixed.
  const next = segments.map(([start]) => start);
  const rows = new Uint32Array(count);
  for (const row of drawn) rows[next[part[row]!]!++] = row;
  return { rows, seed, by: strata.by };
}

/**
 * What rows have in common: all their labels, else the first label by itself, where there are on average two rows at least
 * for each of its values; numbers that hardly ever come twice are no classes.
 */
function strataOf({
  count,
  labels,
  labelNames,
}: Pick<ImageTable, "count" | "labels" | "labelNames">): Strata {
  const width = labelNames.length;
  const candidates = [labelNames.map((_, k) => k), ...(width > 1 ? labelNames.map((_, k) => [k]) : [])];
  for (const columns of labels && width > 0 ? candidates : []) {
    const known = new Map<string, number>();
    const of = new Uint32Array(count);
    for (let row = 0; row < count && known.size <= count / 2; row++) {
      const key = columns.map((column) => labels![row * width + column]).join();
      let stratum = known.get(key);
      if (stratum === undefined) {
        stratum = known.size;
        known.set(key, stratum);
      }
      of[row] = stratum;
    }
    if (known.size > count / 2) continue;
    const sizes = new Uint32Array(known.size);
    for (const stratum of of) sizes[stratum]!++;
    return { of, sizes, by: columns.map((column) => labelNames[column]!) };
  }
  return { of: new Uint32Array(count), sizes: Uint32Array.of(count), by: [] };
}

function startsOf(sizes: Uint32Array): Uint32Array {
  const starts = new Uint32Array(sizes.length);
  for (let k = 1; k < sizes.length; k++) starts[k] = starts[k - 1]! + sizes[k - 1]!;
  return starts;
}

/** The rows between the bounds of the parts of a split, which may have rows in common and leave some out. */
function segmentsOf({ train, validation, test }: Split, count: number): [start: number, end: number][] {
  const bounds = [0, count, ...train, ...validation, ...test].filter((bound) => bound <= count);
  const sorted = [...new Set(bounds)].sort((a, b) => a - b);
  return sorted.slice(1).map((end, k) => [sorted[k]!, end]);
}

/**
 * How many rows of each stratum a part of a size gets of those that are left: its share, rounded so that the sum is right, one at least where there
 * are enough, and not the last row of any, which is left for the largest part.
 */
function allocate(size: number, left: Uint32Array): Uint32Array {
  const all = left.reduce((total, rows) => total + rows, 0);
  const share = Float64Array.from(left, (rows) => (size * rows) / all);
  const spare = left.map((rows) => Math.max(0, rows - 1));
  const taken = spare.map((rows, k) => Math.min(rows, Math.floor(share[k]!)));
  const sum = () => taken.reduce((total, rows) => total + rows, 0);
  if (spare.filter((rows) => rows > 0).length <= size) {
    spare.forEach((rows, k) => {
      if (rows > 0) taken[k] = Math.max(1, taken[k]!);
    });
  }
  const strata = Array.from(taken.keys());
  // The most above its share gives first, the most below it takes first.
  for (let over = sum() - size; over > 0; ) {
    const giving = strata
      .filter((k) => taken[k]! > 1)
      .sort((a, b) => taken[b]! - share[b]! - (taken[a]! - share[a]!))
      .slice(0, over);
    for (const k of giving) taken[k]!--;
    over -= giving.length;
  }
  for (const available of [spare, left]) {
    for (let lacking = size - sum(); lacking > 0; ) {
      const taking = strata
        .filter((k) => taken[k]! < available[k]!)
        .sort((a, b) => share[b]! - taken[b]! - (share[a]! - taken[a]!))
        .slice(0, lacking);
      if (taking.length === 0) break;
      for (const k of taking) taken[k]!++;
      lacking -= taking.length;
    }
  }
  return taken;
}

/** A data set with its rows in an order, its own arrays changed: nothing is copied, and nobody else may hold them. */
export function arrangeInPlace(dataset: Dataset, order: RowOrder): Dataset {
  permuteRows(dataset.images, valuesPerImage(dataset), order.rows);
  if (dataset.labels) permuteRows(dataset.labels, dataset.labelNames.length, order.rows);
  return { ...dataset, order };
}

/** Afterwards row k is what was row `rows[k]`: along the cycles, with room for one row. */
function permuteRows(
  values: Uint8Array | Float32Array | Int32Array | Float64Array,
  width: number,
  rows: Uint32Array,
): void {
  const held = values.slice(0, width);
  const isDone = new Uint8Array(rows.length);
  for (let first = 0; first < rows.length; first++) {
    if (isDone[first]) continue;
    held.set(values.subarray(first * width, (first + 1) * width));
    let to = first;
    for (let from = rows[to]!; from !== first; from = rows[to]!) {
      values.copyWithin(to * width, from * width, (from + 1) * width);
      isDone[to] = 1;
      to = from;
    }
    values.set(held, to * width);
    isDone[to] = 1;
  }
}

/** All rows in the order of their source; a copy where they are in another. */
export function inSourceOrder(dataset: Dataset): Dataset {
  const { order, fingerprint, split } = dataset;
  if (!order) return dataset;
  const places = new Uint32Array(dataset.count);
  order.rows.forEach((row, place) => {
    places[row] = place;
  });
  return { ...selectRows(dataset, places), fingerprint, split, order: undefined };
}
