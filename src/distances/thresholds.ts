import type { Allowance } from "./allowance.js";
import { type CentredRows, inUnit } from "./centred.js";
import { RowMeasurer } from "./measured.js";

/**
 * Counts, for each of many queries, the rows before each of its k targets (nearer, or as near and of a lower number). Rows come with a bound from
 * below and one from above; where these leave a target open, the row is measured.
 */
export class Thresholds {
  /** Squared distance of each query's nearest and furthest target, in the unit of the centred rows. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  readonly #k: number;
  readonly #allowance: Allowance;
  /** Of rows whose bounds leave a target open. */
  readonly #measurer: RowMeasurer;
  /** Of each query's targets, nearest first: distances, the same squared and in the unit, rows, and their places among those given. */
  readonly #distances: Float64Array;
  readonly #squares: Float64Array;
  readonly #rows: Int32Array;
  readonly #places: Int32Array;
  /** [M, k + 1], rows between one target and the next. */
  readonly #between: Int32Array;

  /** Measures the targets, [M, k]; every row measured after them counts against the allowance. */
  constructor(
    centred: CentredRows,
    queries: Int32Array,
    targets: Int32Array,
    k: number,
    allowance: Allowance,
  ) {
    this.#k = k;
    this.#allowance = allowance;
    this.#measurer = new RowMeasurer(centred.rows, queries, (query, row, length) => {
      this.#countMeasured(query, row, length);
    });
    this.#distances = new Float64Array(targets.length);
    this.#squares = new Float64Array(targets.length);
    this.#rows = new Int32Array(targets.length);
    this.#places = new Int32Array(targets.length);
    this.#between = new Int32Array(queries.length * (k + 1));
    this.lowest = new Float64Array(queries.length);
    this.highest = new Float64Array(queries.length);
    const own = new Float64Array(k);
    const order = Array.from({ length: k }, (_, j) => j);
    const measurer = new RowMeasurer(centred.rows, queries, (m, row, length) => {
      for (let j = 0; j < k; j++) if (targets[m * k + j] === row) own[j] = length;
    });
    for (let m = 0; m < queries.length; m++) {
      const first = m * k;
      const ofQuery = targets.subarray(first, first + k);
      for (let j = 0; j < k; j++) if (ofQuery.indexOf(ofQuery[j]) === j) measurer.measure(m, ofQuery[j]);
      measurer.finish(m);
      order.sort((a, b) => own[a] - own[b] || targets[first + a] - targets[first + b]);
      for (let j = 0; j < k; j++) {
        this.#distances[first + j] = own[order[j]];
        this.#squares[first + j] = inUnit(centred, own[order[j]]);
        this.#rows[first + j] = targets[first + order[j]];
        this.#places[first + j] = order[j];
      }
      this.lowest[m] = this.#squares[first];
      this.highest[m] = this.#squares[first + k - 1];
    }
  }

  /** Counts a row that is certainly nearer than all of the query's targets. */
  countBeforeAll(query: number): void {
    this.#between[query * (this.#k + 1)] += 1;
  }

  /** Counts a row whose squared distance from the query lies between two bounds. */
  count(query: number, row: number, minimum: number, maximum: number): void {
    const first = query * this.#k;
    // Targets before `sure` are certainly nearer than the row, those from `open` on certainly further.
    let sure = 0;
    for (let end = this.#k; sure < end; ) {
      const middle = (sure + end) >> 1;
      if (this.#squares[first + middle] >= minimum) end = middle;
      else sure = middle + 1;
    }
    let open = sure;
    while (open < this.#k && this.#squares[first + open] <= maximum) open += 1;
    const isTargetItself = open === sure + 1 && this.#rows[first + sure] === row;
    if (open === sure || isTargetItself) {
      this.#between[query * (this.#k + 1) + open] += 1;
      return;
    }
    this.#allowance.measured += 1;
    this.#measurer.measure(query, row);
  }

  /** Ranks from 1, [M, k], in the order in which the targets were given. */
  ranks(): Int32Array {
    const k = this.#k;
    this.#measurer.finishAll();
    const ranks = new Int32Array(this.#rows.length);
    for (let m = 0; m < this.lowest.length; m++) {
      let before = 0;
      for (let j = 0; j < k; j++) {
        before += this.#between[m * (k + 1) + j];
        ranks[m * k + this.#places[m * k + j]] = before + 1;
      }
    }
    return ranks;
  }

  /** Counts a row by its true distance: before the first target that it comes before. */
  #countMeasured(query: number, row: number, length: number): void {
    const first = query * this.#k;
    let place = 0;
    for (let end = this.#k; place < end; ) {
      const middle = (place + end) >> 1;
      const target = this.#distances[first + middle];
      if (length < target || (length === target && row < this.#rows[first + middle])) end = middle;
      else place = middle + 1;
    }
    this.#between[query * (this.#k + 1) + place] += 1;
  }
}
