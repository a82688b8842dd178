import * as z from "zod";
import { refuse } from "../../errors.js";
import { PhiloxStream } from "../../random/stream.js";
import { type OptionsOf, samplesKey } from "../file-keys.js";
import { dependentSubset } from "./dependent-subset.js";
import { gridLength } from "./grid.js";

const SUBSET_PATTERN = /^(?:all|dependent-(\d{1,10}))$/;
const SUBSET_FORM = "a subset is all, or dependent- and a seed, as in dependent-1290 or dependent-42";

/** Which rows of a grid, as a configuration says it. */
export const rowChoiceSchema = {
  subset: z
    .string()
    .regex(SUBSET_PATTERN, SUBSET_FORM)
    .default("all")
    .describe(
      "all combinations of the factors, or dependent-SEED, where some never occur: dependent-1290 has the paper's 15 % and 1.49 nats, dependent-42 is the authors' code",
    ),
  samples: samplesKey.describe(
    "number of different rows of the subset, in random order; by default all, in the grid's order",
  ),
  seed: z.int().min(0).default(0).describe("seed of the random rows"),
};

/**
 * Which rows of a grid of factors the data are (rules D22 and D24): how many, of which subset, and the seed
 * that draws them.
 */
export type RowChoice = OptionsOf<typeof rowChoiceSchema>;

/**
 * The rows that a choice takes of a grid: those of its subset (rule D24) in the grid's order; with `samples` the first of
 * one random order of them, so that more begin with the fewer.
 * @param purpose the stream's (rule D2).
 * @throws UserError for a subset of another form, and for more samples than rows.
 */
export function chooseRows(
  sizes: readonly number[],
  { subset = "all", samples, seed = 0 }: RowChoice,
  purpose: string,
): Uint32Array {
  const rows = rowsOfSubset(sizes, subset);
  if (samples === undefined) return rows;
  if (!Number.isInteger(samples) || samples < 1 || samples > rows.length) {
    refuse(
      `samples ${samples}`,
      `the subset ${subset} of the grid ${sizes.join(" x ")} has ${rows.length} different images`,
      `Give a number from 1 to ${rows.length}, or none for all of them`,
    );
  }
  const order = new PhiloxStream(seed, purpose).permutation(rows.length);
  return order.subarray(0, samples).map((place) => rows[place]);
}

function rowsOfSubset(sizes: readonly number[], subset: string): Uint32Array {
  const match = SUBSET_PATTERN.exec(subset);
  const seed = Number(match?.[1] ?? 0);
  if (!match || seed >= 2 ** 32) {
    refuse(
      `subset "${subset}"`,
      match ? "its seed is above 2^32 - 1" : `not understood: ${SUBSET_FORM}`,
      "Write it in this form, with a seed from 0 to 4294967295",
    );
  }
  if (match[1] === undefined) return Uint32Array.from({ length: gridLength(sizes) }, (_, row) => row);
  return dependentSubset(seed, sizes).rows;
}
