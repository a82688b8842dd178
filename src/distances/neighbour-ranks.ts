import { assertTargets, queryRows } from "../geometry/neighbours/index.js";
import { Allowance } from "./allowance.js";
import type { CentredRows } from "./centred.js";
import { type DistanceOptions, type PairBlock, pairQuestion, visitPairs } from "./pairs.js";
import type { PreparedRows } from "./prepared.js";
import { Thresholds } from "./thresholds.js";

/**
 * Ranks among the neighbours of a row (rules N2, N14 and N15): exactly those of geometry's `neighbourRanks`,
 * for any number of rows and columns.
 * `targets[m * k + j]` is the 1st, 2nd, ... neighbour of `queries[m]` in these rows, itself left out, equal
 * distances in order of the row. Nothing is sorted: the rows nearer than each target are counted, in one pass
 * however many targets a query has, so the neighbours of several other spaces are best asked at once. Rows
 * that float32 cannot distinguish from the target are measured in float64 by direct differences of the
 * coordinates as given. A sketch's shorter products come first, where there is one and its bounds are narrow
 * enough.
 * Time M N D / 2 multiply-adds where every row is asked, M N D otherwise, much less with a sketch; memory
 * (M + block) D + M k.
 * @param prepared rows [N, D], as `prepareRows` makes them.
 * @param queries rows, [M].
 * @param targets rows, [M, k].
 * @param k targets of each query.
 * @param options the device.
 * @returns ranks from 1 to N - 1, [M, k].
 * @throws UserError for rows that there are not, a query that is its own target, another number of targets
 * than M k.
 */
export async function neighbourRanks(
  { rows, centred, sketch }: PreparedRows,
  queries: Int32Array,
  targets: Int32Array,
  k: number,
  options: DistanceOptions,
): Promise<Int32Array> {
  queryRows(rows, queries);
  assertTargets(rows, queries, targets, k);
  const question = pairQuestion(queries, rows.count);
  const ranksIn = async (space: CentredRows) => {
    const allowance = new Allowance(space === centred);
    const thresholds = new Thresholds(centred, queries, targets, k, allowance);
    const isDone = await visitPairs(space, question, options, (block, slack) => {
      if (question.mutual) countBoth(block, slack, thresholds);
      else countQueries(block, slack, queries, thresholds);
      return allowance.holdsAfter(block.queries.count * block.rows.count);
    });
    return isDone ? thresholds.ranks() : undefined;
  };
  return (sketch && (await ranksIn(sketch))) ?? (await ranksIn(centred))!;
}

function countQueries(
  { bounds, stride, queries: span, rows }: PairBlock,
  slack: Float64Array,
  queries: Int32Array,
  thresholds: Thresholds,
): void {
  for (let a = 0; a < span.count; a++) {
    const query = span.first + a;
    const [lowest, highest] = [thresholds.lowest[query], thresholds.highest[query]];
    const ownSlack = slack[queries[query]];
    for (let b = 0; b < rows.count; b++) {
      const minimum = bounds[a * stride + b];
      if (minimum > highest) continue;
      const maximum = minimum + ownSlack + slack[rows.first + b];
      if (maximum < lowest) thresholds.countBeforeAll(query);
      else thresholds.count(query, rows.first + b, minimum, maximum);
    }
  }
}

/** Where every row is asked, a query is the row of the same number, and one bound holds for both. */
function countBoth(
  { bounds, stride, queries, rows }: PairBlock,
  slack: Float64Array,
  thresholds: Thresholds,
): void {
  const { lowest, highest } = thresholds;
  const diagonal = queries.first === rows.first;
  for (let a = 0; a < queries.count; a++) {
    const i = queries.first + a;
    const [ownLowest, ownHighest, ownSlack] = [lowest[i], highest[i], slack[i]];
    for (let b = diagonal ? a + 1 : 0; b < rows.count; b++) {
      const j = rows.first + b;
      const minimum = bounds[a * stride + b];
      const maximum = minimum + ownSlack + slack[j];
      if (minimum <= ownHighest) {
        if (maximum < ownLowest) thresholds.countBeforeAll(i);
        else thresholds.count(i, j, minimum, maximum);
      }
      if (minimum <= highest[j]) {
        if (maximum < lowest[j]) thresholds.countBeforeAll(j);
        else thresholds.count(j, i, minimum, maximum);
      }
    }
  }
}
