import {
  type DistanceOptions,
  nearestNeighbours,
  type Preparation,
  type PreparedRows,
  pickPrepared,
  preparationOf,
  prepareRows,
} from "../distances/index.js";
import {
  type DimensionEstimate,
  type TwoNnFit,
  twoNnFit,
  twoNnMaximumLikelihood,
} from "../geometry/intrinsic-dimension/index.js";
import { distinctRows, isOnePlace, type Neighbours, type Rows } from "../geometry/neighbours/index.js";

/** The same samples seen in one way: a layer of a model. */
export interface Space {
  readonly name: string;
  /** What its numbers depend on, where another space of the same name has the same numbers: the images, for a model's input. */
  readonly of?: object | undefined;
  /** Its numbers, the same whenever they are asked for; they are when they are needed, and not kept. */
  rows(): Promise<Rows>;
}

/**
 * The intrinsic dimension of a space by TwoNN: by the line that the paper fits (rule N5), and by maximum
 * likelihood (rule N6).
 */
export interface SpaceDimension {
  readonly fit: TwoNnFit;
  readonly maximumLikelihood: DimensionEstimate;
}

/** A space by itself. */
export interface SpaceMeasures {
  readonly name: string;
  /** Numbers of a sample in it. */
  readonly features: number;
  /** Samples that were measured, N. */
  readonly points: number;
  /** Samples that repeat an earlier one exactly; the dimension is that of the others (rule N3). */
  readonly duplicates: number;
  /** null where all samples coincide. */
  readonly dimension: SpaceDimension | null;
}

/** What was found of a space; its numbers are not kept. */
export interface Found {
  readonly measures: SpaceMeasures;
  /** Both null where all samples coincide. */
  readonly neighbours: Neighbours | null;
  readonly preparation: Preparation | null;
}

/** Enough for TwoNN, and to see whether the nearest is one of several. */
const NEIGHBOURS = 2;

/** How a space is looked at. */
export interface SpaceOptions extends Omit<DistanceOptions, "onProgress"> {
  /** Samples whose neighbours are looked for (among all samples); by default all. */
  readonly queries?: Int32Array | undefined;
}

/**
 * Looks at a space by itself.
 * @returns what was found, and the prepared numbers; null where all samples coincide.
 */
export async function lookAt(
  space: Space,
  options: SpaceOptions,
): Promise<Found & { readonly prepared: PreparedRows | null }> {
  const { name } = space;
  const given = await space.rows();
  if (isOnePlace(given)) {
    const about = { name, features: given.dimension, points: given.count };
    const measures = { ...about, duplicates: given.count - 1, dimension: null };
    return { measures, neighbours: null, preparation: null, prepared: null };
  }
  const prepared = await prepareRows(given, options);
  const neighbours = await nearestNeighbours(prepared, NEIGHBOURS, options);
  const measures = await measureOne(name, prepared, neighbours, options);
  return { measures, neighbours, preparation: preparationOf(prepared), prepared };
}

async function measureOne(
  name: string,
  prepared: PreparedRows,
  neighbours: Neighbours,
  options: SpaceOptions,
): Promise<SpaceMeasures> {
  const { rows } = prepared;
  const distinct = distinctRows(rows);
  const neighboursOfDistinct = () => {
    const queries = options.queries && placesIn(distinct.rows, options.queries);
    return nearestNeighbours(pickPrepared(prepared, distinct.rows), NEIGHBOURS, { ...options, queries });
  };
  const about = { name, features: rows.dimension, points: rows.count, duplicates: distinct.dropped };
  if (distinct.rows.length <= NEIGHBOURS) return { ...about, dimension: null };
  const nearest = distinct.dropped === 0 ? neighbours : await neighboursOfDistinct();
  const fit = twoNnFit(nearest, { name });
  return { ...about, dimension: { fit, maximumLikelihood: twoNnMaximumLikelihood(nearest, { name }) } };
}

/** Where rows stand in a list of rows, ascending; those that do not are left out. */
function placesIn(list: Int32Array, rows: Int32Array): Int32Array {
  const places = new Map(Array.from(list, (row, place) => [row, place] as const));
  return Int32Array.from([...rows].flatMap((row) => places.get(row) ?? []));
}
