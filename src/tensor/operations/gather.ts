import { composite, defineOperation } from "../operation.js";
import { type Shape, sizeOf } from "../shape.js";
import { shapeError } from "../shape-error.js";
import { constant, type Tensor } from "../tensor.js";
import { sumTo } from "./broadcast.js";
import { integers, pad, reshape } from "./layout.js";
import { matMul } from "./matmul.js";

// Moving entries of an axis by a fixed table, and its adjoint. Either is done by copying blocks, or, where the
// blocks are a few numbers wide, by a product with a constant 0/1 matrix: copying one number costs more than
// multiplying by a row of zeros and ones.

/** A fixed table of positions on one axis; -1 stands for a zero. */
export interface IndexTable {
  /** What takes the place of the axis that is picked from. */
  readonly shape: Shape;
  /** Row-major, as many as the shape holds. */
  readonly positions: Int32Array;
}

/** Blocks narrower than this many numbers are moved by a product. */
const SMALLEST_BLOCK = 8;
/** ... unless one number then costs a longer row of products than this; copying is faster and needs no matrix. */
const LONGEST_ROW = 256;
/** A table of at most this many entries on the outermost axis is summed by a product. */
const LARGEST_SUMMED_TABLE = 64;

const pick = defineOperation<{ readonly axis: number; readonly table: IndexTable }>({
  name: "gather",
  shape: ([x], { axis, table }) => [...x!.shape.slice(0, axis), ...table.shape, ...x!.shape.slice(axis + 1)],
  onnx: (_, { axis, table }) => ({
    type: "Gather",
    attributes: { axis },
    constants: [integers(table.positions, table.shape)],
  }),
});

/**
 * Entries of an axis picked by a fixed table, whose shape takes the axis's place: x [B, P, C], axis 1, table [Q, T]
 * -> [B, Q, T, C]. Positions of -1 give zeros. The gradient is {@link scatterSum} over the same table.
 * @throws ShapeError when there is no such axis, a position lies outside it, or the table's shape does not hold its positions.
 */
export function gather(x: Tensor, axis: number, table: IndexTable): Tensor {
  const extent = x.shape[axis];
  if (extent === undefined) throw shapeError("gather", [x], `there is no axis ${axis}`);
  if (sizeOf(table.shape) !== table.positions.length)
    throw shapeError("gather", [x, table], `the table holds ${table.positions.length} positions`);
  checkPositions("gather", x, table.positions, extent);
  if (table.shape.length === 1 && isInOrder(table.positions, extent)) return x;
  const lowered = isProductCheaper(extent, blockSize(x, axis))
    ? gatherByProduct(x, axis, table)
    : gatherByCopy(x, axis, table);
  return composite("gather", [x], lowered, (gradient) => [
    scatterSum(mergeAxes(gradient, axis, table.shape.length), axis, table.positions, extent),
  ]);
}

/**
 * The adjoint of {@link gather}: entry i of an axis is added to entry `positions[i]` of a result of extent `extent`;
 * entries with position -1 are dropped.
 * @throws ShapeError when there is no such axis, it has not one entry for each position, or a position lies outside `extent`.
 */
export function scatterSum(x: Tensor, axis: number, positions: Int32Array, extent: number): Tensor {
  if (x.shape[axis] !== positions.length)
    throw shapeError(
      "scatterSum",
      [x],
      `axis ${axis} needs ${positions.length} entries, one for each position`,
    );
  checkPositions("scatterSum", x, positions, extent);
  if (isInOrder(positions, extent)) return x;
  return composite("scatterSum", [x], scatter(x, axis, positions, extent), (gradient) => [
    gather(gradient, axis, { shape: [positions.length], positions }),
  ]);
}

function isProductCheaper(extent: number, block: number): boolean {
  return block < SMALLEST_BLOCK && extent * block <= LONGEST_ROW;
}

/** Whether every entry is taken once, from first to last. */
function isInOrder(positions: Int32Array, extent: number): boolean {
  return positions.length === extent && positions.every((position, i) => position === i);
}

function checkPositions(operation: string, x: Tensor, positions: Int32Array, extent: number): void {
  const outside = positions.find((position) => position < -1 || position >= extent);
  if (outside !== undefined)
    throw shapeError(operation, [x], `position ${outside} lies outside an axis of extent ${extent}`);
}

function scatter(x: Tensor, axis: number, positions: Int32Array, extent: number): Tensor {
  if (isProductCheaper(extent, blockSize(x, axis))) {
    return productAlong(x, axis, extent, selection(positions, extent, blockSize(x, axis)));
  }
  if (axis === 0 && positions.length <= LARGEST_SUMMED_TABLE) {
    const matrix = constant(transposed(selection(positions, extent, 1), positions.length), [
      extent,
      positions.length,
    ]);
    const product = matMul(matrix, reshape(x, [positions.length, blockSize(x, 0)]));
    return reshape(product, [extent, ...x.shape.slice(1)]);
  }
  return scatterByCopy(x, axis, positions, extent);
}

function gatherByCopy(x: Tensor, axis: number, table: IndexTable): Tensor {
  if (!table.positions.includes(-1)) return pick([x], { axis, table });
  const extent = x.shape[axis]!;
  const positions = table.positions.map((position) => (position < 0 ? extent : position));
  return pick([pad(x, axis, 0, 1)], { axis, table: { shape: table.shape, positions } });
}

function gatherByProduct(x: Tensor, axis: number, { shape, positions }: IndexTable): Tensor {
  const block = blockSize(x, axis);
  const matrix = transposed(selection(positions, x.shape[axis]!, block), positions.length * block);
  const picked = productAlong(x, axis, positions.length, matrix);
  return reshape(picked, [...x.shape.slice(0, axis), ...shape, ...x.shape.slice(axis + 1)]);
}

function scatterByCopy(x: Tensor, axis: number, positions: Int32Array, extent: number): Tensor {
  const sources: number[][] = Array.from({ length: extent }, () => []);
  positions.forEach((position, source) => {
    if (position >= 0) sources[position]!.push(source);
  });
  const maximum = Math.max(1, ...sources.map((list) => list.length));
  // Summands outermost: the sum then runs over long contiguous stretches, six times faster than entry by entry.
  const layers = Array.from({ length: maximum }, (_, layer) => sources.map((list) => list[layer] ?? -1));
  const picked = gatherByCopy(x, axis, {
    shape: [maximum, extent],
    positions: Int32Array.from(layers.flat()),
  });
  const single = [...x.shape.slice(0, axis), 1, extent, ...x.shape.slice(axis + 1)];
  return mergeAxes(sumTo(picked, single), axis, 2);
}

/** x [outer, entries, block] times a matrix [entries * block, extent * block] that moves entries of the axis. */
function productAlong(x: Tensor, axis: number, extent: number, matrix: Float32Array): Tensor {
  const rows = x.shape[axis]! * blockSize(x, axis);
  const outer = sizeOf(x.shape.slice(0, axis));
  const product = matMul(reshape(x, [outer, rows]), constant(matrix, [rows, matrix.length / rows]));
  return reshape(product, [...x.shape.slice(0, axis), extent, ...x.shape.slice(axis + 1)]);
}

/** The 0/1 matrix [positions * block, extent * block] with a one where a source entry belongs to a position. */
function selection(positions: Int32Array, extent: number, block: number): Float32Array {
  const columns = extent * block;
  const matrix = new Float32Array(positions.length * block * columns);
  positions.forEach((position, source) => {
    for (let i = 0; position >= 0 && i < block; i++)
      matrix[(source * block + i) * columns + position * block + i] = 1;
  });
  return matrix;
}

/** How many numbers lie under one entry of the axis. */
function blockSize(x: Tensor, axis: number): number {
  return sizeOf(x.shape.slice(axis + 1));
}

/** Reads `count` axes from `axis` on as one. */
function mergeAxes(x: Tensor, axis: number, count: number): Tensor {
  const merged = sizeOf(x.shape.slice(axis, axis + count));
  return reshape(x, [...x.shape.slice(0, axis), merged, ...x.shape.slice(axis + count)]);
}

/** The transpose of a constant matrix, [rows, columns] row-major -> [columns, rows]. */
function transposed(matrix: Float32Array, rows: number): Float32Array {
  const columns = matrix.length / rows;
  return matrix.map((_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]!);
}
