import { landmarkBasis } from "./basis.js";
import type { CentredRows } from "./centred.js";
import type { DistanceOptions } from "./pairs.js";
import { openProducts } from "./products.js";
import { project } from "./projection.js";

/** Rows whose span others are projected on. More bound distances more narrowly, and cost more. */
const LANDMARKS = 256;
/** Fewer rows, or columns, than this multiple of the landmarks are compared as fast as they are projected. */
const WORTH = 4;
/** Of the mean squared length, what may lie outside the span of the landmarks for the sketch to distinguish rows. */
const MAX_OUTSIDE = 0.4;
/** A basis further from orthonormal than this is no use, and beyond what the bounds assume. */
const MAX_ORTHONORMALITY_ERROR = 0.01;

/**
 * Rows of few columns whose distances bound those of the given rows from both sides: their projections on what some of them span (rule N15). No projection lengthens a distance,
 * and what it loses is no more than what lies outside the span; so where a layer's rows have few dimensions, however many columns, most pairs are settled by
 * products a hundred times as short.
 * @returns undefined where there are too few rows or columns for that to be worth its while, or where too much lies outside.
 */
export async function sketchRows(
  centred: CentredRows,
  options: DistanceOptions,
): Promise<CentredRows | undefined> {
  const landmarks = options.blockSizes?.landmarks ?? LANDMARKS;
  const { count, dimension, name } = centred.rows;
  if (Math.min(count, dimension) < WORTH * landmarks) return undefined;
  const square = { left: landmarks, right: landmarks, width: landmarks, parts: 1 };
  const probe = await openProducts(options.device, square);
  const { productError } = probe;
  await probe.release();
  const basis = await landmarkBasis(centred, landmarks, options.device, productError);
  if (!basis || basis.orthonormalityError > MAX_ORTHONORMALITY_ERROR) return undefined;
  const { coordinates, error, absolute } = await project(centred, basis, productError, options);
  const rows = { name, count, dimension: basis.count, coordinates };

  // Where projections are off by t |x| and t |y|, their squared distance is by no more than 4 t (1 + t) (|x|^2 + |y|^2); no length is above 1.
  const share = error + 1.05 * basis.orthonormalityError;
  const off = 4 * share * (1 + share);
  const underflow = 8 * absolute;
  const squaredLengths = new Float64Array(count);
  const below = new Float64Array(count);
  const above = new Float64Array(count);
  let outside = 0;
  let all = 0;
  for (let i = 0, at = 0; i < count; i++) {
    let sum = 0;
    for (let c = 0; c < basis.count; c++) sum += coordinates[at++] ** 2;
    squaredLengths[i] = sum;
    const length = centred.squaredLengths[i];
    const rest = Math.max(0, length - sum);
    below[i] = off * length + underflow;
    above[i] = 2 * rest + 2.1 * off * length + underflow;
    outside += rest;
    all += length;
  }
  if (outside > MAX_OUTSIDE * all) return undefined;
  return { rows, means: new Float64Array(basis.count), scale: 1, squaredLengths, leeway: { below, above } };
}
