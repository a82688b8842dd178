import { type ImageTable, valuesPerImage } from "./dataset.js";
import { spreadRows } from "./pixel-moments.js";

/** Numbers that are looked at, at most: the answer is an estimate. */
const MAX_NUMBERS = 2_000_000;

const ITERATIONS = 30;

/**
 * The largest variance that images have in any direction, each pixel's difference from its mean counted by the square root of
 * its weight: the largest eigenvalue of the weighted covariance, by power iteration over rows spread over the table.
 * @param mean [pixels].
 * @param weights [pixels], not negative.
 */
export function largestVariance(table: ImageTable, mean: Float64Array, weights: Float64Array): number {
  const size = valuesPerImage(table);
  const rows = spreadRows(table, Math.max(2, Math.floor(MAX_NUMBERS / size)));
  const roots = weights.map(Math.sqrt);
  const { images, scale } = table;
  // One array: a thousand small ones take longer to make than all that is done with them.
  const centred = new Float64Array(rows.length * size);
  rows.forEach((row, place) => {
    for (let pixel = 0; pixel < size; pixel++) {
      centred[place * size + pixel] = (images[row * size + pixel]! * scale - mean[pixel]!) * roots[pixel]!;
    }
  });
  // Begins with every pixel, which no usual image is blind to; a little uneven, so that symmetry cannot hide a direction.
  let direction = unit(Float64Array.from({ length: size }, (_, i) => 1 + 0.5 * Math.sin(i + 1)));
  let variance = 0;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const next = new Float64Array(size);
    for (let at = 0; at < centred.length; at += size) {
      let along = 0;
      for (let pixel = 0; pixel < size; pixel++) along += centred[at + pixel]! * direction[pixel]!;
      for (let pixel = 0; pixel < size; pixel++) next[pixel]! += (along * centred[at + pixel]!) / rows.length;
    }
    variance = lengthOf(next);
    if (variance === 0) return 0;
    direction = unit(next);
  }
  return variance;
}

function unit(vector: Float64Array): Float64Array {
  const length = lengthOf(vector);
  return vector.map((x) => x / length);
}

function lengthOf(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
}
