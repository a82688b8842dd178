import { type ImageTable, valuesPerImage } from "../data/dataset.js";
import { columnCentre } from "../linear-algebra/centring.js";
import type { DataLabel } from "./labels.js";

/**
 * By power iteration: principalComponents decomposes all of the spectrum, which for 1,500 images of 32 x 32 x 3 takes two minutes
 * in place of three seconds. After these steps directions of nearly the same variance are still mixed, which a picture does not show.
 */
const STEPS = 60;

/**
 * Quantities that stand in for labels where the data have none: the scores of the images on their first principal components, of
 * pixels as they are stored. Components along which the images do not differ are left out.
 * @returns At most `count` labels named `image PC1`, `image PC2` ..., each [images].
 */
export function imageComponents(table: ImageTable, count = 2): DataLabel[] {
  const { images } = table;
  const pixels = valuesPerImage(table);
  const { mean: means } = columnCentre({ coordinates: images, dimension: pixels });
  const directions: Float64Array[] = [];
  const labels: DataLabel[] = [];
  while (labels.length < count) {
    const direction = leadingDirection(images, means, directions);
    if (!direction) break;
    directions.push(direction);
    labels.push({
      name: `image PC${labels.length + 1}`,
      kind: "numbers",
      values: scoresOn(images, means, direction),
    });
  }
  return labels;
}

/** What images are sorted by: their labels, or what stands in for them. */
export function groupingOf(images: ImageTable, labels: readonly DataLabel[]): readonly DataLabel[] {
  return labels.length > 0 ? labels : imageComponents(images);
}

/** The direction of the largest variance at right angles to those before; undefined where the images do not differ any more. */
function leadingDirection(
  images: ImageTable["images"],
  means: Float64Array,
  before: readonly Float64Array[],
): Float64Array | undefined {
  // Every pixel has its share in the start; the signs keep it from standing at right angles to what is sought.
  let direction = Float64Array.from(means, (_, pixel) => Math.cos(pixel * pixel));
  for (let step = 0; step < STEPS; step++) {
    for (const other of before) {
      const share = direction.reduce((sum, value, pixel) => sum + value * other[pixel]!, 0);
      direction = direction.map((value, pixel) => value - share * other[pixel]!);
    }
    const length = Math.sqrt(direction.reduce((sum, value) => sum + value ** 2, 0));
    if (length < 1e-9) return undefined;
    direction = direction.map((value) => value / length);
    if (step < STEPS - 1) direction = weighted(images, means, scoresOn(images, means, direction));
  }
  // The sign is free: the entry of the largest magnitude is positive, as in rule G9.
  const largest = direction.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? direction.map((value) => -value) : direction;
}

function scoresOn(images: ImageTable["images"], means: Float64Array, direction: Float64Array): Float64Array {
  const pixels = means.length;
  return Float64Array.from({ length: images.length / pixels }, (_, row) => {
    let sum = 0;
    for (let pixel = 0; pixel < pixels; pixel++)
      sum += (images[row * pixels + pixel]! - means[pixel]!) * direction[pixel]!;
    return sum;
  });
}

/** The weighted sum of the images minus their mean. */
function weighted(
  images: ImageTable["images"],
  means: Float64Array,
  weights: Float64Array,
): Float64Array<ArrayBuffer> {
  const pixels = means.length;
  const sums = new Float64Array(pixels);
  weights.forEach((weight, row) => {
    for (let pixel = 0; pixel < pixels; pixel++)
      sums[pixel]! += weight * (images[row * pixels + pixel]! - means[pixel]!);
  });
  return sums;
}
