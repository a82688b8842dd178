import type { NumericArray } from "../../numeric-array.js";
import type { FigureTable } from "../table.js";

/** Images that belong to a figure's table. */
interface TabledImages {
  /** [images, height, width] or [images, height, width, channels]. */
  readonly images: NumericArray;
  /** What the first columns hold for image `index`. */
  readonly headOf: (index: number) => readonly (string | number)[];
}

/**
 * The numbers of images as a table: columns that say which image, its pixel (y from above, x from the left), and the
 * pixel's value, or its red, green and blue.
 */
export function imageTable(head: readonly string[], groups: readonly TabledImages[]): FigureTable {
  const channels = groups[0]?.images.shape[3] ?? 1;
  return {
    columns: [...head, "y", "x", ...(channels === 1 ? ["value"] : ["red", "green", "blue"])],
    rows: groups.flatMap(({ images, headOf }) => {
      const [count, height, width] = images.shape;
      return Array.from({ length: count * height * width }, (_, pixel) => [
        ...headOf(Math.floor(pixel / (height * width))),
        Math.floor(pixel / width) % height,
        pixel % width,
        ...images.data.subarray(pixel * channels, (pixel + 1) * channels),
      ]);
    }),
  };
}
