/**
 * The k nearest of rows that come one by one, equal distances in order of the row (rule N1), however the rows are ordered: a
 * heap with the furthest of those kept on top. A row costs one comparison, or log k where it is kept; nothing is allocated.
 */
export class NearestRows {
  readonly #k: number;
  readonly #distances: Float64Array;
  readonly #rows: Int32Array;
  #kept = 0;

  constructor(k: number) {
    this.#k = k;
    this.#distances = new Float64Array(k);
    this.#rows = new Int32Array(k);
  }

  /** Takes a row into account: it is kept while it is among the k nearest. */
  offer(distance: number, row: number): void {
    if (this.#kept < this.#k) {
      this.#rise(this.#kept++, distance, row);
    } else if (this.#isBefore(distance, row, 0)) {
      this.#sink(distance, row, this.#k);
    }
  }

  /**
   * Writes the rows kept and their distances, nearest first, from `offset` on, and forgets them.
   * @returns how many: k, or as many as were offered.
   */
  drain(rows: Int32Array, distances: Float64Array, offset: number): number {
    const kept = this.#kept;
    for (let last = kept - 1; last >= 0; last--) {
      rows[offset + last] = this.#rows[0];
      distances[offset + last] = this.#distances[0];
      this.#sink(this.#distances[last], this.#rows[last], last);
    }
    this.#kept = 0;
    return kept;
  }

  #isBefore(distance: number, row: number, at: number): boolean {
    const held = this.#distances[at];
    return distance < held || (distance === held && row < this.#rows[at]);
  }

  #put(at: number, distance: number, row: number): void {
    this.#distances[at] = distance;
    this.#rows[at] = row;
  }

  #rise(from: number, distance: number, row: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#isBefore(distance, row, parent)) break;
      this.#put(at, this.#distances[parent], this.#rows[parent]);
      at = parent;
    }
    this.#put(at, distance, row);
  }

  /** Puts a row in the place of the furthest, in a heap of this size. */
  #sink(distance: number, row: number, size: number): void {
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && this.#isBefore(this.#distances[child], this.#rows[child], child + 1))
        child += 1;
      if (!this.#isBefore(distance, row, child)) break;
      this.#put(at, this.#distances[child], this.#rows[child]);
      at = child;
    }
    this.#put(at, distance, row);
  }
}
