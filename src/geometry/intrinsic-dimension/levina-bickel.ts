import { UserError } from "../../errors.js";
import { mean } from "../../statistics.js";
import {
  AGGREGATIONS,
  type Aggregate,
  LEVINA_BICKEL_AGGREGATIONS,
  type LevinaBickelAggregation,
} from "./aggregations.js";
import {
  assertDistances,
  type DimensionEstimate,
  type EstimatorOptions,
  estimatorOptions,
  type NeighbourDistances,
  oneOf,
} from "./estimate.js";
import { linkedError } from "./linked-error.js";
import { type LocalDimensions, localDimensions } from "./local-dimension.js";

/** Neighbours and aggregation of the maximum likelihood estimate (rule N10). */
export interface LevinaBickelOptions extends EstimatorOptions {
  /** k, or a range of them whose estimates are averaged; by default 20, or as many as the lists hold where that is less. */
  readonly neighbours?: number | readonly [from: number, to: number];
  /** `inverse-mean` by default. */
  readonly aggregation?: LevinaBickelAggregation;
}

/** A dimension by maximum likelihood (rule N10): as one number, and at each number of neighbours. */
export interface LevinaBickel extends DimensionEstimate {
  readonly aggregation: LevinaBickelAggregation;
  /** The estimate at each k, in order; `dimension` is their mean. */
  readonly byNeighbours: readonly { readonly k: number; readonly dimension: number }[];
}

/**
 * The maximum likelihood estimate of Levina and Bickel (rule N10): around each query the inverse of the mean
 * of ln(T_k / T_j) over the neighbours nearer than the k-th, and of these dimensions one: their mean
 * (`original`, too high where k is small), the inverse of the mean inverse (`inverse-mean`, MacKay and
 * Ghahramani), the mean with k - 2 for k - 1 (`unbiased`), or the `median`. Neighbours at distance 0 are as
 * if they were not there, and counted; `queries` are those that have enough others, at the largest k.
 * Source: Levina and Bickel 2004; MacKay and Ghahramani 2005.
 * @returns the estimate; `scale` is the mean distance of the k-th neighbour.
 * @throws UserError for a k below 2 (`unbiased`: 3) or above what the lists hold, fewer than 3 points,
 * distances that are none, and another aggregation or policy than there is.
 */
export function levinaBickel(
  neighbours: NeighbourDistances,
  options: LevinaBickelOptions = {},
): LevinaBickel {
  const { zeros, name } = estimatorOptions(options);
  const { aggregation: wanted = "inverse-mean" } = options;
  const aggregation = oneOf(
    wanted,
    LEVINA_BICKEL_AGGREGATIONS,
    `${name}, aggregation of the Levina-Bickel estimate`,
  );
  const { minNeighbours, of } = AGGREGATIONS[aggregation];
  const asked = options.neighbours ?? Math.min(20, neighbours.k);
  const [from, to] = typeof asked === "number" ? [asked, asked] : asked;
  if (!Number.isInteger(from) || !Number.isInteger(to) || from <= minNeighbours || to < from) {
    throw new UserError({
      where: `${name}, neighbours of the Levina-Bickel estimate`,
      what: `${from === to ? from : `${from} to ${to}`} is not a count, or a range of counts, from ${minNeighbours + 1} on`,
      remedy: "Give one such as 20, or a range such as 10 to 20",
    });
  }
  const queries = assertDistances(neighbours, to, name);
  const atEach = Array.from({ length: to - from + 1 }, (_, i): AtK => {
    const around = localDimensions(neighbours, from + i, minNeighbours);
    return { k: from + i, ...around, ...of(around.local) };
  });
  const last = atEach[atEach.length - 1]!;
  if (zeros === "error" && last.zeroDistances > 0) {
    throw new UserError({
      where: name,
      what: `${last.zeroDistances} of the distances are 0`,
      remedy:
        "Drop points that repeat another, or choose the policy drop-mu, which leaves such neighbours out",
    });
  }
  const reason = whyUndefined(atEach);
  const influences = meanInfluences(atEach, queries);
  return {
    aggregation,
    dimension: reason ? Number.NaN : mean(atEach.map(({ value }) => value)),
    standardError: reason ? Number.NaN : independentError(influences),
    linkedError: reason ? null : linkedError(influences, Int32Array.from(influences.keys()), neighbours, to),
    scale: mean(atEach.map(({ scale }) => scale)),
    queries: last.local.length,
    zeroDistances: last.zeroDistances,
    tied: last.tied,
    reason,
    byNeighbours: atEach.map(({ k, value }) => ({ k, dimension: value })),
  };
}

/** What the estimate at one k stands on and comes to. */
interface AtK extends LocalDimensions, Aggregate {
  readonly k: number;
}

/** How far each query moves the mean over k; 0 for one that was left out. */
function meanInfluences(atEach: readonly AtK[], queries: number): Float64Array {
  const influences = new Float64Array(queries);
  for (const { local, influences: ofK } of atEach) {
    for (let i = 0; i < local.length; i++) influences[local[i].place] += ofK[i] / atEach.length;
  }
  return influences;
}

/** The error of queries that are samples of their own; infinite where one moves the estimate without bound, to whichever side. */
function independentError(influences: Float64Array): number {
  if (!influences.every(Number.isFinite)) return Number.POSITIVE_INFINITY;
  return Math.sqrt(influences.reduce((sum, x) => sum + x * x, 0));
}

function whyUndefined(atEach: readonly AtK[]): string | null {
  for (const { k, local, value, tied } of atEach) {
    if (local.length < 3)
      return `only ${local.length} points have ${k} neighbours at distances above 0 to compare`;
    if (!Number.isFinite(value)) {
      return `the ${k} neighbours of ${tied} of ${local.length} points lie at one distance: their dimension is infinite`;
    }
  }
  return null;
}
