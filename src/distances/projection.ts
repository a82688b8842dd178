import { compileProgram } from "../onnx/compile.js";
import { add, input, matMul, slice, subtract, type Tensor } from "../tensor/index.js";
import type { Basis } from "./basis.js";
import { type CentredRows, writeCentred } from "./centred.js";
import { type Span, spans } from "./layout.js";
import type { DistanceOptions } from "./pairs.js";
import { roundingOf } from "./rounding.js";

/** Rows multiplied at once. */
const MAX_ROWS = 512;
/** Columns of one product: few, as its rounding widens the bounds of distances. */
const WIDTH = 512;
/** Of larger units, or smaller, float32 does not hold coordinates and their products alike. */
const MAX_SCALE = 2 ** 60;

/** Products of rows with the vectors of a basis. */
export interface Projections {
  /** [N, basis], row-major. */
  readonly coordinates: Float32Array;
  /** Bound of the error of a row of these, as a share of the given row's length; and what underflow may add. */
  readonly error: number;
  readonly absolute: number;
}

/**
 * Projects all rows, centred and scaled, on a basis.
 * @param productError of the device (openProducts).
 */
export async function project(
  centred: CentredRows,
  { vectors, count: columns, orthonormalityError }: Basis,
  productError: number,
  { device, signal, onProgress, blockSizes }: DistanceOptions,
): Promise<Projections> {
  const { count, dimension } = centred.rows;
  const size = Math.min(count, blockSizes?.rows ?? MAX_ROWS);
  const width = Math.min(dimension, blockSizes?.width ?? WIDTH);
  const parts = spans(dimension, width);
  const rounding = roundingOf(width, parts.length, productError);
  const rowsOf = rowReader(centred, size);
  const outputs = { projected: program(size, dimension, columns, parts) };
  const session = await device.open(compileProgram(outputs, device.limits));
  try {
    const basis = turned(vectors, columns, dimension, rowsOf.scale);
    const partsOfBasis = parts.map(({ first, count: rows }, part) => [
      basisPart(part),
      basis.subarray(first * columns, (first + rows) * columns),
    ]);
    const feeds = { ...Object.fromEntries(partsOfBasis), means: rowsOf.means };
    const coordinates = new Float32Array(count * columns);
    const blocks = Math.ceil(count / size);
    for (let block = 0; block < blocks; block++) {
      signal?.throwIfAborted();
      // The last block reaches back into the one before it, as all have the same size.
      const first = Math.min(block * size, count - size);
      const projected = coordinates.subarray(first * columns, (first + size) * columns);
      await session.run({ ...feeds, rows: rowsOf.read(first) }, { projected });
      onProgress?.(block + 1, blocks);
    }
    // A product x.v is off by half of what |x|^2 + |v|^2 - 2 x.v is, as a share of |x| |v|; there are `columns` of them, and each v has length 1.
    const each = Math.sqrt(columns * (1 + orthonormalityError));
    return { coordinates, error: (rounding.relative / 2) * each, absolute: rounding.absolute * each };
  } finally {
    await session.release();
  }
}

/** The basis comes in parts: a part cut out of it would be copied for every block of rows. */
function basisPart(part: number): string {
  return `basis${part}`;
}

function program(size: number, dimension: number, columns: number, parts: readonly Span[]): Tensor {
  const rows = input("rows", [size, dimension], { kind: "state" });
  const means = input("means", [dimension], { kind: "state" });
  return parts
    .map(({ first, count }, part) => {
      const end = first + count;
      const centred = subtract(slice(rows, 1, first, end), slice(means, 0, first, end));
      return matMul(centred, input(basisPart(part), [count, columns], { kind: "state" }));
    })
    .reduce((sum, product) => add(sum, product));
}

/** How blocks of rows come to the program. */
interface RowReader {
  readonly means: Float32Array;
  /** By what their differences from the means are still to be multiplied. */
  readonly scale: number;
  /** A number of rows from this one on. */
  read(first: number): Float32Array;
}

/** Rows of float32 go as they lie, to be centred there: their middle is of float32 too, and a difference of two such numbers is rounded once. Others are centred here. */
function rowReader(centred: CentredRows, size: number): RowReader {
  const { rows, means, scale } = centred;
  const { coordinates, dimension } = rows;
  if (coordinates instanceof Float32Array && scale < MAX_SCALE && scale > 1 / MAX_SCALE) {
    return {
      means: Float32Array.from(means),
      scale,
      read: (first) => coordinates.subarray(first * dimension, (first + size) * dimension),
    };
  }
  const block = new Float32Array(size * dimension);
  return {
    means: new Float32Array(dimension),
    scale: 1,
    read(first) {
      for (let row = 0; row < size; row++) writeCentred(centred, first + row, block, row * dimension);
      return block;
    },
  };
}

/** The vectors as columns, multiplied by a power of two. */
function turned(vectors: Float32Array, columns: number, dimension: number, scale: number): Float32Array {
  const across = new Float32Array(vectors.length);
  for (let j = 0; j < columns; j++) {
    for (let c = 0; c < dimension; c++) across[c * columns + j] = vectors[j * dimension + c] * scale;
  }
  return across;
}
