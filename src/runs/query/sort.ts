import { byNumbersAndLetters } from "../names.js";
import type { SummarizedRun } from "../summary.js";
import { type FieldValue, fieldOf } from "./fields.js";

/** A key to sort by. */
export interface SortKey {
  readonly key: string;
  readonly isDescending: boolean;
}

/** `rate,-started`: keys, the more important first; a minus before one turns its order around. */
export function parseSort(text: string): SortKey[] {
  return text.split(",").map((part) => {
    const key = part.trim();
    return key.startsWith("-") ? { key: key.slice(1), isDescending: true } : { key, isDescending: false };
  });
}

/** Runs by these keys: numbers by size, words by their letters and the numbers in them; what has nothing there comes last. */
export function sortRuns<Listed extends SummarizedRun>(
  runs: readonly Listed[],
  keys: readonly SortKey[],
): Listed[] {
  const withValues = runs.map((run) => ({ run, values: keys.map(({ key }) => fieldOf(run, key)) }));
  const compare = (a: readonly FieldValue[], b: readonly FieldValue[]) =>
    keys.reduce((order, { isDescending }, k) => order || compareValues(a[k]!, b[k]!, isDescending), 0);
  return withValues.sort((a, b) => compare(a.values, b.values)).map(({ run }) => run);
}

function compareValues(a: FieldValue, b: FieldValue, isDescending: boolean): number {
  if (isNothing(a) || isNothing(b)) return Number(isNothing(a)) - Number(isNothing(b));
  const isByNumber = typeof a === "number" && typeof b === "number";
  const order = isByNumber ? a - b : byNumbersAndLetters(String(a), String(b));
  return isDescending ? -order : order;
}

function isNothing(value: FieldValue): boolean {
  return value === null || (typeof value === "object" && value.length === 0);
}
