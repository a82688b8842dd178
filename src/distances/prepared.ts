import type { Rows } from "../geometry/neighbours/index.js";
import { type CentredRows, centreRows } from "./centred.js";
import type { DistanceOptions } from "./pairs.js";
import { sketchRows } from "./sketch.js";

/** Rows of which neighbours and ranks can be asked, as often as one likes: what all those questions share is done. */
export interface PreparedRows {
  readonly rows: Rows;
  readonly centred: CentredRows;
  /** What bounds their distances at less cost; undefined where nothing does. */
  readonly sketch: CentredRows | undefined;
}

/**
 * Prepares rows for questions of neighbours and ranks (rules N14 and N15). The rows are kept as they are, beside them N times a few hundred numbers.
 * @throws UserError for a number that is not finite, or beyond 1e100, naming its row and column.
 */
export async function prepareRows(rows: Rows, options: DistanceOptions): Promise<PreparedRows> {
  const centred = centreRows(rows);
  return { rows, centred, sketch: await sketchRows(centred, options) };
}
