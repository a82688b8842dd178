/** A pair takes as long to measure as this number of pairs by products of all columns. */
const COST = 60;
/** Pairs that may be measured in any case. */
const GRACE = 5000;

/** Watches over how many pairs a sketch leaves to be measured one by one: beyond some, products of all columns are faster. */
export class Allowance {
  /** Pairs that were measured. */
  measured = 0;
  readonly #isUnlimited: boolean;
  #visited = 0;

  constructor(isUnlimited: boolean) {
    this.#isUnlimited = isUnlimited;
  }

  /** After this number of further pairs: whether few enough of all so far had to be measured. */
  holdsAfter(pairs: number): boolean {
    this.#visited += pairs;
    return this.#isUnlimited || this.measured <= GRACE + this.#visited / COST;
  }
}
