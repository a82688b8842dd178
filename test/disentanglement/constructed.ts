import { type Factors, toFactors } from "../../src/disentanglement/index.js";
import { type Points, toPoints } from "../../src/geometry/index.js";
import type { NumericArray } from "../../src/numeric-array.js";
import { PhiloxStream } from "../../src/random/stream.js";

/** How many values the factors of dSprites have: shape, scale, orientation, x, y. */
export const DSPRITES = [3, 6, 40, 32, 32] as const;

/** Every combination of so many values, the last factor fastest: [product, factors]. */
export function completeGrid(extents: readonly number[]): NumericArray<Int32Array> {
  const count = extents.reduce((product, extent) => product * extent, 1);
  const data = new Int32Array(count * extents.length);
  for (let row = 0; row < count; row++) {
    for (let k = extents.length - 1, rest = row; k >= 0; rest = Math.floor(rest / extents[k]), k--) {
      data[row * extents.length + k] = rest % extents[k];
    }
  }
  return { shape: [count, extents.length], data };
}

/** So many rows of a grid, drawn with repetition. */
export function drawnFrom(extents: readonly number[], count: number, seed = 1): NumericArray<Int32Array> {
  const stream = new PhiloxStream(seed, "test factors");
  const data = new Int32Array(count * extents.length);
  for (let k = 0; k < data.length; k++) data[k] = stream.integer(extents[k % extents.length]);
  return { shape: [count, extents.length], data };
}

/** Independent standard normal numbers. */
export function noise(count: number, dimensions: number, seed = 1): Points {
  const data = new PhiloxStream(seed, "test noise").fillNormal(new Float64Array(count * dimensions));
  return toPoints({ shape: [count, dimensions], data }, "noise");
}

/** A table with columns of another: `order[k]` becomes column k. */
export function columns({ shape, data }: NumericArray, order: readonly number[]): Points {
  const [count, width] = shape as [number, number];
  const out = new Float64Array(count * order.length);
  for (let k = 0; k < out.length; k++) {
    out[k] = data[Math.floor(k / order.length) * width + order[k % order.length]];
  }
  return toPoints({ shape: [count, order.length], data: out }, "columns");
}

/** The same codes for other samples: rows in random order. */
export function shuffledRows({ coordinates, count, dimension }: Points, seed = 1): Points {
  const order = new PhiloxStream(seed, "test order").permutation(count);
  const data = new Float64Array(coordinates.length);
  for (let row = 0; row < count; row++) {
    data.set(coordinates.subarray(order[row] * dimension, (order[row] + 1) * dimension), row * dimension);
  }
  return toPoints({ shape: [count, dimension], data }, "shuffled");
}

/** A code turned by a random rotation (its rows' axes by Gram and Schmidt). */
export function rotated({ coordinates, count, dimension }: Points, seed = 1): Points {
  const stream = new PhiloxStream(seed, "test rotation");
  const axes: Float64Array[] = [];
  while (axes.length < dimension) {
    const axis = stream.fillNormal(new Float64Array(dimension));
    for (const other of axes) {
      const along = axis.reduce((sum, value, d) => sum + value * other[d], 0);
      for (let d = 0; d < dimension; d++) axis[d] -= along * other[d];
    }
    const length = Math.hypot(...axis);
    axes.push(axis.map((value) => value / length));
  }
  const data = new Float64Array(coordinates.length);
  for (let row = 0; row < count; row++) {
    for (let k = 0; k < dimension; k++) {
      for (let d = 0; d < dimension; d++) {
        data[row * dimension + k] += axes[k][d] * coordinates[row * dimension + d];
      }
    }
  }
  return toPoints({ shape: [count, dimension], data }, "rotated");
}

/** A code of which each dimension has mean 0 and standard deviation 1. */
export function standardised({ coordinates, count, dimension }: Points): Points {
  const data = coordinates.slice();
  for (let d = 0; d < dimension; d++) {
    let mean = 0;
    let squares = 0;
    for (let at = d; at < data.length; at += dimension) mean += data[at] / count;
    for (let at = d; at < data.length; at += dimension) squares += (data[at] - mean) ** 2 / count;
    for (let at = d; at < data.length; at += dimension) data[at] = (data[at] - mean) / Math.sqrt(squares);
  }
  return toPoints({ shape: [count, dimension], data }, "standardised");
}

/** Codes that are the indices of their factors. */
export function indexCode(grid: NumericArray): { codes: Points; factors: Factors } {
  return { codes: toPoints(grid, "indices"), factors: toFactors(grid) };
}
