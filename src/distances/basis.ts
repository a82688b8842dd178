import { pivotedCholesky } from "../linear-algebra/cholesky.js";
import type { Device } from "../onnx/devices.js";
import { runOnce } from "../onnx/run-once.js";
import { PhiloxStream } from "../random/stream.js";
import { input, matMul, matMulTransposed } from "../tensor/index.js";
import { type CentredRows, writeCentred } from "./centred.js";
import { boundOrthonormalityError } from "./orthonormality.js";

/** Directions on which rows may be projected. */
export interface Basis {
  readonly count: number;
  /** [count, dimension], row-major: nearly orthonormal. */
  readonly vectors: Float32Array;
  /** Bound of |V V' - I| in the spectral norm, V being the vectors: how far from orthonormal they are. */
  readonly orthonormalityError: number;
}

/** Names the stream by which landmarks are drawn. */
const STREAM = "distance landmarks";
/** A landmark with less than this share of its squared length outside the span of those before it would bring nothing but rounding. */
const TOLERANCE = 1e-4;

/**
 * An orthonormal basis of the span of a number of rows, drawn at random; undefined if they are one point.
 * @param productError of the device (openProducts).
 */
export async function landmarkBasis(
  centred: CentredRows,
  landmarks: number,
  device: Device,
  productError: number,
): Promise<Basis | undefined> {
  const { count, dimension } = centred.rows;
  const drawn = new PhiloxStream(0, STREAM).permutation(count).subarray(0, landmarks);
  const chosen = new Float32Array(landmarks * dimension);
  for (let i = 0; i < landmarks; i++) writeCentred(centred, drawn[i], chosen, i * dimension);
  // Rounding leaves the first basis as far from orthonormal as its landmarks are from independent; the second corrects that.
  const rough = await orthonormalised(chosen, dimension, TOLERANCE, device);
  const vectors = await orthonormalised(rough, dimension, 0, device);
  if (vectors.length === 0) return undefined;
  const orthonormalityError = await boundOrthonormalityError(vectors, dimension, device, productError);
  return { vectors, count: vectors.length / dimension, orthonormalityError };
}

/** Orthonormal rows that span what the rows of a matrix do, as far as float32 goes; fewer where some hardly add to the others. */
async function orthonormalised(
  rows: Float32Array,
  dimension: number,
  tolerance: number,
  device: Device,
): Promise<Float32Array> {
  const count = rows.length / dimension;
  if (count === 0) return rows;
  const all = input("rows", [count, dimension], { kind: "state" });
  const gram = new Float32Array(count * count);
  await runOnce(device, { gram: matMulTransposed(all, all) }, { rows }, { gram });
  const { picked, inverse } = pivotedCholesky(gram, count, tolerance);
  const kept = picked.length;
  const weights = new Float32Array(kept * count);
  for (let i = 0; i < kept; i++) {
    for (let j = 0; j <= i; j++) weights[i * count + picked[j]] = inverse[i * kept + j];
  }
  const vectors = new Float32Array(kept * dimension);
  if (kept === 0) return vectors;
  const mix = input("weights", [kept, count], { kind: "state" });
  await runOnce(device, { vectors: matMul(mix, all) }, { rows, weights }, { vectors });
  return vectors;
}
