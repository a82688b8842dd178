/**
 * For each of many queries a number of rows with the lowest bounds among those offered: a heap a query in two arrays for all, the
 * highest bound kept on top.
 */
export class Candidates {
  /** Of each query, the highest bound kept; Infinity until it has all of its rows. Rows at or beyond it need not be offered. */
  readonly limits: Float32Array;
  readonly #each: number;
  readonly #bounds: Float32Array;
  readonly #rows: Int32Array;

  constructor(queries: number, each: number) {
    this.limits = new Float32Array(queries).fill(Number.POSITIVE_INFINITY);
    this.#each = each;
    this.#bounds = new Float32Array(queries * each).fill(Number.POSITIVE_INFINITY);
    this.#rows = new Int32Array(queries * each).fill(-1);
  }

  /** Keeps a row in place of the one of highest bound; `bound` must be below the query's limit. */
  offer(query: number, row: number, bound: number): void {
    const bounds = this.#bounds;
    const rows = this.#rows;
    const each = this.#each;
    const top = query * each;
    let at = 0;
    for (let child = 1; child < each; child = 2 * at + 1) {
      if (child + 1 < each && bounds[top + child + 1] > bounds[top + child]) child += 1;
      if (bounds[top + child] <= bound) break;
      bounds[top + at] = bounds[top + child];
      rows[top + at] = rows[top + child];
      at = child;
    }
    bounds[top + at] = bound;
    rows[top + at] = row;
    this.limits[query] = bounds[top];
  }

  /**
   * The rows kept for a query and their bounds, lowest bound first.
   * @throws Error when fewer were offered than are kept: the device gave something else than numbers.
   */
  of(query: number): { readonly row: number; readonly bound: number }[] {
    const first = query * this.#each;
    const kept = Array.from({ length: this.#each }, (_, at) => ({
      row: this.#rows[first + at],
      bound: this.#bounds[first + at],
    }));
    if (kept.some(({ row }) => row < 0)) {
      throw new Error(
        `distances underflow or are not numbers (query ${query}): rescale the points, or use another device`,
      );
    }
    return kept.sort((a, b) => a.bound - b.bound);
  }
}
