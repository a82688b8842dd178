/** The quadratic y'Hy / 2 - b'y of a positive semidefinite H, whose rows are made when they are asked for. */
export interface Quadratic {
  /** b, [M]. */
  readonly linear: Float64Array;
  /** Row m of H, [M]. */
  readonly row: (index: number) => Float64Array;
  /** Added to the diagonal of H, so that equal rows can be distinguished. */
  readonly ridge: number;
}

/** Slopes below this (of entries that are 0) are rounding. */
const MIN_SLOPE = 1e-11;
/** Changes of the active set for each entry: far above what is ever needed. */
const CHANGES_PER_ENTRY = 6;

/**
 * The y >= 0 at which a quadratic is least, by the active-set method of Lawson and Hanson, *Solving least squares
 * problems* (1974), chapter 23, from a y that may already have positive entries. Few positive entries make it quick.
 * @param begin [M], at least 0.
 * @returns [M]; not quite least only where rounding lets no entry in any more.
 */
export function nonnegativeMinimum(quadratic: Quadratic, begin: Float64Array): Float64Array {
  const y = new Float64Array(begin.length);
  const active = new ActiveSet(quadratic);
  begin.forEach((value, m) => {
    if (value > 0 && active.add(m)) y[m] = value;
  });
  let entered = -1;
  for (let changes = 0; changes < CHANGES_PER_ENTRY * y.length + 10; changes++) {
    const target = active.minimum();
    const { step, leaving } = longestStep(active.indices, y, target);
    active.indices.forEach((m, k) => {
      y[m] += step * (target[k] - y[m]);
    });
    if (leaving.size > 0) {
      active.remove(leaving, y);
      if (leaving.has(entered)) break;
      continue;
    }
    entered = active.steepest(y);
    if (entered < 0 || !active.add(entered)) break;
  }
  return y;
}

/** How far towards the target all entries stay at least 0, and which of them then are 0. */
function longestStep(indices: readonly number[], y: Float64Array, target: Float64Array) {
  const reach = (k: number) => {
    const value = y[indices[k]];
    return value === 0 ? 0 : value / (value - target[k]);
  };
  const falling = indices.map((_, k) => k).filter((k) => !(target[k] > 0));
  const step = falling.reduce((minimum, k) => Math.min(minimum, reach(k)), 1);
  return { step, leaving: new Set(falling.filter((k) => reach(k) <= step).map((k) => indices[k])) };
}

/** The entries that may be positive, with the Cholesky factor of their part of H. */
class ActiveSet {
  readonly indices: number[] = [];
  readonly #quadratic: Quadratic;
  readonly #rows: Float64Array[] = [];
  readonly #factor: Float64Array[] = [];

  constructor(quadratic: Quadratic) {
    this.#quadratic = quadratic;
  }

  /** Lets an entry in; false where rounding makes its row depend on the others. */
  add(index: number, row = this.#quadratic.row(index)): boolean {
    const size = this.indices.length;
    const lower = new Float64Array(size + 1);
    let pivot = row[index] + this.#quadratic.ridge;
    for (let k = 0; k < size; k++) {
      const above = this.#factor[k];
      let sum = row[this.indices[k]];
      for (let j = 0; j < k; j++) sum -= lower[j] * above[j];
      lower[k] = sum / above[k];
      pivot -= lower[k] ** 2;
    }
    if (!(pivot > 0)) return false;
    lower[size] = Math.sqrt(pivot);
    this.indices.push(index);
    this.#rows.push(row);
    this.#factor.push(lower);
    return true;
  }

  /** Puts entries out and makes them 0; the factor is computed again after the first of them. */
  remove(leaving: ReadonlySet<number>, y: Float64Array): void {
    const first = this.indices.findIndex((index) => leaving.has(index));
    this.#factor.splice(first);
    const rows = this.#rows.splice(first);
    for (const [k, index] of this.indices.splice(first).entries()) {
      if (leaving.has(index) || !this.add(index, rows[k])) y[index] = 0;
    }
  }

  /** Where the quadratic is least if all other entries are 0, signs free: H y = b over `indices`. */
  minimum(): Float64Array {
    const size = this.indices.length;
    const solution = Float64Array.from(this.indices, (index) => this.#quadratic.linear[index]);
    for (let k = 0; k < size; k++) {
      const row = this.#factor[k];
      for (let j = 0; j < k; j++) solution[k] -= row[j] * solution[j];
      solution[k] /= row[k];
    }
    for (let k = size - 1; k >= 0; k--) {
      const row = this.#factor[k];
      solution[k] /= row[k];
      for (let j = 0; j < k; j++) solution[j] -= row[j] * solution[k];
    }
    return solution;
  }

  /** The entry outside whose growth lowers the quadratic most; -1 where none does. */
  steepest(y: Float64Array): number {
    const slopes = this.#quadratic.linear.slice();
    this.indices.forEach((index, k) => {
      const row = this.#rows[k];
      const value = y[index];
      for (let m = 0; m < slopes.length; m++) slopes[m] -= value * row[m];
    });
    const inside = new Set(this.indices);
    let best = -1;
    let steepest = MIN_SLOPE;
    slopes.forEach((slope, m) => {
      if (slope > steepest && !inside.has(m)) {
        steepest = slope;
        best = m;
      }
    });
    return best;
  }
}
