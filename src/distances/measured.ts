import { distance, distanceFromSums, twoDistances } from "../geometry/distance.js";
import type { Rows } from "../geometry/neighbours/index.js";
import { openSimdSums } from "./simd-sums.js";

/** Hears the distance of a query, by its place, and a row. */
export type DistanceTaker = (place: number, row: number, distance: number) => void;

/** More would fill the memory that the search itself saves. */
const MAX_REMEMBERED = 2 ** 20;

/** No row. */
const NONE = -1;

/** Rows of fewer columns are measured faster than they are copied. */
const SIMD_COLUMNS = 256;

/** Writes the distances of a row from two others. */
type DistancesOfTwo = (i: number, j: number, k: number, out: Float64Array) => void;

/** The fastest way that there is for these rows: all come to the same digits. */
function distancesOfTwo(rows: Rows): DistancesOfTwo {
  const { coordinates, dimension } = rows;
  const plain: DistancesOfTwo = (i, j, k, out) => twoDistances(rows, i, j, k, out, 0);
  if (!(coordinates instanceof Float32Array) || dimension < SIMD_COLUMNS) return plain;
  const whole = dimension - (dimension % 4);
  const simd = openSimdSums(whole);
  if (!simd) return plain;
  const { query, first, second, sums } = simd;
  const row = (place: number) => coordinates.subarray(place * dimension, place * dimension + whole);
  let held = NONE;
  return (i, j, k, out) => {
    if (held !== i) query.set(row(i));
    held = i;
    first.set(row(j));
    second.set(row(k));
    simd.compare();
    out[0] = distanceFromSums(rows, i, j, sums, 0);
    out[1] = distanceFromSums(rows, i, k, sums, 4);
  };
}

/**
 * Measures rows from queries by G3, from the coordinates as given, two rows of a query at a time: the first waits until a second one is asked for, or until
 * it is the last.
 */
export class RowMeasurer {
  readonly #rows: Rows;
  readonly #queries: Int32Array;
  readonly #take: DistanceTaker;
  /** Distances of pairs, by both of their rows. */
  readonly #known: Map<number, number> | undefined;
  /** Of each query, the row that waits. */
  readonly #waiting: Int32Array;
  readonly #both = new Float64Array(2);
  readonly #measureTwo: DistancesOfTwo;

  /**
   * @param remembers pairs, as long as there is room: neighbours are often each other's, and rows of many columns take long.
   */
  constructor(rows: Rows, queries: Int32Array, take: DistanceTaker, remembers = false) {
    this.#rows = rows;
    this.#queries = queries;
    this.#take = take;
    this.#known = remembers ? new Map() : undefined;
    this.#waiting = new Int32Array(queries.length).fill(NONE);
    this.#measureTwo = distancesOfTwo(rows);
  }

  /** Measures a row from the query in this place, now or with the next one. */
  measure(place: number, row: number): void {
    const query = this.#queries[place];
    const known = this.#known?.get(this.#pair(query, row));
    const first = this.#waiting[place];
    if (known !== undefined) this.#take(place, row, known);
    else if (first === NONE) this.#waiting[place] = row;
    else {
      this.#waiting[place] = NONE;
      this.#measureTwo(query, first, row, this.#both);
      const [toFirst, toSecond] = this.#both;
      this.#give(place, first, toFirst);
      this.#give(place, row, toSecond);
    }
  }

  /** Measures the row of a query that waits, if one does. */
  finish(place: number): void {
    const row = this.#waiting[place];
    if (row === NONE) return;
    this.#waiting[place] = NONE;
    this.#give(place, row, distance(this.#rows, this.#queries[place], row));
  }

  /** Measures all that wait. */
  finishAll(): void {
    for (let place = 0; place < this.#waiting.length; place++) this.finish(place);
  }

  #give(place: number, row: number, length: number): void {
    const known = this.#known;
    if (known && known.size < MAX_REMEMBERED) known.set(this.#pair(this.#queries[place], row), length);
    this.#take(place, row, length);
  }

  #pair(i: number, j: number): number {
    const { count } = this.#rows;
    return i < j ? i * count + j : j * count + i;
  }
}
