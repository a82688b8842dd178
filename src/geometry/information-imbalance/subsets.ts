import { UserError } from "../../errors.js";
import { errorOfMean, mean } from "../../statistics.js";
import { pickedPoints } from "../neighbours/duplicates.js";
import type { Points } from "../points.js";
import { informationImbalance } from "./between-points.js";

/** An imbalance averaged over subsets of the samples (rule J5). */
export interface SubsetAverage {
  /** Mean over subsets, without a unit. */
  readonly mean: number;
  /** Standard deviation over subsets (divisor: subsets - 1), over the root of their number. */
  readonly standardError: number;
  /** [subsets], the imbalance within each, in the order of the partition. */
  readonly values: Float64Array;
}

/** Means of the imbalance over subsets of samples, from one space to the other and back (rule J5); no unit, 0 to about 1. */
export interface SubsetImbalances {
  /** Delta(A -> B), averaged. */
  readonly aToB: SubsetAverage;
  /** Delta(B -> A), averaged. */
  readonly bToA: SubsetAverage;
  /** Samples in each subset: the N that the values belong to. */
  readonly points: number;
}

/**
 * Information imbalance within each of several subsets, and its mean (rule J5). A subset has its neighbours among itself, so
 * the values belong to its size and are not to be compared with those of all samples: to save time on many samples, ask
 * some queries of all of them instead (`queries` of `informationImbalance`).
 * @param partition at least two subsets of equal size: rows, none in two of them.
 * @throws UserError for subsets of unequal size, fewer than two, a row that is not there or occurs twice, and what
 * `informationImbalance` refuses of a subset.
 */
export function imbalanceOverSubsets(
  a: Points,
  b: Points,
  partition: readonly Int32Array[],
  options: { readonly k?: number } = {},
): SubsetImbalances {
  assertPartition(a, partition);
  const pairs = partition.map((rows) =>
    informationImbalance(pickedPoints(a, rows), pickedPoints(b, rows), options),
  );
  return {
    aToB: averageOf(pairs.map(({ aToB }) => aToB.imbalance)),
    bToA: averageOf(pairs.map(({ bToA }) => bToA.imbalance)),
    points: partition[0].length,
  };
}

function averageOf(values: readonly number[]): SubsetAverage {
  return { mean: mean(values), standardError: errorOfMean(values), values: Float64Array.from(values) };
}

function assertPartition({ name, count }: Points, partition: readonly Int32Array[]): void {
  const sizes = new Set(partition.map(({ length }) => length));
  if (partition.length < 2 || sizes.size > 1) {
    throw new UserError({
      where: name,
      what: `an average over subsets needs at least two of equal size, not sizes ${partition.map(({ length }) => length).join(", ") || "of none"}`,
      remedy: "Divide the samples into equal parts, and leave out the rest",
    });
  }
  const seen = new Set<number>();
  for (const row of partition.flatMap((rows) => Array.from(rows))) {
    const outside = row < 0 || row >= count;
    if (outside || seen.has(row)) {
      throw new UserError({
        where: name,
        what: outside ? `a subset has row ${row} of ${count}` : `row ${row} occurs twice in the subsets`,
        remedy: `Give rows from 0 to ${count - 1}, each in one subset at most`,
      });
    }
    seen.add(row);
  }
}
