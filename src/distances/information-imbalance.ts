import { assertVaryingSpaces } from "../geometry/information-imbalance/assertions.js";
import { imbalancePair } from "../geometry/information-imbalance/between-points.js";
import {
  firstNeighbours,
  type Imbalance,
  type ImbalanceOptions,
  type ImbalancePair,
  imbalanceOfRanks,
  tiesAtEdge,
} from "../geometry/information-imbalance/index.js";
import type { Rows } from "../geometry/neighbours/index.js";
import { nearestNeighbours } from "./nearest-neighbours.js";
import { neighbourRanks } from "./neighbour-ranks.js";
import { type PhaseOptions, phaseOf } from "./pairs.js";
import { type PreparedRows, prepareRows } from "./prepared.js";

/**
 * Information imbalance between two spaces of the same samples (rules J1 to J4), both ways: that of
 * geometry's `informationImbalance`, for any number of samples and columns. Source: Glielmo et al. 2022.
 * @param a one space, [N, D_A].
 * @param b the other, [N, D_B]: the same samples in the same order.
 * @param options neighbours and queries, and the device.
 * @throws UserError for spaces of different length, fewer than 3 samples, k out of 1 to N - 1, a query that
 * is not there, and a space whose points are all equal.
 */
export async function informationImbalance(
  a: Rows,
  b: Rows,
  { k = 1, queries, ...options }: ImbalanceOptions & PhaseOptions,
): Promise<ImbalancePair> {
  assertVaryingSpaces(a, b, k);
  const prepare = async (name: string, rows: Rows) => {
    return { name, rows: await prepareRows(rows, phaseOf(name, options)) };
  };
  const [inA, inB] = [await prepare("A", a), await prepare("B", b)];
  const oneWay = async (from: Space, to: Space): Promise<Imbalance> => {
    // One neighbour more than is ranked, to see where the choice was made among equals.
    const searched = Math.min(k + 1, from.rows.rows.count - 1);
    const search = { ...phaseOf(`neighbours in ${from.name}`, options), queries };
    const found = await nearestNeighbours(from.rows, searched, search);
    const { indices } = firstNeighbours(found, k);
    const ranking = phaseOf(`ranks in ${to.name}`, options);
    const ranks = await neighbourRanks(to.rows, found.queries, indices, k, ranking);
    return imbalanceOfRanks(ranks, { points: from.rows.rows.count, k, ties: tiesAtEdge(found, k) });
  };
  return imbalancePair(await oneWay(inA, inB), await oneWay(inB, inA));
}

interface Space {
  readonly name: string;
  readonly rows: PreparedRows;
}
