import {
  assertNeighbourCount,
  NearestRows,
  type Neighbours,
  queryRows,
} from "../geometry/neighbours/index.js";
import { Allowance } from "./allowance.js";
import { Candidates } from "./candidates.js";
import { type CentredRows, inUnit } from "./centred.js";
import { RowMeasurer } from "./measured.js";
import {
  type DistanceOptions,
  type PairBlock,
  type PairQuestion,
  pairQuestion,
  visitPairs,
} from "./pairs.js";
import type { PreparedRows } from "./prepared.js";

/** Rows kept in addition to the k nearest, so that rounding, and what a sketch leaves out, seldom hides one of those. */
const SPARE = 8;
const SPARE_IN_SKETCH = 24;
/** Queries after which a sketch may be given up, and of how many of them it may leave the neighbours open. */
const TRIAL = 64;
const MAX_UNSETTLED = 0.3;

/** What is asked, and where the answer is written. */
interface Search {
  readonly centred: CentredRows;
  readonly question: PairQuestion;
  readonly k: number;
  readonly options: DistanceOptions;
  /** [M, k] both. */
  readonly indices: Int32Array;
  readonly distances: Float64Array;
}

/**
 * The k nearest neighbours of each query among all rows (rules N1, N14 and N15): exactly those of geometry's
 * `nearestNeighbours`, for any number of rows and columns. Matrix products on the device bound all squared
 * distances from below; the rows of lowest bound are measured in float64 by direct differences of the
 * coordinates as given, and where a row that was not kept could still be nearer, the query is asked once
 * more, of all that could be. A sketch's shorter products come first, where there is one and its bounds are
 * narrow enough.
 * Time M N D / 2 multiply-adds where every row is asked, M N D otherwise, much less with a sketch; memory
 * (M + block) D + M (k + 24).
 * @param prepared rows [N, D], as `prepareRows` makes them.
 * @param k neighbours of each query: 1 to N - 1.
 * @param options the device, and which rows are asked.
 * @param options.queries the rows asked, [M]; all by default.
 * @returns distances in the unit of the rows.
 * @throws UserError for a `k` out of 1 to N - 1, and for a query that there is not.
 */
export async function nearestNeighbours(
  { rows, centred, sketch }: PreparedRows,
  k: number,
  options: DistanceOptions & { readonly queries?: Int32Array | undefined },
): Promise<Neighbours> {
  assertNeighbourCount(rows, k);
  const queries = queryRows(rows, options.queries);
  const indices = new Int32Array(queries.length * k);
  const distances = new Float64Array(queries.length * k);
  const question = pairQuestion(queries, rows.count);
  const search: Search = { centred, question, k, options, indices, distances };
  const isDone = sketch !== undefined && (await searchIn(sketch, search));
  if (!isDone) await searchIn(centred, search);
  return { queries, k, indices, distances, points: rows.count };
}

/** @returns false when the space is a sketch, and leaves too much open. */
async function searchIn(space: CentredRows, search: Search): Promise<boolean> {
  const { centred, question, k, options, indices, distances } = search;
  const { queries } = question;
  const isSketch = space !== centred;
  const spare = isSketch ? SPARE_IN_SKETCH : SPARE;
  const kept = Math.min(k + spare, centred.rows.count - 1);
  const candidates = new Candidates(queries.length, kept);
  await visitPairs(space, question, options, (block) => {
    collect(block, question, candidates);
    return true;
  });
  const unsettled: number[] = [];
  const nearest = new NearestRows(k);
  // Squared distances of the nearest so far, in the unit, nearest first: what is certainly beyond the last need not be measured.
  const squares = new Float64Array(k);
  const take = (_: number, row: number, length: number) => {
    nearest.offer(length, row);
    insertSquare(squares, inUnit(centred, length));
  };
  const measurer = new RowMeasurer(centred.rows, queries, take, isSketch);
  for (let place = 0; place < queries.length; place++) {
    squares.fill(Number.POSITIVE_INFINITY);
    for (const { row, bound } of candidates.of(place)) {
      if (bound > squares[k - 1]) break;
      measurer.measure(place, row);
    }
    measurer.finish(place);
    nearest.drain(indices, distances, place * k);
    const furthest = inUnit(centred, distances[place * k + k - 1]);
    // All that was not kept lies at its bound or further, and its bound is no lower than the limit.
    if (kept < centred.rows.count - 1 && !(furthest < candidates.limits[place])) unsettled.push(place);
    if (isSketch && place >= TRIAL && unsettled.length > MAX_UNSETTLED * place) return false;
  }
  if (unsettled.length === 0) return true;
  const isSettled = await settle(space, search, unsettled);
  if (!isSettled) await settle(centred, search, unsettled);
  return true;
}

function collect(block: PairBlock, { mutual }: PairQuestion, candidates: Candidates): void {
  const { bounds, stride, queries, rows } = block;
  const { limits } = candidates;
  const diagonal = mutual && queries.first === rows.first;
  for (let a = 0; a < queries.count; a++) {
    const query = queries.first + a;
    const start = a * stride;
    let limit = limits[query];
    if (!mutual) {
      for (let b = 0; b < rows.count; b++) {
        const bound = bounds[start + b];
        if (bound < limit) {
          candidates.offer(query, rows.first + b, bound);
          limit = limits[query];
        }
      }
      continue;
    }
    for (let b = diagonal ? a + 1 : 0; b < rows.count; b++) {
      const bound = bounds[start + b];
      if (bound < limit) {
        candidates.offer(query, rows.first + b, bound);
        limit = limits[query];
      }
      if (bound < limits[rows.first + b]) candidates.offer(rows.first + b, query, bound);
    }
  }
}

/** Puts a number into its place among the lowest ones, which are in order; the highest of them goes. */
function insertSquare(squares: Float64Array, square: number): void {
  let at = squares.length - 1;
  if (square >= squares[at]) return;
  for (; at > 0 && squares[at - 1] > square; at--) squares[at] = squares[at - 1];
  squares[at] = square;
}

/**
 * Asks some queries again, of all rows that may be as near as the kth nearest found for each: it has many that are (nearly) as
 * near, as on a lattice, or lies so far from the mean that float32 does not distinguish its neighbours.
 * @returns false, and writes nothing, when the space is a sketch that leaves too many pairs open.
 */
async function settle(
  space: CentredRows,
  { centred, question, k, options, indices, distances }: Search,
  places: readonly number[],
): Promise<boolean> {
  const limits = places.map((place) => inUnit(centred, distances[place * k + k - 1]));
  const nearest = places.map(() => new NearestRows(k));
  const asked = Int32Array.from(places, (place) => question.queries[place]);
  const allowance = new Allowance(space === centred);
  const measurer = new RowMeasurer(centred.rows, asked, (at, row, length) => nearest[at].offer(length, row));
  const again = { queries: asked, mutual: false };
  const isDone = await visitPairs(space, again, options, ({ bounds, stride, queries: span, rows }) => {
    for (let a = 0; a < span.count; a++) {
      const at = span.first + a;
      const limit = limits[at];
      for (let b = 0; b < rows.count; b++) {
        if (bounds[a * stride + b] > limit) continue;
        measurer.measure(at, rows.first + b);
        allowance.measured += 1;
      }
    }
    return allowance.holdsAfter(span.count * rows.count);
  });
  if (!isDone) return false;
  measurer.finishAll();
  for (const [at, place] of places.entries()) nearest[at].drain(indices, distances, place * k);
  return true;
}
