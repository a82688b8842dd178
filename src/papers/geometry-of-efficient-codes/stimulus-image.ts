import type { ImageTable } from "../../data/dataset.js";
import type { NumericArray } from "../../numeric-array.js";

/** One image of a table as greys, [height, width]. */
export function stimulusImage({ images, imageShape, scale }: ImageTable, row: number): NumericArray {
  const [height, width] = imageShape;
  const size = height * width;
  return {
    shape: [height, width],
    data: Float32Array.from(images.subarray(row * size, (row + 1) * size), (value) => value * scale),
  };
}
