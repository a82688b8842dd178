import { type ImageTable, valuesPerImage } from "../../../data/dataset.js";
import type { NumericArray } from "../../../numeric-array.js";
import { mean } from "../../../statistics.js";

/** Probabilities are held to this distance from 0 and 1, as the published losses are. */
const SURELY = 1e-7;

/**
 * log p(x|z) of each image in nats [N], pixels being independent Bernoulli variables.
 * @param reconstruction their probabilities [N, pixels].
 */
export function logLikelihoodsNats(table: ImageTable, reconstruction: NumericArray): Float64Array {
  const { images, scale, count } = table;
  const pixels = valuesPerImage(table);
  const nats = new Float64Array(count);
  for (let k = 0; k < count * pixels; k++) {
    const x = images[k]! * scale;
    const p = Math.min(Math.max(reconstruction.data[k]!, SURELY), 1 - SURELY);
    nats[Math.floor(k / pixels)]! += x * Math.log(p) + (1 - x) * Math.log1p(-p);
  }
  return nats;
}

/** Euclidean length of each row [N] of an array [N, D]. */
export function rowLengths({ shape: [count = 0, width = 0], data }: NumericArray): Float64Array {
  return Float64Array.from({ length: count }, (_, i) =>
    Math.hypot(...data.subarray(i * width, (i + 1) * width)),
  );
}

/**
 * Spearman's correlation of ranks: from -1 to 1; ties share the mean of their ranks. NaN where one of the two
 * is constant.
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [first, second] = [ranks(a), ranks(b)];
  const [centre, other] = [mean(first), mean(second)];
  let [both, squares, others] = [0, 0, 0];
  for (const [i, rank] of first.entries()) {
    both += (rank - centre) * (second[i]! - other);
    squares += (rank - centre) ** 2;
    others += (second[i]! - other) ** 2;
  }
  return both / Math.sqrt(squares * others);
}

function ranks(values: ArrayLike<number>): number[] {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const found = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let k = start; k < end; k++) found[order[k]!] = (start + end - 1) / 2;
    start = end;
  }
  return found;
}
