import { UserError } from "../../errors.js";

/** Nearest neighbours of some rows among all rows of a set of points; a row is never its own neighbour (rule N1). */
export interface Neighbours {
  /** Rows whose neighbours these are, M of them; all rows in order where every point is asked. */
  readonly queries: Int32Array;
  /** Neighbours of each, k. */
  readonly k: number;
  /** Their rows, [M, k], nearest first, equal distances in order of the row. */
  readonly indices: Int32Array;
  /** Their distances, [M, k], float64. */
  readonly distances: Float64Array;
  /** Points among which neighbours were looked for, N. */
  readonly points: number;
}

/** What a search for neighbours says of the points in its messages. */
export interface Searched {
  readonly name: string;
  readonly count: number;
}

/**
 * Asserts that every point has this number of neighbours.
 * @throws UserError for a `k` that is not an integer from 1 to N - 1.
 */
export function assertNeighbourCount({ name, count }: Searched, k: number): void {
  if (Number.isInteger(k) && k >= 1 && k < count) return;
  throw new UserError({
    where: name,
    what: `each of ${count} points has ${count - 1} neighbours, not ${k}`,
    remedy: `Ask for 1 to ${count - 1} neighbours`,
  });
}

/**
 * The rows whose neighbours are asked: those given, or all in order.
 * @throws UserError for no row, and for one that the points do not have.
 */
export function queryRows({ name, count }: Searched, queries?: Int32Array): Int32Array {
  if (!queries) return Int32Array.from({ length: count }, (_, i) => i);
  if (queries.length === 0) {
    throw new UserError({
      where: name,
      what: "no row was asked for its neighbours",
      remedy: "Give at least one query, or none to ask all rows",
    });
  }
  const outside = queries.find((row) => row < 0 || row >= count);
  if (outside === undefined) return queries;
  throw new UserError({
    where: name,
    what: `there is no row ${outside} to ask for its neighbours`,
    remedy: `Give rows from 0 to ${count - 1}`,
  });
}

/**
 * Asserts that `targets`, [M, k], are rows that have a rank among the neighbours of `queries`, [M].
 * @throws UserError for another number of them, for one that the points do not have, and for a row that is its own target.
 */
export function assertTargets(points: Searched, queries: Int32Array, targets: Int32Array, k: number): void {
  const { name, count } = points;
  if (targets.length !== queries.length * k) {
    throw new UserError({
      where: name,
      what: `${queries.length} queries of ${k} targets each need ${queries.length * k} targets, not ${targets.length}`,
      remedy: "Give k targets for every query",
    });
  }
  const wrong = targets.findIndex(
    (row, at) => row < 0 || row >= count || row === queries[Math.floor(at / k)],
  );
  if (wrong < 0) return;
  const query = queries[Math.floor(wrong / k)];
  throw new UserError({
    where: name,
    what: `row ${targets[wrong]} is no neighbour of row ${query}`,
    remedy: `Give rows from 0 to ${count - 1} other than the query itself`,
  });
}
