import { UserError } from "../../errors.js";
import type { Points } from "../points.js";

/** Rows of numbers, as they lie in a file or come from a network: `Points`, or the same in float32. */
export interface Rows {
  /** How messages call them. */
  readonly name: string;
  /** Number of rows, N. */
  readonly count: number;
  /** Numbers in a row, D. */
  readonly dimension: number;
  /** [count, dimension], row-major. */
  readonly coordinates: Float64Array | Float32Array;
}

/** What is left of rows when those that repeat an earlier one are dropped (rule N3). */
export interface DistinctRows {
  /** Rows that repeat none before them, ascending. */
  readonly rows: Int32Array;
  /** Number of rows that repeat another: count minus those kept. */
  readonly dropped: number;
}

/** Prime multipliers and shifts of MurmurHash3's mixing. */
const MULTIPLY_1 = 0x85ebca6b;
const MULTIPLY_2 = 0xc2b2ae35;
/** The word of -0 in float32, and the upper word of it in float64: equal to 0, so it must hash as 0. */
const NEGATIVE_ZERO = 0x80000000;

/**
 * Finds the rows that repeat an earlier row exactly, in every coordinate (rule N3): by a hash of each row, and where hashes
 * agree by comparison. 0 and -0 are equal; NaN equals nothing. Time count * dimension, memory count.
 * @throws UserError when all rows are equal: such points have no neighbours to compare.
 */
export function distinctRows(matrix: Rows): DistinctRows {
  const { name, count } = matrix;
  const hashes = rowHashes(matrix);
  // Open addressing, never more than half full: a place holds a row, or -1.
  const places = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, 2 * count)))).fill(-1);
  const mask = places.length - 1;
  const rows = new Int32Array(count);
  let kept = 0;
  for (let row = 0; row < count; row++) {
    let place = hashes[row] & mask;
    while (places[place] >= 0 && !sameRow(matrix, hashes, places[place], row)) place = (place + 1) & mask;
    if (places[place] >= 0) continue;
    places[place] = row;
    rows[kept++] = row;
  }
  if (kept === 1 && count > 1) {
    throw new UserError({
      where: name,
      what: `all ${count} points are equal`,
      remedy: "Give points that differ: a single place has no dimension and no nearest neighbour",
    });
  }
  return { rows: rows.slice(0, kept), dropped: count - kept };
}

/** Whether all rows are equal. */
export function isOnePlace({ coordinates, dimension }: Rows): boolean {
  for (let at = dimension; at < coordinates.length; at++) {
    if (coordinates[at] !== coordinates[at - dimension]) return false;
  }
  return true;
}

function rowHashes({ count, dimension, coordinates }: Rows): Uint32Array {
  const { buffer, byteOffset, byteLength } = coordinates;
  const words = new Uint32Array(buffer, byteOffset, byteLength / 4);
  const perRow = dimension * (coordinates.BYTES_PER_ELEMENT / 4);
  const hashes = new Uint32Array(count);
  for (let row = 0, at = 0; row < count; row++) {
    let hash = 0;
    for (const end = at + perRow; at < end; at++) {
      const word = words[at] === NEGATIVE_ZERO ? 0 : words[at];
      hash = Math.imul(hash ^ word, MULTIPLY_1);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash, MULTIPLY_2);
    hashes[row] = hash ^ (hash >>> 16);
  }
  return hashes;
}

function sameRow({ dimension, coordinates }: Rows, hashes: Uint32Array, a: number, b: number): boolean {
  if (hashes[a] !== hashes[b]) return false;
  for (let c = 0; c < dimension; c++) {
    if (coordinates[a * dimension + c] !== coordinates[b * dimension + c]) return false;
  }
  return true;
}

/**
 * Some of the points, in the order given: a copy of those alone, in their own precision.
 * @param rows numbers of rows that the points have, from 0; not checked.
 */
export function pickedPoints(points: Points, rows: ArrayLike<number>): Points;
export function pickedPoints(points: Rows, rows: ArrayLike<number>): Rows;
export function pickedPoints({ name, dimension, coordinates }: Rows, rows: ArrayLike<number>): Rows {
  const length = rows.length * dimension;
  const picked = coordinates instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i] * dimension;
    picked.set(coordinates.subarray(start, start + dimension), i * dimension);
  }
  return { name, count: rows.length, dimension, coordinates: picked };
}
