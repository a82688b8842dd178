import { type DistanceOptions, nearestNeighbours, neighbourRanks, prepareRows } from "../distances/index.js";
import {
  firstNeighbours,
  type Imbalance,
  imbalanceOfRanks,
  tiesAtEdge,
} from "../geometry/information-imbalance/index.js";
import {
  type DimensionEstimate,
  type TwoNnFit,
  twoNnFit,
  twoNnMaximumLikelihood,
} from "../geometry/intrinsic-dimension/index.js";
import { distinctRows, isOnePlace, type Neighbours, type Rows } from "../geometry/neighbours/index.js";
import { pickedPoints } from "../geometry/picked-points.js";

/** The same samples seen in one way: a layer of a model. Its numbers are asked for when they are needed, and not kept. */
export interface Space {
  readonly name: string;
  rows(): Promise<Rows>;
}

/** The intrinsic dimension of a space by TwoNN: by the line that the paper fits, and by maximum likelihood. */
export interface SpaceDimension {
  readonly fit: TwoNnFit;
  readonly maximumLikelihood: DimensionEstimate;
}

/** A space by itself. */
export interface SpaceMeasures {
  readonly name: string;
  /** Numbers of a sample in it. */
  readonly features: number;
  readonly points: number;
  /** Samples that repeat an earlier one exactly; the dimension is that of the others (rule N3). */
  readonly duplicates: number;
  /** null where all samples coincide. */
  readonly dimension: SpaceDimension | null;
}

/** From which space to which, by their places in the list. */
export interface Arrow {
  readonly from: number;
  readonly to: number;
}

/** What spaces are by themselves, and how much they tell of each other. */
export interface MeasuredSpaces {
  readonly spaces: readonly SpaceMeasures[];
  /** Delta(from -> to) of each arrow, in their order (rule J1, k = 1); null where either space is a single point. */
  readonly imbalances: readonly (Imbalance | null)[];
}

/** Enough for TwoNN, and to see whether the nearest is one of several. */
const NEIGHBOURS = 2;

/**
 * Measures spaces and arrows between them: the nearest neighbours of each space once, then the ranks that the neighbours of all its
 * sources have in each. At any time the numbers of one space are in memory.
 * @param spaces of the same samples in the same order.
 * @param options.onSpace hears the space that is looked at, and how many of how many looks are done.
 * @throws UserError for fewer than 3 samples and for numbers that are not finite.
 */
export async function measureSpaces(
  spaces: readonly Space[],
  arrows: readonly Arrow[],
  options: Omit<DistanceOptions, "onProgress"> & {
    /** Samples that are asked; all, of which the neighbours are looked for in any case, where not given. */
    readonly queries?: Int32Array | undefined;
    readonly onSpace?: (name: string, done: number, of: number) => void;
  },
): Promise<MeasuredSpaces> {
  const { onSpace } = options;
  const targets = [...new Set(arrows.map(({ to }) => to))].sort((a, b) => a - b);
  const looks = spaces.length + targets.length;
  const found: (Neighbours | null)[] = [];
  const measures: SpaceMeasures[] = [];
  for (const [place, space] of spaces.entries()) {
    onSpace?.(space.name, place, looks);
    const rows = await space.rows();
    const neighbours = isOnePlace(rows)
      ? null
      : await nearestNeighbours(await prepareRows(rows, options), NEIGHBOURS, options);
    found.push(neighbours);
    measures.push(await measureOne(space.name, rows, neighbours, options));
  }
  const imbalances: (Imbalance | null)[] = arrows.map(() => null);
  for (const [done, to] of targets.entries()) {
    onSpace?.(spaces[to]!.name, spaces.length + done, looks);
    if (found[to] === null) continue;
    const incoming = arrows.flatMap(({ from, to: end }, place) => {
      const neighbours = end === to ? found[from] : null;
      return neighbours ? [{ place, neighbours }] : [];
    });
    if (incoming.length === 0) continue;
    const ranks = await ranksOfNearest(
      await spaces[to]!.rows(),
      incoming.map(({ neighbours }) => neighbours),
      options,
    );
    for (const [at, { place, neighbours }] of incoming.entries()) {
      imbalances[place] = imbalanceOfRanks(ranks[at]!, {
        points: neighbours.points,
        k: 1,
        ties: tiesAtEdge(neighbours, 1),
      });
    }
  }
  return { spaces: measures, imbalances };
}

async function measureOne(
  name: string,
  rows: Rows,
  neighbours: Neighbours | null,
  options: DistanceOptions & { readonly queries?: Int32Array | undefined },
): Promise<SpaceMeasures> {
  const about = { name, features: rows.dimension, points: rows.count };
  if (!neighbours) return { ...about, duplicates: rows.count - 1, dimension: null };
  const distinct = distinctRows(rows);
  const ofDistinct =
    distinct.dropped === 0
      ? neighbours
      : distinct.rows.length > NEIGHBOURS
        ? await nearestNeighbours(await prepareRows(pickedPoints(rows, distinct.rows), options), NEIGHBOURS, {
            ...options,
            queries: options.queries && placesIn(distinct.rows, options.queries),
          })
        : undefined;
  return {
    ...about,
    duplicates: distinct.dropped,
    dimension: ofDistinct
      ? {
          fit: twoNnFit(ofDistinct, { name }),
          maximumLikelihood: twoNnMaximumLikelihood(ofDistinct, { name }),
        }
      : null,
  };
}

/** Where rows stand in a list of rows, ascending; those that do not are left out. */
function placesIn(list: Int32Array, rows: Int32Array): Int32Array {
  const places = new Map(Array.from(list, (row, place) => [row, place] as const));
  return Int32Array.from([...rows].flatMap((row) => places.get(row) ?? []));
}

/** Ranks, in a space, of each sample's nearest neighbour in each of some others. */
async function ranksOfNearest(
  rows: Rows,
  sources: readonly Neighbours[],
  options: DistanceOptions,
): Promise<Int32Array[]> {
  const { queries } = sources[0]!;
  const nearest = sources.map((source) => firstNeighbours(source, 1).indices);
  const together = new Int32Array(queries.length * sources.length);
  for (let m = 0; m < queries.length; m++) {
    for (const [at, indices] of nearest.entries()) together[m * sources.length + at] = indices[m]!;
  }
  const prepared = await prepareRows(rows, options);
  const ranks = await neighbourRanks(prepared, queries, together, sources.length, options);
  return sources.map((_, at) => queries.map((__, m) => ranks[m * sources.length + at]!));
}
