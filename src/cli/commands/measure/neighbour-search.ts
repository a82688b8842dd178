import { readArray } from "../../../data/arrays/index.js";
import { type DistanceOptions, toRows } from "../../../distances/index.js";
import { UserError } from "../../../errors.js";
import type { Rows } from "../../../geometry/neighbours/index.js";
import { nodeDevice } from "../../../onnx/node.js";
import { PhiloxStream } from "../../../random/stream.js";
import { type CsvFlags, csvArrays } from "../../csv-options.js";
import type { DeviceOptions } from "../../options.js";
import { batchProgress } from "../../progress/batch-progress.js";
import { wholeNumber } from "./arguments.js";

/** Names the stream by which queries are drawn: part of the result, never to be renamed. */
const STREAM = "measure queries";

/** With two points every neighbour is the nearest. */
const FEWEST = 3;

/** Reads an array argument as rows whose neighbours are asked. */
export function readRows(reference: string, csv: CsvFlags): Rows {
  const rows = toRows(readArray(reference, csvArrays(csv)), reference);
  if (rows.count >= FEWEST) return rows;
  throw new UserError({
    where: reference,
    what: `it holds ${rows.count} points, and neighbours of fewer than ${FEWEST} tell nothing`,
    remedy: `Give one row a point, at least ${FEWEST} rows, better some thousand`,
  });
}

/**
 * The rows that are asked: so many, drawn without replacement and in order; undefined for all.
 * @throws UserError when there are not so many, or fewer than 3 are asked.
 */
export function drawQueries(
  { name, count }: Rows,
  queries: string | undefined,
  seed: number,
): Int32Array | undefined {
  if (queries === undefined) return undefined;
  const asked = wholeNumber("queries", queries, FEWEST);
  if (asked > count) {
    throw new UserError({
      where: `--queries ${queries}`,
      what: `${name} has ${count} points to ask`,
      remedy: `Give at most ${count}, or leave --queries out to ask all`,
    });
  }
  return Int32Array.from(new PhiloxStream(seed, STREAM).permutation(count).subarray(0, asked)).sort();
}

/** A device on which neighbours are sought, and its progress. */
export interface Search {
  /** Settings of one search, shown under a name of its own. */
  readonly phase: (name: string) => DistanceOptions;
  /** Ends the progress. */
  readonly stop: () => void;
}

/** Opens the device that the options name. */
export async function openSearch({ device, threads }: DeviceOptions): Promise<Search> {
  const [opened, progress] = await Promise.all([nodeDevice(device, threads), batchProgress()]);
  return {
    phase: (name) => ({
      device: opened,
      onProgress: (done, of) => progress.update(name, done, of),
    }),
    stop: () => progress.stop(),
  };
}
