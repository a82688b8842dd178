import { distance } from "../geometry/distance.js";
import {
  assertNeighbourCount,
  NearestRows,
  type Neighbours,
  queryRows,
  type Rows,
} from "../geometry/neighbours/index.js";
import { Candidates } from "./candidates.js";
import { type CentredRows, centreRows } from "./centred.js";
import {
  type DistanceOptions,
  type PairBlock,
  type PairQuestion,
  pairQuestion,
  visitPairs,
} from "./pairs.js";
import { inUnit } from "./unit.js";

/** Rows kept beside the k nearest, so that rounding seldom hides one of those. */
const SPARE = 8;

/**
 * The k nearest neighbours of each query among all rows (rules N1 and N14): exactly those of geometry's `nearestNeighbours`, for any number of rows
 * and columns. Matrix products on the device bound all squared distances from below; the rows of lowest bound are measured in float64 by direct
 * differences of the coordinates as given, and where a row that was not kept could still be nearer, the query is asked once more, of all that could be.
 * Time M N D / 2 multiply-adds where every row is asked, M N D otherwise; memory (M + block) D + M (k + 8).
 * @param options.queries the rows asked, [M]; all by default.
 * @throws UserError for a `k` out of 1 to N - 1, a query that there is not, and a number that is not finite.
 */
export async function nearestNeighbours(
  rows: Rows,
  k: number,
  options: DistanceOptions & { readonly queries?: Int32Array | undefined },
): Promise<Neighbours> {
  assertNeighbourCount(rows, k);
  const queries = queryRows(rows, options.queries);
  const centred = centreRows(rows);
  const question = pairQuestion(queries, rows.count);
  const kept = Math.min(k + SPARE, rows.count - 1);
  const candidates = new Candidates(queries.length, kept);
  await visitPairs(centred, question, options, (block) => collect(block, question, candidates));

  const indices = new Int32Array(queries.length * k);
  const distances = new Float64Array(queries.length * k);
  const unsettled: number[] = [];
  const nearest = new NearestRows(k);
  for (let place = 0; place < queries.length; place++) {
    measure(centred, queries[place], candidates.of(place), k, nearest);
    nearest.drain(indices, distances, place * k);
    const furthest = inUnit(centred, distances[place * k + k - 1]);
    // All that was not kept lies at its bound or further, and its bound is no lower than the limit.
    if (kept < rows.count - 1 && !(furthest < candidates.limits[place])) unsettled.push(place);
  }
  if (unsettled.length > 0) await settle(centred, queries, unsettled, options, { k, indices, distances });
  return { queries, k, indices, distances, points: rows.count };
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

/** Offers the distances of those candidates that may be among the k nearest, and of none that cannot. */
function measure(
  centred: CentredRows,
  query: number,
  candidates: readonly { readonly row: number; readonly bound: number }[],
  k: number,
  nearest: NearestRows,
): void {
  const furthest = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  for (const { row, bound } of candidates) {
    if (bound > furthest[k - 1]) return;
    const length = distance(centred.rows, query, row);
    nearest.offer(length, row);
    const squared = inUnit(centred, length);
    let at = k - 1;
    if (squared >= furthest[at]) continue;
    for (; at > 0 && furthest[at - 1] > squared; at--) furthest[at] = furthest[at - 1];
    furthest[at] = squared;
  }
}

/**
 * Asks some queries again, of all rows that may be as near as the kth nearest found for each: it has many that are (nearly) as
 * near, as on a lattice, or lies so far from the mean that float32 does not tell its neighbours apart.
 */
async function settle(
  centred: CentredRows,
  queries: Int32Array,
  places: readonly number[],
  options: DistanceOptions,
  { k, indices, distances }: Pick<Neighbours, "k" | "indices" | "distances">,
): Promise<void> {
  const limits = places.map((place) => inUnit(centred, distances[place * k + k - 1]));
  const nearest = places.map(() => new NearestRows(k));
  const asked = Int32Array.from(places, (place) => queries[place]);
  await visitPairs(
    centred,
    { queries: asked, mutual: false },
    options,
    ({ bounds, stride, queries: span, rows }) => {
      for (let a = 0; a < span.count; a++) {
        const at = span.first + a;
        const limit = limits[at];
        for (let b = 0; b < rows.count; b++) {
          if (bounds[a * stride + b] > limit) continue;
          const row = rows.first + b;
          nearest[at].offer(distance(centred.rows, asked[at], row), row);
        }
      }
    },
  );
  for (const [at, place] of places.entries()) nearest[at].drain(indices, distances, place * k);
}
