import { type ImageTable, valuesPerImage } from "../data/dataset.js";
import { pixelValues } from "../data/pixel-moments.js";
import type { NumericArray } from "../numeric-array.js";

/** As many pictures stand on a map without hiding it. */
const COUNT = 13;

/**
 * Points of a map whose images are pictured (rule G18): one of each class, of up to thirteen, and further points spread over the map, each as
 * far as possible from those before. Of a class it is one of the half that lies nearest to its middle.
 * @param map [points, 2]
 * @param classOf [points]: the class of each; without, the first point is the one in the middle of all.
 */
export function landmarks(map: NumericArray, classOf?: ArrayLike<number>): number[] {
  const all = Array.from({ length: map.shape[0]! }, (_, point) => point);
  const distance = (a: number, b: number) =>
    Math.hypot(map.data[2 * a]! - map.data[2 * b]!, map.data[2 * a + 1]! - map.data[2 * b + 1]!);
  const classes = [...new Set(all.map((point) => classOf?.[point]))];
  const turns =
    classes.length > 1 && classes.length <= COUNT
      ? classes.map((one) =>
          typical(
            all.filter((point) => classOf?.[point] === one),
            distance,
          ),
        )
      : [typical(all, distance).slice(0, 1)];
  const chosen: number[] = [];
  const nearest = new Float64Array(all.length).fill(Number.POSITIVE_INFINITY);
  for (let turn = 0; turn < COUNT; turn++) {
    const far = (turns[turn] ?? all).reduce((best, point) =>
      nearest[point]! > nearest[best]! ? point : best,
    );
    if (nearest[far] === 0) continue;
    chosen.push(far);
    for (const point of all) nearest[point] = Math.min(nearest[point]!, distance(point, far));
  }
  return chosen;
}

/** The half of a group that lies nearest to its medoid, which has the smallest sum of distances to all others; the medoid first. */
function typical(group: readonly number[], distance: (a: number, b: number) => number): number[] {
  const sums = group.map((a) => group.reduce((sum, b) => sum + distance(a, b), 0));
  const medoid = group[sums.indexOf(Math.min(...sums))]!;
  return group
    .toSorted((a, b) => distance(medoid, a) - distance(medoid, b))
    .slice(0, Math.ceil(group.length / 2));
}

/** Some images of a table, [height, width, channels] in [0, 1], as a map shows them. */
export function pictures(
  table: ImageTable,
  rows: readonly number[],
): { readonly index: number; readonly image: NumericArray }[] {
  const size = valuesPerImage(table);
  return rows.map((index) => {
    const images = table.images.subarray(index * size, (index + 1) * size);
    return {
      index,
      image: { shape: [...table.imageShape], data: pixelValues({ images, scale: table.scale }) },
    };
  });
}
