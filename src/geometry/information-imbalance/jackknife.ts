import { UserError } from "../../errors.js";
import { nearestNeighbours } from "../neighbours/index.js";
import type { Points } from "../points.js";
import { assertVaryingSpaces } from "./assertions.js";

/** An imbalance with each sample left out in turn (rule J6). */
export interface JackknifeImbalance {
  /** [N], Delta(A -> B) of the N - 1 samples without this one. */
  readonly leaveOneOut: Float64Array;
  /** Mean of these. */
  readonly mean: number;
  /** sqrt((N - 1) / N * sum of squared deviations from that mean). */
  readonly standardError: number;
}

/**
 * The jackknife of Delta(A -> B) (rule J6). Unlike the error of the mean over queries (rule J2) it knows that
 * a sample is a neighbour of others too. Each sample is left out without a new search: ranks behind it move
 * up by one, and who lost a neighbour takes the next. Time N^2 (D_A + D_B + log N), memory N: for some
 * thousand samples.
 * Source: Efron and Stein, "The jackknife estimate of variance" (1981).
 * @param a the space that predicts, [N, D_A].
 * @param b the space that is predicted, [N, D_B]: the same samples.
 * @param options neighbours of each sample.
 * @param options.k 1 by default, N - 2 at most.
 * @throws UserError as `informationImbalance`, and for k = N - 1, as one neighbour fewer is left.
 */
export function jackknifeImbalance(
  a: Points,
  b: Points,
  { k = 1 }: { readonly k?: number } = {},
): JackknifeImbalance {
  assertVaryingSpaces(a, b, k);
  const { count } = a;
  if (k > count - 2) {
    throw new UserError({
      where: a.name,
      what: `with one of ${count} samples left out each has ${count - 2} neighbours, not ${k}`,
      remedy: `Ask for 1 to ${count - 2} neighbours`,
    });
  }
  const reserve = k + 1;
  const { indices } = nearestNeighbours(a, reserve);
  const sums = new Float64Array(count);
  const rank = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const { indices: order } = nearestNeighbours(b, count - 1, { queries: Int32Array.of(i) });
    for (const [position, row] of order.entries()) rank[row] = position + 1;
    const targets = indices.subarray(i * reserve, (i + 1) * reserve);
    for (let out = 0; out < count; out++) {
      if (out !== i) sums[out] += rankSumWithout(out, targets, rank);
    }
  }
  const others = count - 1;
  const leaveOneOut = sums.map((sum) => ((2 / others) * sum) / (others * k));
  const mean = leaveOneOut.reduce((sum, value) => sum + value, 0) / count;
  const squares = leaveOneOut.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { leaveOneOut, mean, standardError: Math.sqrt((others / count) * squares) };
}

/** The ranks of the first k of k + 1 targets once a row is left out, as a sum; the last one stands in for a target lost. */
function rankSumWithout(out: number, targets: Int32Array, rank: Int32Array): number {
  let sum = 0;
  let last = 0;
  let lost = false;
  for (const target of targets) {
    lost ||= target === out;
    last = target === out ? 0 : rank[target] - (rank[out] < rank[target] ? 1 : 0);
    sum += last;
  }
  return lost ? sum : sum - last;
}
