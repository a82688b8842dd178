import type { Rows } from "../geometry/neighbours/index.js";
import { type CentredRows, type Centring, centreRows, pickCentred } from "./centred.js";
import type { DistanceOptions } from "./pairs.js";
import { sketchRows } from "./sketch.js";

/** Rows of which neighbours and ranks can be asked, any number of times: work that they share is done once. */
export interface PreparedRows {
  /** The rows as they were given, [N, D]. */
  readonly rows: Rows;
  /** The same moved to their middle, scaled and rounded to float32 (rule N14). */
  readonly centred: CentredRows;
  /** What bounds their distances at less cost; undefined where nothing does. */
  readonly sketch: CentredRows | undefined;
}

/** What was prepared, without the rows: N times a few hundred numbers, however many columns the rows have. */
export interface Preparation {
  readonly centring: Centring;
  readonly sketch: CentredRows | undefined;
}

/**
 * Prepares rows for questions of neighbours and ranks (rules N14 and N15). The rows are kept as they are, with a few hundred further numbers per row.
 * @throws UserError for a number that is not finite, or beyond 1e100, naming its row and column.
 */
export async function prepareRows(rows: Rows, options: DistanceOptions): Promise<PreparedRows> {
  const centred = centreRows(rows);
  return { rows, centred, sketch: await sketchRows(centred, options) };
}

/**
 * What is worth keeping of prepared rows when the rows go out of memory, and come back later.
 * @param prepared rows, as {@link prepareRows} makes them.
 */
export function preparationOf({
  centred: { means, scale, squaredLengths },
  sketch,
}: PreparedRows): Preparation {
  return { centring: { means, scale, squaredLengths }, sketch };
}

/**
 * Prepared rows that are in memory again.
 * @param preparation what was kept of them.
 * @param rows the same numbers as those that were prepared.
 */
export function preparedAgain({ centring, sketch }: Preparation, rows: Rows): PreparedRows {
  return { rows, centred: { ...centring, rows }, sketch };
}

/**
 * Some of the rows, prepared as all of them were: nothing is projected again. Results are for these rows
 * alone, numbered in the order picked.
 * @param prepared all of the rows.
 * @param picked rows, each at most once; not checked.
 */
export function pickPrepared({ centred, sketch }: PreparedRows, picked: Int32Array): PreparedRows {
  const some = pickCentred(centred, picked);
  return { rows: some.rows, centred: some, sketch: sketch && pickCentred(sketch, picked) };
}
