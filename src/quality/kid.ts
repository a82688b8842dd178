import { UserError } from "../errors.js";
import { pickedPoints } from "../geometry/neighbours/duplicates.js";
import type { Points } from "../geometry/points.js";
import { requireWhole, rescaled } from "../geometry/range.js";
import { columnCentre } from "../linear-algebra/centring.js";
import { dot, powerOfTwoNear } from "../linear-algebra/vectors.js";
import { PhiloxStream } from "../random/stream.js";
import { assertComparable } from "./assertions.js";

/** Blocks over which the kernel distance is averaged (rule Q2). */
export interface KernelDistanceOptions {
  /** Blocks that are averaged; 100 by default. */
  readonly blocks?: number;
  /** Samples of each set in a block; 1000 by default, or half of the smaller set where that is less. */
  readonly blockSize?: number;
  /** Draws the blocks (streams (seed, `kernel distance x` and `y`, block)); 0 by default. */
  readonly seed?: number;
}

/** Differences up to this, and down to its inverse, can be squared and summed. */
const LARGEST_PLAIN = 1e140;

/** The kernel distance of two sets of features (rule Q2). */
export interface KernelDistance {
  /** Mean over blocks of the squared distance: 0 on average for the same distribution, so that it can be negative. */
  readonly distance: number;
  /** About that of `distance` as a property of the distributions: see rule Q2. */
  readonly standardError: number;
  /** Standard deviation over blocks (divisor: blocks - 1): what is often printed behind a KID. */
  readonly blockDeviation: number;
  /** Blocks that were averaged. */
  readonly blocks: number;
  /** Samples of each set in a block. */
  readonly blockSize: number;
}

/**
 * Kernel distance of two sets of features (rule Q2): the squared maximum mean discrepancy with the kernel
 * (x.y / D + 1)^3 without bias, averaged over blocks drawn from the samples. KID where the features are
 * Inception's. Time blocks x blockSize^2 x 2 D.
 * Source: Bińkowski, Sutherland, Arbel and Gretton, "Demystifying MMD GANs" (2018).
 * @param x features [N_x, D].
 * @param y features [N_y, D].
 * @throws UserError for sets of different features, fewer than 4 samples, options out of range, and features
 * so large that the kernel leaves float64.
 */
export function kernelDistance(x: Points, y: Points, options: KernelDistanceOptions = {}): KernelDistance {
  assertComparable(x, y, 4);
  const smaller = Math.min(x.count, y.count);
  const { blocks = 100, blockSize = Math.min(1000, Math.floor(smaller / 2)), seed = 0 } = options;
  requireWhole("kernel distance, blocks", blocks, 2);
  requireWhole("kernel distance, blockSize", blockSize, 2);
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
  const unit = unitOf(values.map((value) => value - distance));
  const variance = values.reduce((sum, value) => sum + ((value - distance) / unit) ** 2, 0) / (blocks - 1);
  // Blocks share samples: what they have in common does not show in their spread, and more blocks do not lessen it.
  const shared = blockSize / (smaller - blockSize);
  return {
    distance,
    standardError: unit * Math.sqrt(variance * (1 / blocks + shared)),
    blockDeviation: unit * Math.sqrt(variance),
    blocks,
    blockSize,
  };
}

/**
 * The squared maximum mean discrepancy of all samples with the kernel (x.y / D + 1)^3, without bias (rule
 * Q2): pairs of a sample with itself are left out within a set. Time (N_x + N_y)^2 D / 2.
 * @param x features [N_x, D].
 * @param y features [N_y, D].
 * @returns without a unit; 0 on average for the same distribution, so that it can be negative.
 * @throws UserError for sets of different features, fewer than 2 samples, and features so large that the
 * kernel leaves float64.
 */
export function squaredKernelDistance(x: Points, y: Points): number {
  assertComparable(x, y, 2);
  const [rows, others, kernel] = aboutOneCentre(x, y);
  const within = (set: readonly Row[]) => (2 * pairSum(set, kernel)) / (set.length * (set.length - 1));
  const value = within(rows) + within(others) - (2 * crossSum(rows, others, kernel)) / (x.count * y.count);
  if (Number.isFinite(value)) return value;
  const largest = [x, y].reduce((size, { coordinates }) => Math.max(size, powerOfTwoNear(coordinates)), 0);
  throw new UserError({
    where: x.name,
    what: "its features or the other set's are so large that their cubes leave float64",
    remedy: `${rescaled(largest)}, of both sets`,
  });
}

/** A power of two by which differences are divided whose squares would leave float64; 1 for all others. */
function unitOf(differences: Float64Array): number {
  const largest = differences.reduce((maximum, difference) => Math.max(maximum, Math.abs(difference)), 0);
  const isPlain = largest === 0 || (largest > 1 / LARGEST_PLAIN && largest < LARGEST_PLAIN);
  return isPlain ? 1 : 2 ** Math.floor(Math.log2(largest));
}

/** A sample about the centre. */
interface Row {
  readonly values: Float64Array;
  /** Inner product with the centre over the number of features. */
  readonly along: number;
}

type Kernel = (a: Row, b: Row) => number;

/**
 * Both sets about one centre m, and the kernel less all that depends on one of its two samples alone: that drops out of the three means,
 * and beside it what is left would lose its digits where features are small, or where they lie far from 0 compared with their
 * differences. With x = m + u, s = m.m/D + 1, a = m.u/D, b = m.v/D, w = u.v/D and q = s + a + b the kernel is (q + w)^3, and
 * (q + w)^3 - (s + a)^3 - (s + b)^3 + s^3 = 3 a b (s + q) + w (3 q^2 + 3 q w + w^2). It holds for any m; the one in the middle of the
 * two sets' means keeps the terms small.
 */
function aboutOneCentre(x: Points, y: Points): readonly [Row[], Row[], Kernel] {
  const { dimension } = x;
  const { mean } = columnCentre(x);
  const other = columnCentre(y).mean;
  const centre = mean.map((value, c) => value / 2 + other[c] / 2);
  const rows = ({ coordinates, count }: Points) =>
    Array.from({ length: count }, (_, i): Row => {
      const values = coordinates
        .subarray(i * dimension, (i + 1) * dimension)
        .map((value, c) => value - centre[c]);
      return { values, along: dot(values, centre) / dimension };
    });
  const atCentre = dot(centre, centre) / dimension + 1;
  const kernel: Kernel = (a, b) => {
    const product = dot(a.values, b.values) / dimension;
    const linear = atCentre + a.along + b.along;
    return (
      3 * a.along * b.along * (atCentre + linear) +
      product * (3 * linear * linear + 3 * linear * product + product * product)
    );
  };
  return [rows(x), rows(y), kernel];
}

function pairSum(rows: readonly Row[], kernel: Kernel): number {
  let total = 0;
  for (let i = 1; i < rows.length; i++) {
    let sum = 0;
    for (let j = 0; j < i; j++) sum += kernel(rows[i], rows[j]);
    total += sum;
  }
  return total;
}

function crossSum(rows: readonly Row[], others: readonly Row[], kernel: Kernel): number {
  let total = 0;
  for (const row of rows) {
    let sum = 0;
    for (const other of others) sum += kernel(row, other);
    total += sum;
  }
  return total;
}
