import { neighbourRanks, type Preparation, type PreparedRows, preparedAgain } from "../distances/index.js";
import {
  firstNeighbours,
  type Imbalance,
  imbalanceOfRanks,
  tiesAtEdge,
} from "../geometry/information-imbalance/index.js";
import type { Neighbours } from "../geometry/neighbours/index.js";
import { type Found, lookAt, type Space, type SpaceMeasures, type SpaceOptions } from "./one-space.js";

/** From which space to which, by their places in the list. */
export interface Arrow {
  /** Place of the space that predicts. */
  readonly from: number;
  /** Place of the space that is predicted. */
  readonly to: number;
}

/** Measures of each space, and the information imbalance between spaces. */
export interface MeasuredSpaces {
  readonly spaces: readonly SpaceMeasures[];
  /** Delta(from -> to) of each arrow, in their order (rule J1, k = 1); null where either space is a single point. */
  readonly imbalances: readonly (Imbalance | null)[];
}

/** What was found of spaces that say what they are `of`, from one measurement of the same samples and queries to the next. */
export type KnownSpaces = WeakMap<object, Found>;

/**
 * Measures spaces and arrows between them: the nearest neighbours of each space once, and the ranks that the
 * neighbours of all its sources have in each, as soon as these are found. A space is prepared once. At any
 * time the numbers of one space are in memory, and of spaces whose ranks are still to be asked what was
 * prepared.
 * @param spaces of the same samples in the same order.
 * @param arrows from which to which space, by places in that list.
 * @param options the device, and what else there is to say.
 * @param options.known what was found of spaces that say what they are `of`; new ones are added.
 * @param options.onSpace hears the space that is looked at, and how many of how many looks are done.
 * @throws UserError for fewer than 3 samples and for numbers that are not finite.
 */
export async function measureSpaces(
  spaces: readonly Space[],
  arrows: readonly Arrow[],
  {
    known = new WeakMap(),
    onSpace,
    ...options
  }: SpaceOptions & {
    readonly known?: KnownSpaces | undefined;
    readonly onSpace?: (name: string, done: number, of: number) => void;
  },
): Promise<MeasuredSpaces> {
  const targets = new Set(arrows.map(({ to }) => to));
  const looks = spaces.length + targets.size;
  let done = 0;
  const look = ({ name }: Space) => onSpace?.(name, done++, looks);
  const found: Pick<Found, "measures" | "neighbours">[] = [];
  const imbalances: (Imbalance | null)[] = arrows.map(() => null);
  const rank = async (to: number, rows: () => Promise<PreparedRows>) => {
    look(spaces[to]!);
    const incoming = arrows.flatMap((arrow, place) => {
      const neighbours = arrow.to === to ? found[arrow.from]!.neighbours : null;
      return neighbours ? [{ place, neighbours }] : [];
    });
    if (incoming.length === 0) return;
    const sources = incoming.map(({ neighbours }) => neighbours);
    const ranked = await imbalancesTo(await rows(), sources, options);
    for (const [at, { place }] of incoming.entries()) imbalances[place] = ranked[at]!;
  };
  const waiting = new Map<number, Preparation>();
  for (const [place, space] of spaces.entries()) {
    look(space);
    const before = space.of && known.get(space.of);
    const { prepared, ...now } = before ? { ...before, prepared: null } : await lookAt(space, options);
    if (space.of && !before) known.set(space.of, now);
    found.push({ measures: now.measures, neighbours: now.neighbours });
    if (!now.preparation || !targets.has(place)) continue;
    const isLast = arrows.every(({ from, to }) => to !== place || from <= place);
    if (prepared && isLast) await rank(place, async () => prepared);
    else waiting.set(place, now.preparation);
  }
  // The last first: its numbers may still be at hand.
  for (const [place, preparation] of [...waiting].reverse()) {
    await rank(place, async () => preparedAgain(preparation, await spaces[place]!.rows()));
    waiting.delete(place);
  }
  return { spaces: found.map(({ measures }) => measures), imbalances };
}

/** Information imbalance from each of some spaces to the prepared one: ranks in it of the nearest neighbours in them. */
async function imbalancesTo(
  prepared: PreparedRows,
  sources: readonly Neighbours[],
  options: SpaceOptions,
): Promise<Imbalance[]> {
  const { queries, points } = sources[0]!;
  const nearest = sources.map((source) => firstNeighbours(source, 1).indices);
  const together = new Int32Array(queries.length * sources.length);
  for (let m = 0; m < queries.length; m++) {
    for (const [at, indices] of nearest.entries()) together[m * sources.length + at] = indices[m]!;
  }
  const ranks = await neighbourRanks(prepared, queries, together, sources.length, options);
  return sources.map((source, at) =>
    imbalanceOfRanks(
      queries.map((_, m) => ranks[m * sources.length + at]!),
      { points, k: 1, ties: tiesAtEdge(source, 1) },
    ),
  );
}
