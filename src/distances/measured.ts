import { distance, twoDistances } from "../geometry/distance.js";
import type { Rows } from "../geometry/neighbours/index.js";

/** Hears the distance of a query, by its place, and a row. */
export type DistanceTaker = (place: number, row: number, distance: number) => void;

/** More would fill the memory that the search itself saves. */
const MOST_REMEMBERED = 2 ** 20;

/** No row waits. */
const NONE = -1;

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

  /**
   * @param options.remembers pairs, as long as there is room: neighbours are often each other's, and rows of many columns take long.
   */
  constructor(
    rows: Rows,
    queries: Int32Array,
    take: DistanceTaker,
    { remembers = false }: { readonly remembers?: boolean } = {},
  ) {
    this.#rows = rows;
    this.#queries = queries;
    this.#take = take;
    this.#known = remembers ? new Map() : undefined;
    this.#waiting = new Int32Array(queries.length).fill(NONE);
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
      twoDistances(this.#rows, query, first, row, this.#both, 0);
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
    if (known && known.size < MOST_REMEMBERED) known.set(this.#pair(this.#queries[place], row), length);
    this.#take(place, row, length);
  }

  #pair(i: number, j: number): number {
    const { count } = this.#rows;
    return i < j ? i * count + j : j * count + i;
  }
}
