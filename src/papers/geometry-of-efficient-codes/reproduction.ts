import { createHash } from "node:crypto";
import type { Claim } from "../../reproduction/statements/claim.js";
import type { Atlas } from "./atlas.js";
import { type IndicesTable, indicesTable } from "./indices-table.js";
import type { FrozenResult, ModelResult } from "./measures/results.js";
import type { HeadVariant, ReproductionPreset } from "./recipe.js";
import { type Squeeze, squeezes } from "./squeeze.js";
import { judgeStatements } from "./statements/index.js";

/** What the trainings of a reproduction came to. */
export interface TrainedResults {
  readonly preset: ReproductionPreset;
  readonly heads: HeadVariant;
  readonly models: readonly ModelResult[];
  readonly frozen: readonly FrozenResult[];
}

/** A reproduction in numbers: what results.json holds. */
export interface Reproduction extends TrainedResults {
  readonly paper: string;
  /** Tells whether anything has changed: of the version of Narrows and all results of the trainings. */
  readonly inputs: string;
  /** Distortion of every code against the Baseline's (rules G10 to G15). */
  readonly indices: IndicesTable;
  /** What the low capacity did to the code of the high one. */
  readonly squeezes: readonly Squeeze[];
  readonly claims: readonly Claim[];
}

/** A text that differs between any two reproductions that differ in results or in the version that measures them. */
export function inputsOf(results: TrainedResults, version: string): string {
  return createHash("sha256")
    .update(JSON.stringify([version, results]))
    .digest("hex");
}

/**
 * Measures what the figures and statements of the paper speak of.
 * @param onCompared is told of each code that is compared with the Baseline's.
 */
export function reproductionOf(
  results: TrainedResults,
  atlas: Atlas,
  inputs: string,
  onCompared?: (done: number, of: number) => void,
): Reproduction {
  const { models, frozen } = results;
  const indices = indicesTable(atlas, onCompared ? { onCompared } : {});
  return {
    paper: "The geometry of efficient codes",
    inputs,
    ...results,
    indices,
    squeezes: squeezes(atlas),
    claims: judgeStatements({ models, frozen, atlas, indices }),
  };
}
