import { type ImageTable, valuesPerImage } from "./dataset.js";

/** Mean of all images of a table, pixel by pixel: [height * width * channels] values in the pixels' own range. */
export function meanImage(table: ImageTable): Float32Array {
  const size = valuesPerImage(table);
  const sums = new Float64Array(size);
  for (let i = 0; i < table.count; i++) {
    for (let pixel = 0; pixel < size; pixel++) sums[pixel]! += table.images[i * size + pixel]!;
  }
  return Float32Array.from(sums, (sum) => (sum * table.scale) / table.count);
}
