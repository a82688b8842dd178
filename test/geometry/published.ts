import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readArray } from "../../src/data/arrays/index.js";
import { type Points, toPoints } from "../../src/geometry/index.js";

/** What the authors of "The geometry of efficient codes" published; it is no part of this project. */
const FOLDER = join(import.meta.dirname, "../../../shared/reference/geometry-of-efficient-codes");

export const published = {
  missing: !existsSync(FOLDER),
  /** For the title of a suite: says in the report why it was skipped. */
  title: existsSync(FOLDER)
    ? "published values"
    : "published values (skipped: ../shared/reference/geometry-of-efficient-codes is not here)",
  path: (name: string) => join(FOLDER, name),
  array: (reference: string) => readArray(join(FOLDER, reference)),
  points: (key: string): Points => toPoints(readArray(join(FOLDER, `latents.npz:${key}`)), key),
  facts: () => JSON.parse(readFileSync(join(FOLDER, "reference.json"), "utf8")),
};

/** The largest absolute difference of two lists of numbers. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Array.from(a).reduce((largest, value, k) => Math.max(largest, Math.abs(value - b[k])), 0);
}
