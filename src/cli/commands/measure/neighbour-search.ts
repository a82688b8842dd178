import type { PhaseOptions } from "../../../distances/index.js";
import { UserError } from "../../../errors.js";
import type { Rows } from "../../../geometry/neighbours/index.js";
import { nodeDevice } from "../../../onnx/node.js";
import { drawRows } from "../../../random/stream.js";
import { type ValuesOf, whole } from "../../../settings/index.js";
import type { computing } from "../../command/groups.js";
import { batchProgress } from "../../progress/batch-progress.js";

/** Names the stream by which queries are drawn: part of the result, never to be renamed. */
const STREAM = "measure queries";

/** With two points every neighbour is the nearest. */
const MIN_POINTS = 3;

export const queriesSetting = {
  queries: whole({
    about: "number of samples, drawn at random, whose neighbours among all are searched",
    minimum: MIN_POINTS,
    defaultText: "all",
  }),
};

/**
 * Points with neighbours to compare, as they were given.
 * @throws UserError when there are too few.
 */
export function withNeighbours(rows: Rows): Rows {
  if (rows.count >= MIN_POINTS) return rows;
  throw new UserError({
    where: rows.name,
    what: `it holds ${rows.count} points, and comparing neighbours needs at least ${MIN_POINTS}`,
    remedy: `Give one row per point, better some thousand`,
  });
}

/**
 * The rows whose neighbours are searched, drawn without replacement and in order; undefined for all.
 * @throws UserError when there are fewer.
 */
export function drawQueries(
  { name, count }: Rows,
  queries: number | undefined,
  seed: number,
): Int32Array | undefined {
  if (queries === undefined) return undefined;
  if (queries <= count) return Int32Array.from(drawRows(count, queries, seed, STREAM));
  throw new UserError({
    where: `--queries ${queries}`,
    what: `${name} has ${count} points`,
    remedy: `Give at most ${count}, or leave --queries out for all`,
  });
}

/** Searches on the device that the options name, under a display of progress. */
export async function searching<Found>(
  { device, threads }: ValuesOf<typeof computing>,
  search: (options: PhaseOptions) => Promise<Found>,
): Promise<Found> {
  const [opened, progress] = await Promise.all([nodeDevice(device, threads), batchProgress()]);
  const onPhase = (name: string, done: number, of: number) => progress.update(name, done, of);
  return search({ device: opened, onPhase }).finally(() => progress.stop());
}
