import { once } from "../once.js";
import { CORRIDORS_LABELS, type CorridorsOptions, resolveCorridors } from "./corridors.js";
import { corridorsMeanImages } from "./corridors-means.js";
import { type Causes, type ImageTable, valuesPerImage } from "./dataset.js";

/** The pairs of positions of Corridors images that were drawn here, with their exact mean images (rule B6). */
export function corridorsCauses(options: CorridorsOptions): Causes {
  const { size } = resolveCorridors(options);
  return {
    means: Float32Array.from(corridorsMeanImages(options).data),
    of: (labels) => labels[0]! * size + labels[1]!,
  };
}

/**
 * The pairs of positions of Corridors images from a file, with the mean images of its own rows; undefined for images that are not
 * such: square, of an odd side, with two whole labels xU and xL within it.
 */
export function causesOfFile(table: ImageTable): Causes | undefined {
  const { imageShape, labels, labelNames } = table;
  const [height, width, channels] = imageShape;
  const isCorridors =
    height === width && height % 2 === 1 && channels === 1 && labelNames.join() === CORRIDORS_LABELS.join();
  if (
    !isCorridors ||
    !labels?.every((value: number) => Number.isInteger(value) && value >= 0 && value < height)
  ) {
    return undefined;
  }
  const means = once(() => meansByCause(table, labels, height));
  return {
    // Not before an evaluation asks: that a model can be judged by them is known without.
    get means() {
      return means();
    },
    of: (row) => row[0]! * height + row[1]!,
  };
}

function meansByCause(table: ImageTable, labels: ArrayLike<number>, extent: number): Float32Array {
  const { count, images, scale } = table;
  const size = valuesPerImage(table);
  const sums = new Float64Array(extent ** 2 * size);
  const counts = new Float64Array(extent ** 2);
  for (let row = 0; row < count; row++) {
    const cause = labels[2 * row]! * extent + labels[2 * row + 1]!;
    counts[cause]!++;
    for (let pixel = 0; pixel < size; pixel++) sums[cause * size + pixel]! += images[row * size + pixel]!;
  }
  return Float32Array.from(sums, (sum, i) => (sum * scale) / Math.max(1, counts[Math.floor(i / size)]!));
}
