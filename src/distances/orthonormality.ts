import type { Device } from "../onnx/devices.js";
import { runOnce } from "../onnx/run-once.js";
import { input, matMulTransposed } from "../tensor/index.js";
import { roundingOf } from "./rounding.js";

/** Columns of one product: whole numbers of up to 2^BITS have products whose sum over this number of columns is exact in float32. */
const WIDTH = 256;
const BITS = 8;

/**
 * Upper bound of how far rows are from orthonormal: |V V' - I| in the spectral norm, by its Frobenius norm. Float32 products of V itself would have a larger error than what is
 * measured. So V = H + L: H are the multiples of a power of two, whose products are exact, and L the small rest, whose products' rounding is as small:
 * V V' = H H' + B + B' with B = (H + L / 2) L'. (The idea is that of Ozaki and others, "Error-free transformations of matrix multiplication", 2012.)
 * @param vectors [count, dimension], row-major.
 * @param productError of the device (openProducts).
 */
export async function boundOrthonormalityError(
  vectors: Float32Array,
  dimension: number,
  device: Device,
  productError: number,
): Promise<number> {
  const count = vectors.length / dimension;
  const { high, middle, low, squares: squaresOfLow } = splitUp(vectors, dimension);
  const parts = high.length / (count * WIDTH);
  const part = (name: string) => input(name, [parts, count, WIDTH], { kind: "state" });
  const multiples = part("high");
  const program = {
    exact: matMulTransposed(multiples, multiples),
    mixed: matMulTransposed(part("middle"), part("low")),
  };
  const size = count * count;
  const [exact, mixed] = [new Float32Array(parts * size), new Float32Array(parts * size)];
  await runOnce(device, program, { high, middle, low }, { exact, mixed });
  const [ofHigh, ofMixed] = [summedParts(exact, size), summedParts(mixed, size)];
  let [squares, squaresOfHigh] = [0, 0];
  for (let i = 0; i < count; i++) {
    squaresOfHigh += ofHigh[i * count + i];
    for (let j = 0; j < count; j++) {
      const product = ofHigh[i * count + j] + (ofMixed[i * count + j] + ofMixed[j * count + i]);
      squares += (product - (i === j ? 1 : 0)) ** 2;
    }
  }
  // A product a.b is off by no more than this share of |a| |b|; of all pairs, by it of the norms of both matrices. A tenth more, as H + L / 2 is longer than H.
  const share = roundingOf(WIDTH, 1, productError).relative / 2;
  return Math.sqrt(squares) + 2.2 * share * Math.sqrt(squaresOfHigh * squaresOfLow);
}

/** Matrices of a size that lie one behind the other, added up. */
function summedParts(parts: Float32Array, size: number): Float64Array {
  const sum = new Float64Array(size);
  for (let first = 0; first < parts.length; first += size) {
    for (let at = 0; at < size; at++) sum[at] += parts[first + at];
  }
  return sum;
}

/**
 * Rows as multiples of a power of two, no more than 2^BITS of them, and what is left; and half of that on top of the multiples. Each in parts of WIDTH columns, [parts,
 * count, WIDTH], with zeros after the last.
 */
function splitUp(vectors: Float32Array, dimension: number) {
  const count = vectors.length / dimension;
  let largest = 0;
  for (let at = 0; at < vectors.length; at++) {
    const value = Math.abs(vectors[at]);
    if (value > largest) largest = value;
  }
  const unit = 2 ** (Math.ceil(Math.log2(largest)) - BITS);
  const length = Math.ceil(dimension / WIDTH) * count * WIDTH;
  const [high, middle, low] = [new Float32Array(length), new Float32Array(length), new Float32Array(length)];
  // Added and taken away again, it leaves of a number the nearest multiple of the unit: float64 holds no finer ones of this size.
  const rounder = 1.5 * 2 ** 52 * unit;
  let squares = 0;
  for (let first = 0, at = 0; first < dimension; first += WIDTH) {
    const columns = Math.min(WIDTH, dimension - first);
    for (let row = 0; row < count; row++, at += WIDTH) {
      const from = row * dimension + first;
      for (let c = 0; c < columns; c++) {
        const value = vectors[from + c];
        const multiple = value + rounder - rounder;
        const rest = value - multiple;
        high[at + c] = multiple;
        low[at + c] = rest;
        middle[at + c] = multiple + rest / 2;
        squares += rest * rest;
      }
    }
  }
  return { high, middle, low, squares };
}
