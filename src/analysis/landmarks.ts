import { type ImageTable, valuesPerImage } from "../data/dataset.js";
import { pixelValues } from "../data/pixel-moments.js";
import type { NumericArray } from "../numeric-array.js";

/** As many pictures stand on a map without hiding it. */
const COUNT = 13;

/**
 * Points of a map whose images are pictured: of up to thirteen classes the point of each in their midst (the medoid), and further
 * points spread over the map, each as far as possible from those before.
 * @param map [points, 2]
 * @param classOf [points]: the class of each; without, the first point is the medoid of all.
 */
export function landmarks(map: NumericArray, classOf?: ArrayLike<number>): number[] {
  const count = map.shape[0]!;
  const members = new Map<number, number[]>();
  for (let point = 0; point < count; point++) {
    const kind = classOf?.[point] ?? 0;
    const known = members.get(kind);
    if (known) known.push(point);
    else members.set(kind, [point]);
  }
  const all = Array.from({ length: count }, (_, point) => point);
  const groups = members.size <= COUNT ? [...members.values()] : [all];
  const distance = (a: number, b: number) =>
    Math.hypot(map.data[2 * a]! - map.data[2 * b]!, map.data[2 * a + 1]! - map.data[2 * b + 1]!);
  const chosen = groups.map((group) => medoid(group, distance));
  const nearest = Float64Array.from(all, (point) =>
    Math.min(...chosen.map((other) => distance(point, other))),
  );
  while (chosen.length < COUNT) {
    const far = nearest.reduce((best, value, point) => (value > nearest[best]! ? point : best), 0);
    if (!(nearest[far]! > 0)) break;
    chosen.push(far);
    for (const point of all) nearest[point] = Math.min(nearest[point]!, distance(point, far));
  }
  return chosen;
}

/** The point with the smallest sum of distances to the others of its group. */
function medoid(group: readonly number[], distance: (a: number, b: number) => number): number {
  const sums = group.map((a) => group.reduce((sum, b) => sum + distance(a, b), 0));
  return group[sums.indexOf(Math.min(...sums))]!;
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
