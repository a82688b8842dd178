import type { ImageTable } from "./dataset.js";

/** The pixels of all images of a table in their range from 0 to 1 (rule D8), one image after the other. */
export function pixelValues({ images, scale }: Pick<ImageTable, "images" | "scale">): Float32Array {
  return Float32Array.from(images, (value) => value * scale);
}
