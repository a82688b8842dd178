import { parseReference, readArray } from "../../../data/arrays/index.js";
import { UserError } from "../../../errors.js";
import { type Labels, type Points, toLabels, toPoints } from "../../../geometry/index.js";
import { claimOutput } from "../../claim-output.js";
import { type CsvFlags, csvArrays } from "../../csv-options.js";

/** Reads an array argument as points; messages call it by its file. */
export function readPoints(reference: string, csv: CsvFlags): Points {
  return toPoints(readArray(reference, csvArrays(csv)), reference);
}

/** Reads an array argument as labels; messages call it by its file. */
export function readLabels(reference: string, csv: CsvFlags): Labels {
  return toLabels(readArray(reference, csvArrays(csv)), reference);
}

/**
 * Understands the whole number of an option.
 * @throws UserError when it is none, or below `least`.
 */
export function wholeNumber(option: string, text: string, minimum: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= minimum) return value;
  throw new UserError({
    where: `--${option} ${text}`,
    what: `this is not a whole number of at least ${minimum}`,
    remedy: `Give, for instance, --${option} ${Math.max(minimum, 2)}`,
  });
}

/**
 * Checks before the work that an array can be written there: a known kind of file, and none that would be lost.
 * @throws UserError otherwise.
 */
export function claimArrayOutput(reference: string | undefined, force = false): void {
  if (reference !== undefined) claimOutput(parseReference(reference).path, force);
}
