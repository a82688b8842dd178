import { type ImageTable, valuesPerImage } from "./dataset.js";

/** Images that statistics of pixels are taken from at most. */
const MAX_IMAGES = 4096;

/** At most this number of rows of a table, evenly spaced. */
export function spreadRows({ count }: Pick<ImageTable, "count">, maximum: number): Uint32Array {
  const kept = Math.min(count, maximum);
  return Uint32Array.from({ length: kept }, (_, i) => Math.floor((i * count) / kept));
}

/** Means of each pixel's value and of its square, over up to 4,096 images spread over a table: [height * width * channels] each. */
export function pixelMoments(table: ImageTable): { mean: Float64Array; meanSquare: Float64Array } {
  const size = valuesPerImage(table);
  const rows = spreadRows(table, MAX_IMAGES);
  const mean = new Float64Array(size);
  const meanSquare = new Float64Array(size);
  for (const row of rows) {
    for (let pixel = 0; pixel < size; pixel++) {
      const value = table.images[row * size + pixel]! * table.scale;
      mean[pixel]! += value / rows.length;
      meanSquare[pixel]! += value ** 2 / rows.length;
    }
  }
  return { mean, meanSquare };
}

/** Whether every image of a table is like the first, in every pixel. */
export function areAllEqual(table: ImageTable): boolean {
  const size = valuesPerImage(table);
  return table.images.every((value: number, at: number) => at < size || value === table.images[at - size]);
}

/** Mean of all images of a table, pixel by pixel: [height * width * channels] values in the pixels' own range. */
export function meanImage(table: ImageTable): Float32Array {
  const size = valuesPerImage(table);
  const sums = new Float64Array(size);
  for (let i = 0; i < table.count; i++) {
    for (let pixel = 0; pixel < size; pixel++) sums[pixel]! += table.images[i * size + pixel]!;
  }
  return Float32Array.from(sums, (sum) => (sum * table.scale) / table.count);
}

/** The pixels of all images of a table in their range from 0 to 1 (rule D8), one image after the other. */
export function pixelValues({ images, scale }: Pick<ImageTable, "images" | "scale">): Float32Array {
  return Float32Array.from(images, (value) => value * scale);
}
