import { refuse } from "../errors.js";
import { PhiloxStream } from "../random/stream.js";
import { type ImageTable, valuesPerImage } from "./dataset.js";

/** The rows of a data set in batches; the last batch holds what is left over (rule D12). */
export interface Batches {
  /** Number of batches, `ceil(count / batchSize)`. */
  readonly batchCount: number;
  /** The rows of batch `index`, from 0: a view of the whole order. */
  at(index: number): Uint32Array;
}

/**
 * One epoch's batches in random order: every row once, in an order that depends on `count`, `seed` and
 * `epoch` alone, so that a run resumed in the middle of an epoch asks for the same batches (rule D12).
 * @param count number of rows, N.
 * @param batchSize rows in a batch: 1 to N.
 * @param epoch counted from 0.
 * @throws UserError when there are no rows, or a batch is larger than the data.
 */
export function shuffledBatches(
  count: number,
  batchSize: number,
  { seed, epoch }: { seed: number; epoch: number },
): Batches {
  checkSizes(count, batchSize);
  return inBatches(new PhiloxStream(seed, "shuffle", epoch).permutation(count), batchSize);
}

/**
 * The rows in their own order, for evaluation (rule D12). A batch may be larger than the data here: there is
 * then one batch.
 * @param count number of rows, N.
 * @param batchSize rows in a batch.
 * @param minimum Rows that a batch should have at least: what is left over and has fewer goes into the batch
 * before.
 * @throws UserError when there are no rows.
 */
export function orderedBatches(count: number, batchSize: number, minimum = 1): Batches {
  return evaluationBatches(
    Uint32Array.from({ length: count }, (_, row) => row),
    batchSize,
    minimum,
  );
}

/**
 * The same with all rows in an order that is drawn, always the same for a number of rows: for models in which the images of a batch meet
 * (rule R4). In the order of the data an image would meet its neighbours there, and in data sorted by class those of its own class alone.
 * @throws UserError when there are no rows.
 */
export function drawnBatches(count: number, batchSize: number, minimum = 1): Batches {
  return evaluationBatches(new PhiloxStream(0, "order of evaluation").permutation(count), batchSize, minimum);
}

function evaluationBatches(order: Uint32Array, batchSize: number, minimum: number): Batches {
  const count = order.length;
  checkSizes(count, Math.min(batchSize, Math.max(count, 1)));
  const batches = inBatches(order, batchSize);
  const leftOver = count % batchSize;
  if (leftOver === 0 || leftOver >= minimum || count < batchSize) return batches;
  const last = batches.batchCount - 2;
  return {
    batchCount: last + 1,
    at: (index) => (index === last ? order.subarray(index * batchSize) : batches.at(index)),
  };
}

function inBatches(order: Uint32Array, batchSize: number): Batches {
  return {
    batchCount: Math.ceil(order.length / batchSize),
    at: (index) => order.subarray(index * batchSize, (index + 1) * batchSize),
  };
}

function checkSizes(count: number, batchSize: number): void {
  if (count === 0) {
    refuse("data", "there are no images", "Give a file or a range of rows that is not empty");
  }
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > count) {
    refuse(
      `batch size ${batchSize}`,
      `the data have ${count} images`,
      `Give a whole number from 1 to ${count}`,
    );
  }
}

/**
 * Writes the pixel values of some images, number times scale (rule D8), one image after the other.
 * @param rows B row numbers below `table.count`.
 * @param out at least `B * height * width * channels` numbers; what lies beyond stays as it is.
 * @throws RangeError when `out` is too short.
 */
export function fillBatch(table: ImageTable, rows: Uint32Array, out: Float32Array): void {
  const size = valuesPerImage(table);
  if (out.length < rows.length * size) {
    throw new RangeError(
      `a batch of ${rows.length} images of ${size} values does not fit into ${out.length}`,
    );
  }
  const { images, scale } = table;
  // Copying whole images and scaling afterwards takes half the time of a loop over the bytes.
  for (let b = 0; b < rows.length; b++) {
    const start = rows[b] * size;
    out.set(images.subarray(start, start + size), b * size);
  }
  if (scale === 1) return;
  const written = rows.length * size;
  for (let i = 0; i < written; i++) out[i] *= scale;
}

/**
 * Writes what the rows of a batch came to, one row after the other, each to its own place among all.
 * @param values [B, width], of the rows in their order.
 * @param into [count, width].
 */
export function placeRows(values: Float32Array, rows: Uint32Array, into: Float32Array): void {
  const width = values.length / rows.length;
  rows.forEach((row, b) => {
    into.set(values.subarray(b * width, (b + 1) * width), row * width);
  });
}

/**
 * Writes the mean image of what each of some images shows, one after the other.
 * @throws Error when the table does not know what its images show.
 */
export function fillCauseMeans(table: ImageTable, rows: Uint32Array, out: Float32Array): void {
  const { labels, labelNames } = table;
  const causes = table.causes?.();
  if (!causes || !labels) throw new Error("the images' causes are not known");
  const size = valuesPerImage(table);
  const width = labelNames.length;
  rows.forEach((row, b) => {
    const cause = causes.of(labels.subarray(row * width, (row + 1) * width));
    out.set(causes.means.subarray(cause * size, (cause + 1) * size), b * size);
  });
}
