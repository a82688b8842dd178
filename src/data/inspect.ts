import { type Dataset, type RowOrder, valuesPerImage } from "./dataset.js";

/** More kinds of labels than these are not counted one by one. */
const MAX_CELLS = 1000;

/** What a data set holds, for people and as JSON. */
export interface DatasetSummary
  extends Pick<Dataset, "name" | "count" | "imageShape" | "scale" | "split" | "fingerprint"> {
  /** Pixels and labels of an image: the columns of its CSV. */
  readonly columns: number;
  /** How many pixels have each byte value that occurs, in rising order; empty where the numbers are float32. */
  readonly values: readonly { readonly value: number; readonly pixels: number }[];
  /** Of float32 numbers, which `values` does not count; undefined for bytes. */
  readonly range: { readonly min: number; readonly max: number; readonly mean: number } | undefined;
  readonly labels: readonly LabelSummary[];
  /** How many images have each combination of labels; undefined without labels or with more than 1000 kinds. */
  readonly cells: readonly { readonly labels: readonly number[]; readonly images: number }[] | undefined;
  /** How rows are shuffled before that (rule D28); undefined where they are not. */
  readonly splitOrder?: Pick<RowOrder, "seed" | "by">;
}

interface LabelSummary {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly distinct: number;
  /** What the numbers 0, 1 ... stand for, where they come from names; undefined where they do not. */
  readonly classes: readonly string[] | undefined;
}

/** Counts a data set's values and labels. */
export function summarize(dataset: Dataset): DatasetSummary {
  const { name, count, imageShape, images, scale, labelNames, fingerprint, split } = dataset;
  return {
    name,
    count,
    columns: valuesPerImage(dataset) + labelNames.length,
    imageShape,
    scale,
    values: images instanceof Uint8Array ? countValues(images) : [],
    range: images instanceof Uint8Array ? undefined : rangeOf(images),
    labels: labelNames.map((label, column) => summarizeLabel(dataset, label, column)),
    cells: countCells(dataset),
    split,
    fingerprint,
  };
}

function countValues(images: Uint8Array): { value: number; pixels: number }[] {
  const counts = new Float64Array(256);
  for (const value of images) counts[value] += 1;
  return [...counts].flatMap((pixels, value) => (pixels === 0 ? [] : [{ value, pixels }]));
}

function rangeOf(values: Float32Array): DatasetSummary["range"] {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  return { min, max, mean: sum / values.length };
}

function summarizeLabel(dataset: Dataset, name: string, column: number): LabelSummary {
  const { labels, labelNames, labelClasses, count } = dataset;
  const seen = new Set<number>();
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let row = 0; labels && row < count; row++) {
    const value = labels[row * labelNames.length + column];
    seen.add(value);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { name, min, max, distinct: seen.size, classes: labelClasses?.[column] };
}

function countCells({ labels, labelNames, count }: Dataset): DatasetSummary["cells"] {
  if (!labels) return undefined;
  const width = labelNames.length;
  const cells = new Map<string, { labels: number[]; images: number }>();
  for (let row = 0; row < count; row++) {
    const values = labels.subarray(row * width, (row + 1) * width);
    const key = values.join();
    const cell = cells.get(key);
    if (cell) cell.images += 1;
    else if (cells.size === MAX_CELLS) return undefined;
    else cells.set(key, { labels: [...values], images: 1 });
  }
  return [...cells.values()].sort((a, b) => compareRows(a.labels, b.labels));
}

function compareRows(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((value, i) => value !== b[i]);
  return differing < 0 ? 0 : a[differing] - b[differing];
}
