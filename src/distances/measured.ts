import { distance } from "../geometry/distance.js";
import type { Rows } from "../geometry/neighbours/index.js";

/** The distance of two rows, by G3 from the coordinates as given. */
export type Distances = (i: number, j: number) => number;

/** Measured whenever it is asked. */
export function directDistances(rows: Rows): Distances {
  return (i, j) => distance(rows, i, j);
}

/** More would fill the memory that the search itself saves. */
const MOST_REMEMBERED = 2 ** 20;

/** Measured once, as long as there is room: neighbours are often each other's, and rows of many columns take long. */
export function rememberedDistances(rows: Rows): Distances {
  const known = new Map<number, number>();
  return (i, j) => {
    const pair = i < j ? i * rows.count + j : j * rows.count + i;
    const before = known.get(pair);
    if (before !== undefined) return before;
    const length = distance(rows, i, j);
    if (known.size < MOST_REMEMBERED) known.set(pair, length);
    return length;
  };
}
