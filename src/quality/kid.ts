import { UserError } from "../errors.js";
import { dot } from "../geometry/dot.js";
import { pickedPoints } from "../geometry/picked-points.js";
import type { Points } from "../geometry/points.js";
import { PhiloxStream } from "../random/stream.js";
import { assertComparable, assertWhole } from "./assertions.js";

export interface KernelDistanceOptions {
  /** Blocks that are averaged; 100 by default. */
  readonly blocks?: number;
  /** Samples of each set in a block; 1000 by default, or half of the smaller set where that is less. */
  readonly blockSize?: number;
  /** Draws the blocks (streams (seed, `kernel distance x` and `y`, block)); 0 by default. */
  readonly seed?: number;
}

/** The kernel distance of two sets of features (rule Q2). */
export interface KernelDistance {
  /** Mean over blocks of the squared distance: 0 on average for the same distribution, so that it can be negative. */
  readonly distance: number;
  /** About that of `distance` as a property of the distributions: see rule Q2. */
  readonly standardError: number;
  /** Standard deviation over blocks (divisor: blocks - 1): what is often printed behind a KID. */
  readonly blockDeviation: number;
  readonly blocks: number;
  readonly blockSize: number;
}

/**
 * Kernel distance of two sets of features (rule Q2): the squared maximum mean discrepancy with the kernel (x.y / D + 1)^3 without
 * bias, averaged over blocks drawn from the samples. KID where the features are Inception's. Time blocks x blockSize^2 x 2 D.
 * Source: Bińkowski, Sutherland, Arbel and Gretton, "Demystifying MMD GANs" (2018).
 * @throws UserError for sets of different features, fewer than 4 samples, options out of range, and features so large that the
 * kernel leaves float64.
 */
export function kernelDistance(x: Points, y: Points, options: KernelDistanceOptions = {}): KernelDistance {
  assertComparable(x, y, 4);
  const smaller = Math.min(x.count, y.count);
  const { blocks = 100, blockSize = Math.min(1000, Math.floor(smaller / 2)), seed = 0 } = options;
  assertWhole("kernel distance", "blocks", blocks, 2);
  assertWhole("kernel distance", "blockSize", blockSize, 2);
  if (blockSize >= smaller) {
    throw new UserError({
      where: "kernel distance, blockSize",
      what: `blocks of ${blockSize} out of ${smaller} samples would all be the same`,
      remedy: `Give at most ${smaller - 1}, better half of that or less`,
    });
  }
  const draw = (points: Points, which: "x" | "y") => {
    const stream = new PhiloxStream(seed, `kernel distance ${which}`);
    return (block: number) =>
      pickedPoints(points, stream.restart(block).permutation(points.count).subarray(0, blockSize));
  };
  const [fromX, fromY] = [draw(x, "x"), draw(y, "y")];
  const values = Float64Array.from({ length: blocks }, (_, block) =>
    squaredKernelDistance(fromX(block), fromY(block)),
  );
  const distance = values.reduce((sum, value) => sum + value, 0) / blocks;
  const variance = values.reduce((sum, value) => sum + (value - distance) ** 2, 0) / (blocks - 1);
  // Blocks share samples: what they have in common does not show in their spread, and more blocks do not lessen it.
  const shared = blockSize / (smaller - blockSize);
  return {
    distance,
    standardError: Math.sqrt(variance * (1 / blocks + shared)),
    blockDeviation: Math.sqrt(variance),
    blocks,
    blockSize,
  };
}

/**
 * The squared maximum mean discrepancy of all samples with the kernel (x.y / D + 1)^3, without bias (rule Q2): pairs of a sample
 * with itself are left out within a set. Time (N_x + N_y)^2 D / 2.
 * @throws UserError for sets of different features, fewer than 2 samples, and features so large that the kernel leaves float64.
 */
export function squaredKernelDistance(x: Points, y: Points): number {
  assertComparable(x, y, 2);
  const within = (set: Points) => (2 * pairSum(rowsOf(set))) / (set.count * (set.count - 1));
  const value = within(x) + within(y) - (2 * crossSum(rowsOf(x), rowsOf(y))) / (x.count * y.count);
  if (Number.isFinite(value)) return value;
  throw new UserError({
    where: x.name,
    what: "its features or the other set's are so large that their cubes leave float64",
    remedy: "Divide both sets by the same number",
  });
}

const cube = (value: number) => value * value * value;

function pairSum(rows: readonly Float64Array[]): number {
  let total = 0;
  for (let i = 1; i < rows.length; i++) {
    let sum = 0;
    for (let j = 0; j < i; j++) sum += cube(dot(rows[i], rows[j]) / rows[i].length + 1);
    total += sum;
  }
  return total;
}

function crossSum(rows: readonly Float64Array[], others: readonly Float64Array[]): number {
  let total = 0;
  for (const row of rows) {
    let sum = 0;
    for (const other of others) sum += cube(dot(row, other) / row.length + 1);
    total += sum;
  }
  return total;
}

function rowsOf({ coordinates, count, dimension }: Points): Float64Array[] {
  return Array.from({ length: count }, (_, i) => coordinates.subarray(i * dimension, (i + 1) * dimension));
}
