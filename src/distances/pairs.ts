import type { Device } from "../onnx/devices.js";
import { BlockWriter } from "./block.js";
import type { CentredRows } from "./centred.js";
import { type BlockSizes, layOut, type Span, spans } from "./layout.js";
import { namedParts, openProducts } from "./products.js";
import { roundingOf } from "./rounding.js";

/** Where and how distances are computed. */
export interface DistanceOptions {
  /** Where the products are computed, from `nodeDevice` or `webDevice`. */
  readonly device: Device;
  /** Hears after each block of pairs how many of how many are done. */
  readonly onProgress?: (done: number, of: number) => void;
  /** Ends the work before the next block, with the signal's own reason. */
  readonly signal?: AbortSignal | undefined;
  /** Rows of the blocks that are multiplied at a time: memory and speed only. */
  readonly blockSizes?: BlockSizes | undefined;
}

/** Where and how distances are computed in work of several parts. */
export interface PhaseOptions extends Omit<DistanceOptions, "onProgress"> {
  /** Hears the part of the work, and how many of how many of its blocks are done. */
  readonly onPhase?: (name: string, done: number, of: number) => void;
}

/** The options of one part of the work. */
export function phaseOf(name: string, { onPhase, ...options }: PhaseOptions): DistanceOptions {
  return { ...options, ...(onPhase && { onProgress: (done, of) => onPhase(name, done, of) }) };
}

/** Squared distances of some queries and some rows, bounded. */
export interface PairBlock {
  /** The bound of the `a`th query of the block and its `b`th row lies at `a * stride + b`; overwritten by the next block. */
  readonly bounds: Float32Array;
  readonly stride: number;
  /** Places among the queries. */
  readonly queries: Span;
  readonly rows: Span;
}

/** What was asked of pairs of rows, and how exactly it was bounded. */
export interface PairQuestion {
  /** The rows asked, [M]. */
  readonly queries: Int32Array;
  /** All rows are asked in order: then each pair is visited once, for both of its rows, a before b. */
  readonly mutual: boolean;
}

/** Says of which pairs the bounds are to be visited. */
export function pairQuestion(queries: Int32Array, count: number): PairQuestion {
  return { queries, mutual: queries.length === count && queries.every((row, place) => row === place) };
}

/**
 * Visits a block. `slack[row]` of both rows on top of a bound gives a number that the true squared distance does not exceed.
 * @returns false to visit no more.
 */
export type PairVisitor = (block: PairBlock, slack: Float64Array) => boolean;

/**
 * Visits lower bounds of the squared distances, in the unit of the centred rows, of every query and every row, block by block, as matrix products
 * on the device (rule N14). A query's own row has the bound Infinity, or where the question is mutual the pairs (a, b) with a >= b
 * are to be skipped in the blocks whose spans are the same. Memory: the queries in float32 and one block of rows.
 * @param space the rows centred, or a sketch of them: bounds are of the distances of the rows that it stands for.
 * @returns false when the visitor ended it.
 */
export async function visitPairs(
  space: CentredRows,
  { queries, mutual }: PairQuestion,
  { device, onProgress, signal, blockSizes }: DistanceOptions,
  visit: PairVisitor,
): Promise<boolean> {
  const { count, dimension } = space.rows;
  const layout = layOut(queries.length, count, dimension, blockSizes);
  const products = await openProducts(device, layout);
  try {
    const rounding = roundingOf(layout.width, layout.parts, products.productError);
    const writer = new BlockWriter(space, layout, rounding);
    const { leeway } = space;
    const slack = space.squaredLengths.map(
      (length, row) =>
        2 * (rounding.relative * length + rounding.absolute) +
        (leeway ? leeway.below[row] + leeway.above[row] : 0),
    );
    const lefts = spans(queries.length, layout.left).map((span) => {
      const parts = writer.emptyParts("left");
      writer.writeLeft(queries.subarray(span.first, span.first + span.count), parts);
      return { span, parts: namedParts("left", parts) };
    });
    const rights = spans(count, layout.right);
    const rightParts = writer.emptyParts("right");
    const right = namedParts("right", rightParts);
    const bounds = new Float32Array(layout.left * layout.right);
    const blocks = mutual ? (rights.length * (rights.length + 1)) / 2 : rights.length * lefts.length;
    let done = 0;
    for (const [place, rows] of rights.entries()) {
      writer.writeRight(rows.first, rows.count, rightParts);
      for (const left of mutual ? lefts.slice(0, place + 1) : lefts) {
        signal?.throwIfAborted();
        await products.multiply(left.parts, right, bounds);
        const block = { bounds, stride: layout.right, queries: left.span, rows };
        if (!mutual) hideSelves(block, queries);
        const isToGoOn = visit(block, slack);
        onProgress?.(++done, blocks);
        if (!isToGoOn) return false;
      }
    }
    return true;
  } finally {
    await products.release();
  }
}

function hideSelves({ bounds, stride, queries: { first, count }, rows }: PairBlock, queries: Int32Array) {
  for (let a = 0; a < count; a++) {
    const b = queries[first + a] - rows.first;
    if (b >= 0 && b < rows.count) bounds[a * stride + b] = Number.POSITIVE_INFINITY;
  }
}
