/** A code of any number of dimensions as points of a plane. */
import { pairwiseDistances } from "../../../../src/geometry/distance.js";
import { principalComponents } from "../../../../src/geometry/pca.js";
import { toPoints } from "../../../../src/geometry/points.js";
import { smacof } from "../../../../src/geometry/smacof.js";
import type { CodeFrame } from "../../core/contract.js";
import { type Cells, cellMeans } from "./cells.js";
import { applyMap, orthogonalAlignment } from "./procrustes.js";

/** How a code is seen: two of its dimensions, its principal components, or metric multidimensional scaling (MDS). */
export type MapView =
  | { readonly kind: "dimensions"; readonly x: number; readonly y: number }
  | { readonly kind: "pca" }
  | { readonly kind: "mds" };

/** A code in the plane. */
export interface Projection {
  /** [points, 2], in units of the code. */
  readonly points: Float32Array;
  /** A sample for each point [points, 2]; undefined for MDS, which has no place for them. */
  readonly samples: Float32Array | undefined;
  /** [points]: the stimulus that each point is; for MDS the first of its cell. */
  readonly stimulusOf: Uint32Array;
  /** [cells, 2]: means of the points of each cell. */
  readonly cells: Float32Array;
  /** PCA: the share of the variance of the mean codes that the plane holds. */
  readonly varianceShare?: number;
  /** MDS: how far distances in the plane are from those of the code, as a share of these (stress-1, rule G7). */
  readonly stress1?: number;
}

/** An embedding of the frame before is near: a few passes each frame lead further down. */
const PASSES = { first: 150, next: 25 };
const TOLERANCE = 1e-5;

/**
 * The frame in the plane of a view.
 * PCA: the directions in which the mean codes vary most (rule G9). MDS: one point per cell, the mean of its codes, placed such
 * that distances in the plane are as near as possible to those of the code (SMACOF, rule G8), starting from the frame before.
 * @param onto [cells, 2]: cells that PCA and MDS are turned and mirrored to, such as those of the frame before; two dimensions
 * keep their axes. Undefined: as they come.
 * @param warm [cells, 2]: where MDS starts; the principal components by default.
 * @returns undefined where a number of the code is not finite.
 */
export function projectFrame(
  frame: CodeFrame,
  view: MapView,
  cells: Cells,
  onto?: Float32Array,
  warm?: Float32Array,
): Projection | undefined {
  if (!frame.means.every(Number.isFinite) || !frame.samples.every(Number.isFinite)) return undefined;
  const projection =
    view.kind === "mds"
      ? byScaling(frame, cells, warm)
      : view.kind === "pca"
        ? byComponents(frame, cells)
        : byDimensions(frame, view, cells);
  if (onto && view.kind !== "dimensions") {
    const map = orthogonalAlignment(projection.cells, onto);
    applyMap(projection.points, map);
    applyMap(projection.cells, map);
    if (projection.samples) applyMap(projection.samples, map);
  }
  return projection;
}

const everyStimulus = ({ cellOf }: Cells) => Uint32Array.from(cellOf, (_, k) => k);

function byDimensions(
  { means, samples, dimensions }: CodeFrame,
  { x, y }: { readonly x: number; readonly y: number },
  cells: Cells,
): Projection {
  // A dimension that the code does not have is a line at 0.
  const columns = (rows: Float32Array) =>
    Float32Array.from({ length: (rows.length / dimensions) * 2 }, (_, k) => {
      const dimension = k % 2 === 0 ? x : y;
      return dimension < dimensions ? rows[Math.floor(k / 2) * dimensions + dimension] : 0;
    });
  const points = columns(means);
  return {
    points,
    samples: columns(samples),
    stimulusOf: everyStimulus(cells),
    cells: cellMeans(points, 2, cells),
  };
}

function byComponents({ means, samples, dimensions }: CodeFrame, cells: Cells): Projection {
  const { mean, components, varianceShare } = componentsOf(means, dimensions);
  const along = (rows: Float32Array) => {
    const points = new Float32Array((rows.length / dimensions) * 2);
    for (let i = 0; i < rows.length; i++) {
      const d = i % dimensions;
      const value = rows[i] - mean[d];
      const at = 2 * Math.floor(i / dimensions);
      points[at] += value * components[d];
      points[at + 1] += value * components[dimensions + d];
    }
    return points;
  };
  const points = along(means);
  return {
    points,
    samples: along(samples),
    stimulusOf: everyStimulus(cells),
    cells: cellMeans(points, 2, cells),
    varianceShare,
  };
}

/** Mean and two components [2, dimensions]; the second is 0 for a code of one dimension. */
function componentsOf(rows: Float32Array, dimensions: number) {
  const found = principalComponents(
    toPoints({ shape: [rows.length / dimensions, dimensions], data: rows }, "codes"),
    Math.min(2, dimensions),
  );
  const components = new Float64Array(2 * dimensions);
  components.set(found.components.data);
  const varianceShare = found.explainedVarianceRatio.reduce((sum, share) => sum + share, 0);
  return { mean: found.mean, components, varianceShare };
}

function byScaling(frame: CodeFrame, cells: Cells, warm: Float32Array | undefined): Projection {
  const seen = Uint16Array.from(cells.sizes.keys()).filter((cell) => cells.sizes[cell] > 0);
  const of = (rows: Float32Array, width: number) =>
    Float32Array.from({ length: seen.length * width }, (_, k) => {
      return rows[seen[Math.floor(k / width)] * width + (k % width)];
    });
  const means = of(cellMeans(frame.means, frame.dimensions, cells), frame.dimensions);
  const distances = pairwiseDistances(
    toPoints({ shape: [seen.length, frame.dimensions], data: means }, "mean codes"),
  );
  const before = warm && warm.length === 2 * cells.sizes.length ? of(warm, 2) : undefined;
  const isWarm = before?.every(Number.isFinite) === true && isSpread(before);
  const start = isWarm ? before : principalPlane(means, frame.dimensions);
  const { configuration, stress } = smacof(distances, Float64Array.from(start), 2, {
    iterations: isWarm ? PASSES.next : PASSES.first,
    tolerance: TOLERANCE,
  });
  const points = centred(configuration);
  const squares = distances.reduce((sum, distance) => sum + distance * distance, 0);
  const embedded = new Float32Array(2 * cells.sizes.length).fill(Number.NaN);
  for (const [k, cell] of seen.entries()) embedded.set(points.subarray(2 * k, 2 * k + 2), 2 * cell);
  return {
    points,
    samples: undefined,
    stimulusOf: Uint32Array.from(seen, (cell) => cells.firstOf[cell]),
    cells: embedded,
    stress1: squares > 0 ? Math.sqrt(stress / squares) : 0,
  };
}

function principalPlane(rows: Float32Array, dimensions: number): Float32Array {
  const { mean, components } = componentsOf(rows, dimensions);
  return Float32Array.from({ length: (rows.length / dimensions) * 2 }, (_, k) => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) {
      sum += (rows[Math.floor(k / 2) * dimensions + d] - mean[d]) * components[(k % 2) * dimensions + d];
    }
    return sum;
  });
}

/** Points that coincide do not move each other: SMACOF needs others to begin with. */
function isSpread(points: Float32Array): boolean {
  return points.some((value, k) => Math.abs(value - points[k % 2]) > 1e-6);
}

function centred(configuration: Float64Array): Float32Array {
  const mean = [0, 0];
  const count = configuration.length / 2;
  for (const [k, value] of configuration.entries()) mean[k % 2] += value / count;
  return Float32Array.from(configuration, (value, k) => value - mean[k % 2]);
}

/** The point that shows a stimulus: itself, or for MDS that of its cell. */
export function pointOfStimulus(projection: Projection, cells: Cells, stimulus: number): number {
  const { stimulusOf } = projection;
  if (stimulusOf[stimulus] === stimulus) return stimulus;
  return stimulusOf.findIndex((other) => cells.cellOf[other] === cells.cellOf[stimulus]);
}
